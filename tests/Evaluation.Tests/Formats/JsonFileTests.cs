using System.Text;
using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Formats.Coco;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests.Formats;

public sealed class JsonFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{\n \"images\": 7}", "(line 2, byte 13, at $.images): a list is expected there")]
    [InlineData("{\"annotations\":[{\"area\":\"big\"}]}", "at $.annotations[0].area): a number is expected there")]
    [InlineData("{\"annotations\":[{\"bbox\":[\"x\"]}]}", "at $.annotations[0].bbox[0]): a number is expected there")]
    [InlineData("{\"categories\":[{\"name\":7}]}", "at $.categories[0].name): text is expected there")]
    [InlineData("{\"categories\":[{\"seen\":7}]}", "at $.categories[0].seen): true or false is expected there")]
    [InlineData("{\"images\":[7]}", "at $.images[0]): an object is expected there")]
    [InlineData(
        "{\"annotations\":[{\"segmentation\":7}]}",
        "a segmentation is a list of polygons or an object with size and counts")]
    [InlineData("null", "the document is null")]
    [InlineData("[", "the JSON is broken or of another form (line 1")]
    public void Read_BrokenDocument_SaysWhereAndWhatBelongsThere(string json, string message)
    {
        SegmentationProblem problem = Assert.Single(
            Assert.Throws<SegmentationProblemException>(() => Read(json)).Problems);

        Assert.Equal((ProblemKind.InvalidRequest, _folder.Path("a.json")), (problem.Kind, problem.Where));
        Assert.Contains(message, problem.Found, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MissingFile_IsAProblemOfTheStorage()
    {
        var failure = Assert.Throws<SegmentationProblemException>(
            () => JsonFile.Read(_folder.Path("none"), CocoJsonContext.Default.CocoDocument));

        Assert.Equal(
            (ProblemKind.Storage, _folder.Path("none")), (failure.Problems[0].Kind, failure.Problems[0].Where));
    }

    [Fact]
    public void FindFault_File_IsWhatKeepsItFromBeingRead()
    {
        _folder.Write("good.json", "[1, {}]"u8.ToArray());
        _folder.Write("bad.json", "[1, {]"u8.ToArray());

        Assert.Null(JsonFile.FindFault(_folder.Path("good.json")));
        Assert.Null(JsonFile.FindFault(_folder.Root));
        Assert.Equal(_folder.Path("bad.json"), JsonFile.FindFault(_folder.Path("bad.json"))!.Problems[0].Where);
        Assert.NotNull(JsonFile.FindFault(_folder.Path("none.json")));
    }

    [Theory]
    [InlineData("[", true)]
    [InlineData(" \n\t[]", true)]
    [InlineData("{\"a\":[]}", false)]
    [InlineData(" ", false)]
    [InlineData("", false)]
    public void IsList_File_IsToldByHowItBegins(string json, bool isList)
    {
        Assert.Equal(isList, JsonFile.IsList(_folder.Write("a.json", Encoding.UTF8.GetBytes(json))));
        Assert.False(JsonFile.IsList(_folder.Path("none.json")));
    }

    private CocoDocument Read(string json) =>
        JsonFile.Read(_folder.Write("a.json", Encoding.UTF8.GetBytes(json)), CocoJsonContext.Default.CocoDocument);
}
