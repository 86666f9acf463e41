using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace FrozenSeg.Serving.Tests.Workflow;

/// <summary>Pictures above the limit in a service.</summary>
public sealed class LargePictureTests
{
    private const int Width = 1100, Height = 40;

    private static readonly ImageLimits Small = new() { MaxPixels = 10_000 };

    [Fact]
    public async Task Segment_TiffAboveTheLimit_IsDoneByTiles()
    {
        await using var bench = new ServiceBench { Limits = Small, MaxTiledPixels = 1_000_000 };

        SegmentationStatus status = await bench.RunAsync(await bench.PrepareAsync("large", Tiff()));

        Assert.Empty(status.Problems);
        Assert.Equal(["result.json"], status.Files.Keys);
        SegmentationResult result = ResultJsonContext.Read(
            await bench.Store.GetAsync(ArtefactKey.Parse(status.Files["result.json"].Key), default));
        Assert.Equal((Width, Height), (result.Image.Width, result.Image.Height));
        Assert.Contains(
            result.Warnings, warning => warning.Contains("2 tiles of 1024 pixels", StringComparison.Ordinal));
        Assert.All(result.Segments, segment => Assert.Equal([Height, Width], segment.Segmentation.Size));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(40_000, true)]
    [InlineData(1_000_000, false)]
    public async Task Segment_WhatIsNotTakenByTiles_IsRefusedByItsSize(long mostTiled, bool isTiff)
    {
        await using var bench = new ServiceBench { Limits = Small, MaxTiledPixels = mostTiled };

        SegmentationStatus status = await bench.RunAsync(await bench.PrepareAsync("large", isTiff ? Tiff() : Png()));

        Assert.Contains(
            $"the picture has {Width}×{Height} pixels; 10,000 in all",
            Assert.Single(status.Problems).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Segment_FusedAboveTheLimit_SaysWhatDoesWork()
    {
        await using var bench = new ServiceBench { Limits = Small, MaxTiledPixels = 1_000_000 };
        var request = new SegmentationRequest { Method = "fused", Prompts = [SegmentationPrompt.Parse("car")] };

        SegmentationStatus status = await bench.RunAsync(await bench.PrepareAsync("large", Tiff(), request));

        Assert.Contains(
            "fused does not work by tiles", Assert.Single(status.Problems).Message, StringComparison.Ordinal);
    }

    private static byte[] Tiff() => Write(image => image.SaveAsTiff);

    private static byte[] Png() => Write(image => image.SaveAsPng);

    private static byte[] Write(Func<Image<Rgb24>, Action<Stream>> save)
    {
        using var image = new Image<Rgb24>(Width, Height, new Rgb24(30, 60, 90));
        for (int y = 10; y < 30; y++)
        {
            for (int x = 40; x < 90; x++)
                image[x, y] = new Rgb24(200, 40, 40);
        }

        using var content = new MemoryStream();
        save(image)(content);
        return content.ToArray();
    }
}
