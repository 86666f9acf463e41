using FrozenSeg.Pipeline.Fetching;
using FrozenSeg.Pipeline.Imaging;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Pipeline.Prompting;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Pipeline.Workflow.Stages;

/// <summary>What stages work with; one set for a process.</summary>
public sealed record StageServices
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

    /// <summary>Finds a vocabulary by name.</summary>
    public Func<string, Vocabulary?> FindVocabulary { get; init; } = _ => null;

    /// <summary>What a picture may cost.</summary>
    public ImageLimits Limits { get; init; } = ImageLimits.Default;

    /// <summary>How many networks run at once; 1, so that a device is never oversubscribed.</summary>
    public int ConcurrentRuns { get; init; } = 1;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
