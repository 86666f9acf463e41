using FrozenSeg.Evaluation.Formats;

namespace FrozenSeg.Evaluation;

/// <summary>How an evaluation runs.</summary>
internal sealed record EvaluationOptions
{
    /// <summary>Threads; all cores unless set.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Pictures that a method works on at once. Default: 1.</summary>
    public int PicturesAtOnce { get; init; } = 1;

    /// <summary>Told the share done, 0..1.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <summary>Stops the work.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>
    /// Only pictures with these names, without folder and ending; null for all. Changes what is measured.
    /// </summary>
    public IReadOnlySet<string>? Only { get; init; }

    /// <summary>Folder of the annotated panoptic PNGs; null for the one beside their JSON.</summary>
    public string? TruthMaps { get; init; }

    /// <summary>Whether a picture is to be looked at.</summary>
    internal bool Includes(string name) => Only is null || Only.Contains(PictureNames.Of(name));
}
