namespace FrozenSeg.Pipeline.Foundation.Imaging;

/// <summary>The file formats that are read. PNG is the only one written.</summary>
internal enum ImageFormat
{
    /// <summary>Portable Network Graphics.</summary>
    Png,

    /// <summary>JPEG, baseline and progressive, grey, YCbCr, RGB or CMYK.</summary>
    Jpeg,

    /// <summary>WebP, lossy and lossless; of an animation the first frame.</summary>
    WebP,

    /// <summary>Windows bitmap.</summary>
    Bmp,

    /// <summary>GIF; of an animation the first frame.</summary>
    Gif,

    /// <summary>TIFF; of several pages the first.</summary>
    Tiff,

    /// <summary>Portable bitmap, greymap or pixmap.</summary>
    Pbm,

    /// <summary>Truevision TGA.</summary>
    Tga,
}
