using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Shared.Results;

/// <summary>A mask in COCO's compressed form, as documents hold it.</summary>
/// <param name="Size">Height and width.</param>
/// <param name="Counts">The compressed run lengths.</param>
public sealed record MaskRle(int[] Size, string Counts)
{
    /// <summary>The document form of a mask.</summary>
    public static MaskRle From(RunLengthEncoding mask)
    {
        ArgumentNullException.ThrowIfNull(mask);
        return new MaskRle([mask.Height, mask.Width], mask.ToCocoString());
    }

    /// <summary>The mask.</summary>
    /// <exception cref="FormatException">The counts are damaged or do not fill the size.</exception>
    public RunLengthEncoding Decode() => Size is [var height, var width]
        ? RunLengthEncoding.FromCocoString(Counts, height, width)
        : throw new FormatException("a mask's size is not [height, width]");
}
