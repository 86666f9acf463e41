namespace FrozenSeg.Pipeline.Foundation.Imaging.Resizing;

/// <summary>Pillow's resampling filters: a kernel that is widened by the scale when shrinking.</summary>
internal enum ResampleFilter
{
    /// <summary>Triangle of radius 1. SAM and FrozenSeg resize with it.</summary>
    Bilinear,

    /// <summary>Cubic of radius 2 with a = −0.5. CLIP resizes with it.</summary>
    Bicubic,
}
