using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Large;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Pipeline.Methods.Tiles;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Pipeline.Tests.Methods.Tiles;

public sealed class TiledSegmentationTests
{
    private static readonly TileOptions Options = new() { Size = 64, Overlap = 16 };
    private static readonly SegmentationOrder Order = new(null, [SegmentationTask.Masks]);

    [Fact]
    public void Segment_ObjectsAcrossTiles_AreWholeAndCountedOnce()
    {
        // Three rectangles: over four tiles, over two, within one.
        PixelImage image = Draw(200, 150, [(20, 30, 90, 100, 50), (100, 110, 190, 130, 100), (150, 10, 170, 25, 150)]);

        IReadOnlyList<ResultSegment> segments = Segment(image, new ColourMethod());

        Assert.Equal(
            [[20, 30, 70, 70], [100, 110, 90, 20], [150, 10, 20, 15]],
            segments.OrderBy(segment => segment.Bbox[0]).Select(segment => segment.Bbox));
        Assert.Equal([4900, 1800, 300], segments.OrderBy(segment => segment.Bbox[0]).Select(segment => segment.Area));
        Assert.All(segments, segment => Assert.Equal([150, 200], segment.Segmentation.Size));
    }

    [Fact]
    public void Segment_WhateverTheSize_IsAsWithoutTiles()
    {
        var random = new Random(7);
        for (int round = 0; round < 20; round++)
        {
            int width = random.Next(65, 300), height = random.Next(65, 300);
            int x = random.Next(0, width - 40), y = random.Next(0, height - 40);
            PixelImage image = Draw(
                width, height, [(x, y, x + random.Next(20, width - x), y + random.Next(20, height - y), 90)]);

            ResultSegment whole = new ColourMethod().Segment(image, Order, null, default).Segments.Single();
            ResultSegment tiled = Segment(image, new ColourMethod()).Single();

            Assert.Equal(whole.Segmentation.Counts, tiled.Segmentation.Counts);
        }
    }

    [Fact]
    public void Segment_StuffInFarTiles_IsOneSegment()
    {
        PixelImage image = Draw(300, 64, [(0, 0, 40, 40, 60), (250, 0, 300, 64, 60)]);

        ResultSegment segment = Segment(image, new ColourMethod(isThing: false)).Single();

        Assert.Equal((40 * 40) + (50 * 64), segment.Area);
    }

    [Fact]
    public void Segment_PieceThatTheNeighbourSeesWhole_IsLeftOut()
    {
        // Reaches eight pixels into the first tile, which therefore sees a sliver of it; the second tile sees all.
        PixelImage image = Draw(112, 64, [(56, 10, 100, 30, 90)]);

        ResultSegment segment = Segment(image, new ColourMethod(leastWidth: 0)).Single();

        Assert.Equal([56, 10, 44, 20], segment.Bbox);
    }

    [Theory]
    [InlineData(50, 1)]
    [InlineData(64, 1)]
    [InlineData(65, 2)]
    [InlineData(112, 2)]
    [InlineData(113, 3)]
    [InlineData(1000, 21)]
    public void Starts_AnyLength_CoverItWithEnoughOverlap(int length, int count)
    {
        IReadOnlyList<int> starts = Tile.Starts(length, 64, 16);

        Assert.Equal(count, starts.Count);
        Assert.Equal((0, Math.Max(0, length - 64)), (starts[0], starts[^1]));
        Assert.All(starts.Zip(starts.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 1, 48));
    }

    [Fact]
    public void Segment_OptionsThatMakeNoSense_AreRefused()
    {
        var failure = Assert.Throws<SegmentationProblemException>(
            () => new TiledSegmentation(new ColourMethod(), new TileOptions { Size = 10, Overlap = 30 }));

        Assert.Equal(2, failure.Problems.Count);
    }

    [Fact]
    public void Segment_Always_ReportsProgressAndSaysWhatIsMissing()
    {
        var shares = new List<double>();

        SegmentationOutcome outcome = new TiledSegmentation(new ColourMethod(), Options).Segment(
            new PixelRows(new PixelImage(112, 112)), Order, new Listener(shares), default);

        Assert.Equal([0.25, 0.5, 0.75, 1], shares);
        Assert.Contains("4 tiles of 64 pixels", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
        Assert.Equal("64", outcome.Settings["tile_size"]);
    }

    private static IReadOnlyList<ResultSegment> Segment(PixelImage image, ISegmentationMethod method) =>
        new TiledSegmentation(method, Options).Segment(new PixelRows(image), Order, null, default).Segments;

    private static PixelImage Draw(
        int width, int height, IReadOnlyList<(int X0, int Y0, int X1, int Y1, byte Colour)> shapes)
    {
        var image = new PixelImage(width, height);
        foreach ((int x0, int y0, int x1, int y1, byte colour) in shapes)
        {
            for (int y = y0; y < Math.Min(y1, height); y++)
                image.Row(y)[(x0 * 3)..(Math.Min(x1, width) * 3)].Fill(colour);
        }

        return image;
    }

    private sealed class Listener(List<double> shares) : IProgress<double>
    {
        public void Report(double value) => shares.Add(value);
    }

    /// <summary>A segment for each colour but black.</summary>
    private sealed class ColourMethod(bool isThing = true, int leastWidth = 0) : ISegmentationMethod
    {
        public string Name => "colours";

        public SegmentationOutcome Segment(
            PixelImage image, SegmentationOrder order, IProgress<double>? progress, CancellationToken cancellation)
        {
            var masks = new SortedDictionary<byte, BinaryMask>();
            for (int y = 0; y < image.Height; y++)
            {
                for (int x = 0; x < image.Width; x++)
                {
                    byte colour = image.Pixel(x, y)[0];
                    if (colour == 0)
                        continue;
                    if (!masks.TryGetValue(colour, out BinaryMask? mask))
                        masks[colour] = mask = new BinaryMask(image.Height, image.Width);
                    mask[y, x] = true;
                }
            }

            return new SegmentationOutcome
            {
                Segments =
                [
                    .. masks.Select((entry, i) => ResultSegment.Of(
                        i + 1,
                        RunLengthEncoding.FromMask(entry.Value),
                        entry.Key,
                        $"{entry.Key}",
                        null,
                        0.9,
                        isThing,
                        SegmentSource.Automask))
                        .Where(segment => segment.Bbox[2] >= leastWidth),
                ],
                Models = [],
                Settings = new Dictionary<string, string>(),
                Timings = [new StageTiming("colours", 0.1)],
            };
        }

        public void Dispose()
        {
        }
    }
}
