using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Evaluation.Runs;

/// <summary>What to run over which dataset.</summary>
internal sealed record RunOrder
{
    /// <summary>Name of the dataset.</summary>
    public required string Dataset { get; init; }

    /// <summary>Its root.</summary>
    public required string Root { get; init; }

    /// <summary>Name of the method.</summary>
    public required string Method { get; init; }

    /// <summary>Which networks.</summary>
    public ModelSelection Models { get; init; } = ModelSelection.Default;

    /// <summary>Settings given by hand; they win over the published ones.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>Answers to measure; empty for all that dataset and method share.</summary>
    public IReadOnlyList<SegmentationTask> Tasks { get; init; } = [];

    /// <summary>Folder for results and reports.</summary>
    public required string Out { get; init; }

    /// <summary>Classes to use instead of the dataset's own; null for those.</summary>
    public string? Classes { get; init; }

    /// <summary>Which part of a dataset of references; null for its validation part.</summary>
    public string? Split { get; init; }

    /// <summary>Most pictures, of a dataset of videos most videos; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Whether to go on with a run that was stopped.</summary>
    public bool Resume { get; init; }
}
