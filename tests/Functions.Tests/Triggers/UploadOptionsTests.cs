using FrozenSeg.Functions.Triggers;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Functions.Tests.Triggers;

public sealed class UploadOptionsTests
{
    [Fact]
    public void FromMetadata_EveryMember_IsRead()
    {
        var metadata = new Dictionary<string, string>
        {
            ["Method"] = "car",
            ["prompts"] = "cat%2C%20kitten; dog ;",
            ["tasks"] = "semantic",
            ["setting_theta"] = "0.6",
            ["uploaded_by"] = "somebody",
        };

        SegmentationRequest request = UploadOptions.FromMetadata(metadata, "a.png");

        Assert.Equal("car", request.Method);
        Assert.Equal(["cat", "dog"], request.Prompts!.Select(prompt => prompt.Text));
        Assert.Equal(["kitten"], request.Prompts![0].Synonyms);
        Assert.Equal([SegmentationTask.Semantic], request.Tasks!);
        Assert.Equal("0.6", request.Settings!["theta"]);
    }

    [Fact]
    public void FromMetadata_Nothing_IsTheDefaultRequest()
    {
        Assert.Equal(new SegmentationRequest(), UploadOptions.FromMetadata(new Dictionary<string, string>(), "a.png"));
    }

    [Fact]
    public void FromMetadata_UnknownTask_NamesTheUpload()
    {
        var failure = Assert.Throws<SegmentationProblemException>(
            () => UploadOptions.FromMetadata(new Dictionary<string, string> { ["tasks"] = "magic" }, "a.png"));

        Assert.Contains("a.png", failure.Problems[0].Where, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"method":1}""")]
    [InlineData("""{"methods":"car"}""")]
    public void FromSidecar_NoRequest_IsRefused(string json)
    {
        Assert.Throws<SegmentationProblemException>(
            () => UploadOptions.FromSidecar(System.Text.Encoding.UTF8.GetBytes(json), "a.png.json"));
    }
}
