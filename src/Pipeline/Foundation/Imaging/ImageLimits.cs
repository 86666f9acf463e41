using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Imaging;

/// <summary>What a picture may cost, checked on its header before a pixel is decoded.</summary>
public sealed record ImageLimits
{
    /// <summary>The limits of a service that reads pictures of unknown origin.</summary>
    public static ImageLimits Default { get; } = new();

    /// <summary>Largest file, bytes. 64 MiB.</summary>
    public long MaxBytes { get; init; } = 64L << 20;

    /// <summary>Largest picture, pixels. 50 million: a decoded picture takes 150 MB.</summary>
    public long MaxPixels { get; init; } = 50_000_000;

    /// <summary>Longest side, pixels. Default: 32768.</summary>
    public int MaxSide { get; init; } = 32_768;

    /// <summary>Refuses a file that is too long to be read at all.</summary>
    /// <exception cref="SegmentationProblemException">The file is longer than <see cref="MaxBytes"/>.</exception>
    internal void CheckLength(long bytes, string name)
    {
        if (bytes > MaxBytes)
        {
            throw SegmentationProblem.InvalidImage(
                name, $"the file has {bytes:N0} bytes, {MaxBytes:N0} are allowed", "Compress or shrink the picture");
        }
    }

    /// <summary>Refuses a picture that would be too large once decoded.</summary>
    /// <exception cref="SegmentationProblemException">A side or the number of pixels is over its limit.</exception>
    internal void CheckSize(ImageHeader header, string name) => CheckSize(header.Width, header.Height, name);

    /// <inheritdoc cref="CheckSize(ImageHeader, string)"/>
    internal void CheckSize(int width, int height, string name)
    {
        if (AreBelow(width, height))
        {
            throw SegmentationProblem.InvalidImage(
                name,
                $"the picture has {width}×{height} pixels; {MaxPixels:N0} in all and {MaxSide:N0} a side are allowed",
                "Shrink the picture");
        }
    }

    /// <summary>Whether the limits are below a picture's size.</summary>
    internal bool AreBelow(int width, int height) =>
        (long)width * height > MaxPixels || width > MaxSide || height > MaxSide;
}
