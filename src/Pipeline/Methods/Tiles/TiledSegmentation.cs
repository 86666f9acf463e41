using FrozenSeg.Pipeline.Foundation.Imaging.Large;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Methods.Tiles;

/// <summary>
/// Any method on a picture of any size: tile by tile, from top to bottom. Memory holds one row of tiles' pixels and the
/// masks' runs; time follows the number of pixels. Safe for many callers.
/// </summary>
/// <param name="method">The method; stays the caller's.</param>
/// <param name="options">How the picture is cut up.</param>
/// <exception cref="SegmentationProblemException">The settings make no sense.</exception>
internal sealed class TiledSegmentation(ISegmentationMethod method, TileOptions options)
{
    /// <summary>Most pixels of a picture: what COCO's run lengths can count, 2,147 million.</summary>
    public const long MaxPixels = int.MaxValue;

    private readonly TileOptions _options = Checked(options);

    /// <summary>Segments a picture.</summary>
    /// <param name="picture">Its rows; read once.</param>
    /// <param name="order">What to find.</param>
    /// <param name="progress">Told the share of tiles that are done.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The segments; no maps, which would be as large as the picture.</returns>
    public SegmentationOutcome Segment(
        IRowSource picture, SegmentationOrder order, IProgress<double>? progress, CancellationToken cancellation)
    {
        if ((long)picture.Width * picture.Height > MaxPixels)
        {
            throw SegmentationProblem.InvalidImage(
                "picture",
                $"it has {(long)picture.Width * picture.Height:N0} pixels; {MaxPixels:N0} are allowed",
                "Cut it up");
        }

        IReadOnlyList<int> columns = Tile.Starts(picture.Width, _options.Size, _options.Overlap);
        IReadOnlyList<int> rows = Tile.Starts(picture.Height, _options.Size, _options.Overlap);
        var window = new BandWindow(picture, _options.Size);
        var merger = new TileMerger(picture.Width, picture.Height, _options);
        var summary = new TileSummary();
        int done = 0;
        foreach (int top in rows)
        {
            window.MoveTo(top);
            foreach (int left in columns)
            {
                cancellation.ThrowIfCancellationRequested();
                var tile = new Tile(left, top, Math.Min(left + _options.Size, picture.Width), Math.Min(
                    top + _options.Size, picture.Height));
                SegmentationOutcome outcome = method.Segment(window.Crop(left, tile.Width), order, null, cancellation);
                merger.Add(tile, outcome.Segments);
                summary.Add(outcome);
                progress?.Report((double)++done / (rows.Count * columns.Count));
            }

            merger.EndRow();
        }

        return summary.Outcome(merger.Segments(), _options, done);
    }

    private static TileOptions Checked(TileOptions options)
    {
        SegmentationProblem[] problems = [.. options.Problems()];
        return problems.Length == 0 ? options : throw new SegmentationProblemException(problems);
    }
}
