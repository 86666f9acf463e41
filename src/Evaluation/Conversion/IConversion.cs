using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Evaluation.Conversion;

/// <summary>One form results are turned into.</summary>
internal interface IConversion
{
    /// <summary>What <c>--to</c> calls it.</summary>
    string Name { get; }

    /// <summary>Whether masks become polygons, which can be simplified.</summary>
    bool HasPolygons => false;

    /// <summary>The file that a picture gets for itself; null where all pictures share the form's files.</summary>
    /// <param name="picture">The picture.</param>
    string? FileOf(ResultImage picture) => null;

    /// <summary>What the form cannot hold of a result; such a result is not converted.</summary>
    /// <param name="result">The result.</param>
    IEnumerable<SegmentationProblem> Problems(SegmentationResult result) => [];

    /// <summary>The files of the form.</summary>
    /// <param name="set">What to convert.</param>
    /// <param name="notes">Takes what the form cannot hold.</param>
    IEnumerable<(string Path, byte[] Content)> Convert(ConversionSet set, ConversionNotes notes);
}
