using System.Security.Cryptography;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Large;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Pipeline.Methods.Tiles;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Cli.Pictures;

/// <summary>Runs a method on a picture of any size: whole up to the limit, by tiles above it or when told so.</summary>
/// <param name="options">How large pictures are cut up.</param>
/// <param name="tilesAlways">Whether small ones are too.</param>
internal sealed class PictureSegmenter(TileOptions options, bool tilesAlways)
{
    // Decoded, such a picture takes 390 MB; a TIFF above it is read a few rows at a time.
    private static readonly ImageLimits TiledLimits =
        new() { MaxBytes = 1L << 30, MaxPixels = 130_000_000, MaxSide = 65_535 };

    private readonly ImageReader _reader = new(tilesAlways ? TiledLimits : ImageLimits.Default);

    /// <summary>Segments a picture.</summary>
    /// <param name="path">The picture.</param>
    /// <param name="method">The method.</param>
    /// <param name="order">What to find.</param>
    /// <param name="look">Told the picture before any work; not one that is too large to hold.</param>
    /// <param name="progress">Told the share done.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>What a result says of the picture, its pixels unless it was too large to hold them, and what was
    /// found.</returns>
    /// <exception cref="SegmentationProblemException">The picture cannot be used.</exception>
    public (ResultImage Description, PixelImage? Pixels, SegmentationOutcome Outcome) Segment(
        string path,
        ISegmentationMethod method,
        SegmentationOrder order,
        Action<PixelImage> look,
        IProgress<double> progress,
        CancellationToken cancellation)
    {
        if (IsLargeTiff(path))
            return SegmentLarge(path, method, order, progress, cancellation);
        Picture picture = _reader.ReadPicture(path);
        look(picture.Pixels);
        if (!tilesAlways)
            return (picture.Description, picture.Pixels, method.Segment(picture.Pixels, order, progress, cancellation));
        using var rows = new PixelRows(picture.Pixels);
        return (picture.Description, picture.Pixels, Tiled(method).Segment(rows, order, progress, cancellation));
    }

    private (ResultImage Description, PixelImage? Pixels, SegmentationOutcome Outcome) SegmentLarge(
        string path,
        ISegmentationMethod method,
        SegmentationOrder order,
        IProgress<double> progress,
        CancellationToken cancellation)
    {
        string hash;
        using (FileStream content = File.OpenRead(path))
            hash = Convert.ToHexStringLower(SHA256.HashData(content));
        using TiffRows rows = TiffRows.Open(File.OpenRead(path), Path.GetFileName(path));
        SegmentationOutcome outcome = Tiled(method).Segment(rows, order, progress, cancellation);
        return (new ResultImage(Path.GetFileName(path), rows.Width, rows.Height, hash, Orientation: 1), null, outcome);
    }

    // Other formats are read whole; only strips and tiles can be read a few rows at a time.
    private static bool IsLargeTiff(string path)
    {
        // What a pipe has given once it does not give again.
        if (!FileKind.IsRegular(path))
            return false;
        try
        {
            Span<byte> head = stackalloc byte[4];
            using FileStream content = File.OpenRead(path);
            if (content.Read(head) < head.Length || !TiffRows.IsTiff(head))
                return false;
            content.Position = 0;
            using TiffRows rows = TiffRows.Open(content, Path.GetFileName(path));
            return ImageLimits.Default.AreBelow(rows.Width, rows.Height)
                || content.Length > ImageLimits.Default.MaxBytes;
        }
        catch (Exception failure) when (
            failure is IOException or UnauthorizedAccessException or ArgumentException or SegmentationProblemException)
        {
            // The reader says what is wrong with it.
            return false;
        }
    }

    private TiledSegmentation Tiled(ISegmentationMethod method) => new(method, options);
}
