using System.Text;
using System.Text.Json;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Shared.Tests.Results;

public sealed class SegmentationResultTests
{
    [Fact]
    public void Write_AndRead_IsTheSameDocument()
    {
        byte[] json = ResultJsonContext.Write(Example());

        SegmentationResult again = ResultJsonContext.Read(json);

        Assert.Equal(json, ResultJsonContext.Write(again));
        Assert.Equal(5, again.Segments[0].Segmentation.Decode().Area);
    }

    [Fact]
    public void Write_UsesSnakeCaseAndLeavesNullsOut()
    {
        using JsonDocument json = JsonDocument.Parse(ResultJsonContext.Write(Example()));

        JsonElement segment = json.RootElement.GetProperty("segments")[0];
        Assert.Equal("automask", segment.GetProperty("source").GetString());
        Assert.True(segment.GetProperty("is_thing").GetBoolean());
        Assert.False(segment.TryGetProperty("prompt", out _));
        Assert.False(json.RootElement.TryGetProperty("trace", out _));
        Assert.Equal("panoptic.png", json.RootElement.GetProperty("files").GetProperty("panoptic").GetString());
    }

    [Fact]
    public void Of_TakesAreaAndBoxFromTheMask()
    {
        ResultSegment segment = Example().Segments[0];

        Assert.Equal(5, segment.Area);
        Assert.Equal([1, 0, 2, 3], segment.Bbox);
    }

    [Fact]
    public void Of_EmptyMask_HasAnEmptyBox() => Assert.Equal(
        [0, 0, 0, 0],
        ResultSegment.Of(
            1, RunLengthEncoding.FromMask(new BinaryMask(2, 2)), null, "", null, 1, true, SegmentSource.Car).Bbox);

    [Fact]
    public void Read_OfAnotherVersion_IsRefused()
    {
        string json = Encoding.UTF8.GetString(ResultJsonContext.Write(Example()))
            .Replace("\"version\":1", "\"version\":9", StringComparison.Ordinal);

        Assert.Throws<JsonException>(() => ResultJsonContext.Read(Encoding.UTF8.GetBytes(json)));
    }

    private static SegmentationResult Example()
    {
        var mask = new BinaryMask(3, 4, [0, 1, 1, 0, 0, 1, 0, 0, 0, 1, 1, 0]);
        return new SegmentationResult
        {
            Image = new ResultImage("a.png", 4, 3, "00", 1),
            Request = new ResultRequest(
                "automask", ["masks"], null, null, new Dictionary<string, string> { ["points_per_side"] = "32" }),
            Segments = [ResultSegment.Of(
                1, RunLengthEncoding.FromMask(mask), null, "", null, 0.9, true, SegmentSource.Automask)],
            Files = ResultFiles.Names with { Semantic = null },
            Models = [new ModelStamp("sam", "vit_b", "ab")],
            Timings = [new StageTiming("masks", 1.5)],
        };
    }
}
