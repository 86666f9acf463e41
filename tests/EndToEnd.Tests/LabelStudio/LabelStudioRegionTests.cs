using System.Text.Json.Nodes;
using FrozenSeg.Cli.LabelStudio;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.EndToEnd.Tests.LabelStudio;

public class LabelStudioRegionTests
{
    // Two squares, apart from each other.
    private static readonly RunLengthEncoding Mask = RunLengthEncoding.FromMask(
        new BinaryMask(2, 8, [1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1]));

    [Fact]
    public void Of_Brush_IsOneRegionOfAllPixels()
    {
        JsonObject region = Assert.Single(Regions(isBrush: true));

        Assert.Equal(
            ("r", "brushlabels", "tag", "image"),
            ((string?)region["id"], (string?)region["type"], (string?)region["from_name"], (string?)region["to_name"]));
        Assert.Equal(
            (8, 2, 0.1235),
            ((int)region["original_width"]!, (int)region["original_height"]!, (double)region["score"]!));
        Assert.Equal("cat", (string?)region["value"]!["brushlabels"]![0]);
        Assert.Equal("rle", (string?)region["value"]!["format"]);
        Assert.NotEmpty(region["value"]!["rle"]!.AsArray());
    }

    [Fact]
    public void Of_Polygons_AreOneRegionAPartInPercent()
    {
        JsonObject[] regions = [.. Regions(isBrush: false)];

        Assert.Equal(["r-1", "r-2"], regions.Select(region => (string?)region["id"]));
        Assert.All(regions, region => Assert.Equal(
            ("polygonlabels", true), ((string?)region["type"], (bool)region["value"]!["closed"]!)));
        double[] x = [.. regions[0]["value"]!["points"]!.AsArray().Select(point => (double)point![0]!)];
        double[] y = [.. regions[0]["value"]!["points"]!.AsArray().Select(point => (double)point![1]!)];
        Assert.Equal((0, 25, 0, 100), (x.Min(), x.Max(), y.Min(), y.Max()));
    }

    private static IEnumerable<JsonObject> Regions(bool isBrush) =>
        new LabelStudioRegion(new LabelConfig("tag", "image", "photo", isBrush, [])).Of("r", Mask, "cat", 0.123456);
}
