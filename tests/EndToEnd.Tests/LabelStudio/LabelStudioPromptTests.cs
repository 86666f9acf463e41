using System.Text.Json.Nodes;
using FrozenSeg.Cli.LabelStudio;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.EndToEnd.Tests.LabelStudio;

/// <summary>Regions in percent of a picture of 200 by 50 pixels.</summary>
public class LabelStudioPromptTests
{
    [Fact]
    public void Read_Points_ArePixelsWithTheirSigns()
    {
        LabelStudioPrompt prompt = Read("""
            [{"type": "keypointlabels", "value": {"x": 50, "y": 10, "keypointlabels": ["cat"]}},
             {"type": "keypointlabels", "is_positive": false, "value": {"x": 0, "y": 100}},
             {"type": "keypointlabels", "value": {"x": -5, "y": 105, "is_positive": 0}},
             {"type": "keypointlabels", "is_positive": 1, "value": {"x": 1, "y": 1}}]
            """)!;

        Assert.Equal([[100, 5], [0, 50], [0, 50], [2, 0.5]], prompt.Points);
        Assert.Equal([1, 0, 0, 1], prompt.Labels);
        Assert.Equal(("cat", null), (prompt.Label, prompt.Box));
    }

    [Fact]
    public void Read_Rectangle_IsABoxInsideThePicture()
    {
        LabelStudioPrompt prompt = Read(
            """[{"type": "rectanglelabels", "value": {"x": 25, "y": 20, "width": 50, "height": 90, "rectanglelabels": ["dog"]}}]""")!;

        Assert.Equal([50, 10, 150, 50], prompt.Box!);
        Assert.Empty(prompt.Points);
        Assert.Equal("dog", prompt.Label);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""[{"type": "brushlabels", "value": {"x": 1, "y": 1}}]""")]
    public void Read_NothingShown_IsNoPrompt(string regions)
    {
        Assert.Null(Read(regions));
        Assert.Null(LabelStudioPrompt.Read(null, 200, 50));
    }

    [Theory]
    [InlineData("[null]")]
    [InlineData("""[{"type": "keypointlabels"}]""")]
    [InlineData("""[{"type": "keypointlabels", "value": {"x": 1}}]""")]
    [InlineData("""[{"type": "keypointlabels", "value": {"x": "one", "y": 1}}]""")]
    [InlineData("""[{"type": "rectanglelabels", "value": {"x": 1, "y": 1}}]""")]
    [InlineData("""[{"type": 7, "value": {"x": 1, "y": 1}}]""")]
    public void Read_RegionThatIsNone_IsRefused(string regions)
    {
        Assert.Equal("context", Assert.Throws<SegmentationProblemException>(() => Read(regions)).Problems[0].Where);
    }

    private static LabelStudioPrompt? Read(string regions) =>
        LabelStudioPrompt.Read(JsonNode.Parse($$"""{"result": {{regions}}}"""), 200, 50);
}
