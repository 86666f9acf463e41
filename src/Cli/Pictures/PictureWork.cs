using FrozenSeg.Shared.Results;

namespace FrozenSeg.Cli.Pictures;

/// <summary>What a command does with each picture.</summary>
/// <param name="Title">What is being done, beside a bar.</param>
/// <param name="Segment">Segments the picture at a path into a place.</param>
/// <param name="ResultOf">Where in that place a result lies.</param>
/// <param name="Report">Says what was found in a picture that was named alone.</param>
internal sealed record PictureWork(
    string Title,
    Func<string, string, IProgress<double>, SegmentationResult> Segment,
    Func<string, string> ResultOf,
    Action<SegmentationResult> Report);
