using System.Text.Json.Serialization;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Evaluation.Formats.Coco;

/// <summary>COCO's <c>segmentation</c>: polygons, or run lengths as numbers or as a compressed string.</summary>
/// <param name="Polygons">x and y in turn, one list a part; null for run lengths.</param>
/// <param name="Size">Height and width of run lengths; null for polygons.</param>
/// <param name="Counts">Run lengths as numbers; null otherwise.</param>
/// <param name="Compressed">Run lengths as COCO's string; null otherwise.</param>
[JsonConverter(typeof(CocoSegmentationConverter))]
internal sealed record CocoSegmentation(double[][]? Polygons, int[]? Size, int[]? Counts, string? Compressed)
{
    /// <summary>The segmentation of a mask, in its compressed form.</summary>
    public static CocoSegmentation From(MaskRle mask) => new(null, mask.Size, null, mask.Counts);

    /// <summary>The mask in a picture of this size.</summary>
    /// <exception cref="FormatException">The runs are damaged or of another size.</exception>
    public RunLengthEncoding ToMask(int height, int width)
    {
        if (Polygons is not null)
            return CocoPolygonRaster.Fill(Polygons, height, width);
        if (Size is not [var rows, var columns] || rows != height || columns != width)
            throw new FormatException(
                $"the mask has the size {string.Join('×', Size ?? [])}, and the picture {height}×{width}");
        return Compressed is not null
            ? RunLengthEncoding.FromCocoString(Compressed, height, width)
            : new RunLengthEncoding(height, width, Counts!);
    }
}
