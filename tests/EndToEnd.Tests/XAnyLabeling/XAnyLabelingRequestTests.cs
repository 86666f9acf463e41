using System.Text.Json.Nodes;
using FrozenSeg.Cli.XAnyLabeling;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.EndToEnd.Tests.XAnyLabeling;

public class XAnyLabelingRequestTests
{
    [Fact]
    public void Read_Call_IsItsPictureItsMarksAndItsWords()
    {
        XAnyLabelingRequest request = Read("""
            {"model": "sam", "image": "data:image/png;base64,AQID", "params": {
              "marks": [{"type": "point", "data": [3, 4]}, {"type": "point", "data": [5, 6], "label": 0},
                        {"type": "rectangle", "data": [9, 8, 1, 2]}, {"type": "point", "data": [1]}, {"type": "polygon", "data": [1, 2]}],
              "text_prompt": " cat . the dog;\ncow.", "conf_threshold": 0.3, "epsilon_factor": 0.02}}
            """);

        Assert.Equal("sam", request.Model);
        Assert.Equal([1, 2, 3], request.Picture.Content);
        Assert.Equal([[3, 4], [5, 6]], request.Points);
        Assert.Equal([1, 0], request.Labels);
        Assert.Equal([[1, 2, 9, 8]], request.Boxes);
        Assert.Equal(["cat", "the dog", "cow"], request.Words);
        Assert.Equal((0.3, 0.02), (request.LeastScore, request.Fineness));
    }

    [Theory]
    [InlineData("", 0.001)]
    [InlineData(", \"params\": {\"epsilon_factor\": -1}", 0)]
    [InlineData(", \"params\": {\"epsilon_factor\": 1}", 0.1)]
    public void Read_WhatIsNotSaid_IsTheUsual(string rest, double fineness)
    {
        XAnyLabelingRequest request = Read($$"""{"image": "AQID"{{rest}}}""");

        Assert.Equal(("", 0, fineness), (request.Model, request.LeastScore, request.Fineness));
        Assert.Empty(request.Points.Concat(request.Boxes));
        Assert.Empty(request.Words);
        Assert.Equal([1, 2, 3], request.Picture.Content);
    }

    [Theory]
    [InlineData("""{"image": "no base64!"}""")]
    [InlineData("""{"image": 7}""")]
    [InlineData("""{"image": "AQID", "params": {"marks": [null]}}""")]
    [InlineData("""{"image": "AQID", "params": {"marks": [{"type": "point"}]}}""")]
    [InlineData("""{"image": "AQID", "params": {"marks": [{"type": "point", "data": ["x", 1]}]}}""")]
    [InlineData("""{"image": "AQID", "params": {"conf_threshold": "high"}}""")]
    public void Read_WhatIsNoCall_IsRefused(string json)
    {
        Assert.Equal("request", Assert.Throws<SegmentationProblemException>(() => Read(json)).Problems[0].Where);
    }

    private static XAnyLabelingRequest Read(string json) => XAnyLabelingRequest.Read(JsonNode.Parse(json));
}
