using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Vocabularies;
using FrozenSeg.Testing;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace FrozenSeg.Pipeline.Tests.Library;

/// <summary>The library's door, with the bundled models.</summary>
public sealed class SegmenterTests : IDisposable
{
    private static readonly string Meadow = Path.Combine(RepositoryCopy.Original, "samples", "meadow.png");

    private readonly Segmenter _segmenter = new(
        new SegmenterOptions { Runtime = new RuntimeOptions { Provider = ExecutionProviderChoice.Cpu } });

    [Fact]
    public async Task Segment_Words_GivesSegmentsWithLabelScoreBoxAreaAndMask()
    {
        Segmentation found = await _segmenter.SegmentFileAsync(Meadow, new SegmentationQuery
        {
            Words = Vocabulary.Parse("mushroom; cat; grass (stuff); sky (stuff)"),
            Task = SegmentationTask.Panoptic,
        });

        Assert.Equal("frozenseg", found.Method);
        Assert.NotEmpty(found.Segments);
        Assert.All(found.Segments, segment =>
        {
            Assert.Contains(segment.Label, (string[])["mushroom", "cat", "grass", "sky"]);
            Assert.InRange(segment.Score, 0, 1);
            Assert.Equal(segment.Area, segment.DecodeMask().CountPixels());
            Assert.InRange(segment.Box.X + segment.Box.Width, 1, found.Width);
        });
        using Image overlay = Image.Load(found.ToOverlayPng());
        Assert.True(overlay.Width >= found.Width);
    }

    [Fact]
    public async Task Segment_StreamBytesAndImage_GiveTheSame()
    {
        byte[] bytes = await File.ReadAllBytesAsync(Meadow);
        using var stream = new MemoryStream(bytes);
        using Image<Rgb24> image = Image.Load<Rgb24>(bytes);

        Segmentation[] found =
        [
            await _segmenter.SegmentAsync(stream, "mushroom; grass (stuff)"),
            await _segmenter.SegmentAsync(bytes, "mushroom; grass (stuff)"),
            await _segmenter.SegmentAsync(image, "mushroom; grass (stuff)"),
        ];

        Assert.All(found, other => Assert.Equal(
            found[0].Segments.Select(segment => (segment.Label, segment.Mask)),
            other.Segments.Select(segment => (segment.Label, segment.Mask))));
    }

    [Fact]
    public async Task Segment_ManyCallers_GetTheirOwnAnswers()
    {
        byte[] picture = Picture();

        Segmentation[] found = await Task.WhenAll(Enumerable.Range(0, 4).Select(
            i => _segmenter.SegmentAsync(picture, i % 2 == 0 ? SegmentationQuery.Everything : "cat; dog")));

        Assert.Equal(["automask", "car", "automask", "car"], found.Select(answer => answer.Method));
    }

    [Fact]
    public async Task Segment_Cancelled_Stops()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _segmenter.SegmentAsync(Picture(), "cat", cancellationToken: stop.Token));
    }

    [Fact]
    public async Task Segment_Progress_ComesToOne()
    {
        var told = new List<double>();

        await _segmenter.SegmentAsync(Picture(), SegmentationQuery.Everything, new Immediately(told));

        Assert.Equal(1, told[^1], 6);
    }

    [Fact]
    public async Task Segment_NotAPicture_IsAProblemInWords()
    {
        var failure = await Assert.ThrowsAsync<SegmentationProblemException>(
            () => _segmenter.SegmentAsync("hi"u8.ToArray(), "cat"));

        Assert.Equal(ProblemKind.InvalidImage, Assert.Single(failure.Problems).Kind);
    }

    [Fact]
    public async Task Segment_EndlessStream_IsRefusedAtTheLimit()
    {
        using var segmenter = new Segmenter(new SegmenterOptions { Limits = new ImageLimits { MaxBytes = 1000 } });

        await Assert.ThrowsAsync<SegmentationProblemException>(
            () => segmenter.SegmentAsync(new MemoryStream(new byte[5000]), "cat"));
    }

    [Fact]
    public async Task Segment_TaskTheMethodCannotGive_SaysSo()
    {
        var query = new SegmentationQuery { Task = SegmentationTask.Panoptic, Method = new AutomaskOptions() };

        var failure = await Assert.ThrowsAsync<SegmentationProblemException>(
            () => _segmenter.SegmentAsync(Picture(), query));

        Assert.Contains("automask does not give panoptic without words", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Create_UnusableOptions_NamesThemAll()
    {
        var failure = Assert.Throws<SegmentationProblemException>(
            () =>
                new Segmenter(new SegmenterOptions { Parallelism = 0, Runtime = new RuntimeOptions { Threads = -1 } }));

        Assert.Equal(2, failure.Problems.Count);
    }

    public void Dispose() => _segmenter.Dispose();

    private static byte[] Picture() => ImageCodec.EncodePng(TestPicture.Make(48, 64));

    private sealed class Immediately(List<double> told) : IProgress<double>
    {
        public void Report(double value) => told.Add(value);
    }
}
