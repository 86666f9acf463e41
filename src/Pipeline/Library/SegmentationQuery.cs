using FrozenSeg.Pipeline;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg;

/// <summary>What to find in a picture, and how. A string, or a vocabulary, is one.</summary>
public sealed record SegmentationQuery
{
    /// <summary>Every mask of a picture, without classes.</summary>
    public static SegmentationQuery Everything { get; } = new();

    /// <summary>What to look for, in order; null for masks without classes.</summary>
    public Vocabulary? Words { get; init; }

    /// <summary>The answer wanted. Default: the first that the method can give.</summary>
    public SegmentationTask? Task { get; init; }

    /// <summary>The method with its settings. Default: the first that fits words and task.</summary>
    public MethodOptions? Method { get; init; }

    /// <summary>The words as they were written; null with a vocabulary.</summary>
    internal string? Text { get; private init; }

    /// <summary>Words of one's own: <c>cat, kitten; dog; grass (stuff)</c>.</summary>
    /// <exception cref="SegmentationProblemException">The list is empty, too long, or holds unusable names.</exception>
    public static SegmentationQuery FromWords(string words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return new SegmentationQuery { Words = Vocabulary.Parse(words), Text = words };
    }

    /// <inheritdoc cref="FromWords"/>
    public static implicit operator SegmentationQuery(string words) => FromWords(words);

    /// <summary>The classes of a vocabulary.</summary>
    public static SegmentationQuery FromVocabulary(Vocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        return new SegmentationQuery { Words = vocabulary };
    }

    /// <inheritdoc cref="FromVocabulary"/>
    public static implicit operator SegmentationQuery(Vocabulary vocabulary) => FromVocabulary(vocabulary);

    /// <summary>The method that is named, or the first that fits, rather one whose networks are there.</summary>
    /// <param name="ready">The methods whose networks are there.</param>
    /// <exception cref="SegmentationProblemException">The named method cannot do that, or none can.</exception>
    internal MethodCapabilities Choose(IReadOnlyList<MethodCapabilities> ready)
    {
        IEnumerable<MethodCapabilities> candidates =
            ready.Concat(MethodFactory.Methods).Where(known => Method is null || known.Name == Method.Name);
        return candidates.FirstOrDefault(
            known => known.NeedsWords == Words is not null && (Task is null || known.Tasks.Contains(Task.Value)))
            ?? throw SegmentationProblem.InvalidRequest(
                "query",
                $"{Method?.Name ?? "no method"} {(Method is null ? "gives" : "does not give")} "
                    + $"{Task?.ToString().ToLowerInvariant() ?? "an answer"} {(Words is null ? "without" : "with")} "
                    + $"words",
                "Choose another task or method, or leave one of them out");
    }
}
