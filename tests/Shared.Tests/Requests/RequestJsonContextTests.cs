using System.Text;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Shared.Tests.Requests;

public sealed class RequestJsonContextTests
{
    [Fact]
    public void Read_ShortForms_MeanTheLongOnes()
    {
        SegmentationRequest request = Read("""
            {
              "image": { "url": "https://example.com/a.jpg" },
              "method": "car",
              "prompts": ["cat, kitten", "grass (stuff)", { "id": "d", "text": "dog", "synonyms": ["puppy"], "threshold": 0.4 }],
              "tasks": ["semantic"],
              "outputs": ["overlay"],
              "expansion": true,
              "settings": { "a": 1.50, "b": true, "c": "x" }
            }
            """);

        Assert.Equal(["cat", "grass", "dog"], request.Prompts!.Select(prompt => prompt.Text));
        Assert.Equal(["kitten"], request.Prompts![0].Synonyms);
        Assert.Equal(CategoryKind.Stuff, request.Prompts[1].Kind);
        Assert.Equal(("d", 0.4), (request.Prompts[2].Id, request.Prompts[2].Threshold));
        Assert.Equal(3, request.Expansion!.MaxPerPrompt);
        Assert.Equal(["1.50", "true", "x"], request.Settings!.Values);
        Assert.Equal(["dog", "puppy"], request.PromptVocabulary()![2].Names);
    }

    [Fact]
    public void Write_ThenRead_IsTheSame()
    {
        SegmentationRequest request = Read("""
            {"image":{"blob":{"container":"uploads","name":"a/b.png","e_tag":"1"}},"prompts":[{"text":"dog","kind":"stuff","id":"7"}],
             "expansion":{"max_per_prompt":5,"show_image":true},"settings":{"points_per_side":8},"callback":"https://example.com/done"}
            """);

        byte[] once = RequestJsonContext.Write(request);

        Assert.Equal(once, RequestJsonContext.Write(RequestJsonContext.Read(once, "request")));
        Assert.Contains("\"show_image\":true", Encoding.UTF8.GetString(once), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("null", "it is null")]
    [InlineData("""{"methode":"car"}""", "methode")]
    [InlineData("""{"tasks":["fly"]}""", "tasks")]
    [InlineData("""{"expansion":{"max":1}}""", "no member 'max'")]
    [InlineData("""{"expansion":{"show_image":1}}""", "wrong type")]
    [InlineData("""{"settings":{"a":[1]}}""", "setting 'a'")]
    [InlineData("""{"prompts":[{"txt":"cat"}]}""", "txt")]
    public void Read_NoRequest_SaysWhere(string json, string found)
    {
        SegmentationProblem problem = Assert.Single(Assert.Throws<SegmentationProblemException>(() => Read(json)).Problems);

        Assert.Equal(("options", ProblemKind.InvalidRequest), (problem.Where, problem.Kind));
        Assert.Contains(found, problem.Found, StringComparison.Ordinal);
    }

    private static SegmentationRequest Read(string json) => RequestJsonContext.Read(Encoding.UTF8.GetBytes(json), "options");
}
