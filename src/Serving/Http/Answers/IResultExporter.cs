using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Serving.Http.Answers;

/// <summary>Turns results into the forms of datasets and annotation tools. Safe for many callers.</summary>
internal interface IResultExporter
{
    /// <summary>The forms it knows.</summary>
    IReadOnlyList<string> Forms { get; }

    /// <summary>Turns a result into a form.</summary>
    /// <param name="result">The result, checked.</param>
    /// <param name="form">One of <see cref="Forms"/>.</param>
    /// <returns>The form's files by their paths.</returns>
    /// <exception cref="SegmentationProblemException">There is no such form, or it cannot hold the result.</exception>
    IReadOnlyList<(string Path, byte[] Content)> Export(SegmentationResult result, string form);
}
