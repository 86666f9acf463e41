using System.Security.Cryptography;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Pipeline.Foundation.Imaging;

/// <summary>A decoded picture together with what a result says of it.</summary>
/// <param name="Pixels">Upright pixels.</param>
/// <param name="Description">Name, size, hash and the orientation that was applied.</param>
internal sealed record Picture(PixelImage Pixels, ResultImage Description)
{
    /// <summary>Reads and describes a picture.</summary>
    /// <param name="reader">Decodes it.</param>
    /// <param name="encoded">The whole file.</param>
    /// <param name="name">Its file name.</param>
    /// <exception cref="Shared.Problems.SegmentationProblemException">The picture is over a limit or
    /// damaged.</exception>
    public static Picture Read(ImageReader reader, byte[] encoded, string name)
    {
        PixelImage pixels = reader.Read(encoded, name, out ImageHeader header);
        string hash = Convert.ToHexStringLower(SHA256.HashData(encoded));
        return new Picture(pixels, new ResultImage(name, pixels.Width, pixels.Height, hash, (int)header.Orientation));
    }
}
