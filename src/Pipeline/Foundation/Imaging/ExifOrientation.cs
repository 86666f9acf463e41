namespace FrozenSeg.Pipeline.Foundation.Imaging;

/// <summary>
/// How stored pixels are to be turned for viewing; values as in EXIF tag 0x0112. The name says where the first stored
/// row and column are seen.
/// </summary>
internal enum ExifOrientation
{
    /// <summary>As stored.</summary>
    TopLeft = 1,

    /// <summary>Mirrored left to right.</summary>
    TopRight = 2,

    /// <summary>Turned by 180°.</summary>
    BottomRight = 3,

    /// <summary>Mirrored top to bottom.</summary>
    BottomLeft = 4,

    /// <summary>Transposed.</summary>
    LeftTop = 5,

    /// <summary>Stored turned; a clockwise quarter turn shows it upright.</summary>
    RightTop = 6,

    /// <summary>Transposed along the other diagonal.</summary>
    RightBottom = 7,

    /// <summary>Stored turned; a counter-clockwise quarter turn shows it upright.</summary>
    LeftBottom = 8,
}
