using FrozenSeg.Pipeline;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Serving.Fetching;
using FrozenSeg.Serving.Prompting;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Vocabularies;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FrozenSeg.Serving.Workflow.Stages;

/// <summary>What stages work with; one set for a process.</summary>
internal sealed record StageServices
{
    /// <summary>Where artefacts lie.</summary>
    public required IArtefactStore Store { get; init; }

    /// <summary>The networks.</summary>
    public required ModelLibrary Library { get; init; }

    /// <summary>Fetches pictures that are not in the store yet.</summary>
    public IPictureFetcher? Fetcher { get; init; }

    /// <summary>Makes more of prompts.</summary>
    public IPromptExpander Expander { get; init; } = NoExpansion.Instance;

    /// <summary>Tells callers of the end.</summary>
    public ICallbackSender? Callbacks { get; init; }

    /// <summary>Finds a vocabulary by name; null when there is none.</summary>
    public Func<string, Vocabulary?> FindVocabulary { get; init; } = FindNamed;

    /// <summary>Finds a method by name.</summary>
    public Func<string, IMethodBuilder> FindMethod { get; init; } = MethodFactory.Find;

    /// <summary>What a picture may cost.</summary>
    public ImageLimits Limits { get; init; } = ImageLimits.Default;

    /// <summary>
    /// Most pixels of a TIFF above <see cref="Limits"/> that is segmented by tiles. Default: 0, none is.
    /// </summary>
    public long MaxTiledPixels { get; init; }

    /// <summary>How many networks run at once; 1, so that a device is never oversubscribed.</summary>
    public int ConcurrentRuns { get; init; } = 1;

    /// <summary>Told of failures.</summary>
    public ILogger Log { get; init; } = NullLogger.Instance;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    private static Vocabulary? FindNamed(string name)
    {
        if (!NamedVocabularies.Names.Contains(name))
            return null;
        NamedVocabulary found = NamedVocabularies.Find(name);
        return new Vocabulary(found.Name, found.Categories);
    }
}
