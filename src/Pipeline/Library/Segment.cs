using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Results;

namespace FrozenSeg;

/// <summary>One thing, one area of stuff, or one mask that was found.</summary>
public sealed class Segment
{
    private readonly ResultSegment _segment;

    internal Segment(ResultSegment segment) => _segment = segment;

    /// <summary>Its number, from 1.</summary>
    public int Id => _segment.Id;

    /// <summary>Name of the class, or the expression it answers; empty for a mask without a class.</summary>
    public string Label => _segment.Label;

    /// <summary>Index in the vocabulary; null for a mask without a class.</summary>
    public int? Category => _segment.Category;

    /// <summary>How sure the method is, 0 to 1.</summary>
    public double Score => _segment.Score;

    /// <summary>Whether it is one countable object.</summary>
    public bool IsThing => _segment.IsThing;

    /// <summary>Pixels.</summary>
    public int Area => _segment.Area;

    /// <summary>The smallest box around it, pixels.</summary>
    public BoxXywh Box => new(_segment.Bbox[0], _segment.Bbox[1], _segment.Bbox[2], _segment.Bbox[3]);

    /// <summary>The mask in COCO's run-length form.</summary>
    public RunLengthEncoding Mask => _segment.Segmentation.Decode();

    /// <summary>The mask as pixels, of the picture's size.</summary>
    public BinaryMask DecodeMask() => Mask.ToMask();
}
