namespace FrozenSeg.Pipeline.Foundation.Imaging.Codecs;

/// <summary>Tells what files are that people take for pictures like any other, and that are not read.</summary>
internal static class OtherFormats
{
    /// <summary>The format's name; null when it is not known either.</summary>
    public static string? Name(ReadOnlySpan<byte> encoded) => encoded switch
    {
        [0xff, 0x0a, ..] => "JPEG XL",
        [0, 0, 0, 0x0c, (byte)'J', (byte)'X', (byte)'L', ..] => "JPEG XL",
        [0, 0, 0, 0x0c, (byte)'j', (byte)'P', ..] => "JPEG 2000",
        _ when encoded.StartsWith("%PDF"u8) => "PDF",
        _ when encoded.StartsWith("<svg"u8) => "SVG",
        _ when encoded.Length >= 12 && encoded[4..].StartsWith("ftyp"u8) => Container(encoded[8..12]),
        _ => null,
    };

    // ISO/IEC 23008-12: the brand of the container says which codec lies in it.
    private static string? Container(ReadOnlySpan<byte> brand) => brand switch
    {
        _ when brand.StartsWith("avi"u8) => "AVIF",
        _ when brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8) || brand.SequenceEqual("mif1"u8)
            || brand.SequenceEqual("msf1"u8) => "HEIC",
        _ => null,
    };
}
