using System.Text;
using System.Text.Json.Serialization.Metadata;
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
    public void Read_AfterAByteOrderMark_IsTheSame() =>
        Assert.Equal("car", RequestJsonContext.Read([0xEF, 0xBB, 0xBF, .. "{\"method\":\"car\"}"u8], "options").Method);

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
    [InlineData("{", "options: it is not JSON (line 1")]
    [InlineData("", "options: it is not JSON (line 1")]
    [InlineData("{} {}", "options: it is not JSON (line 1")]
    [InlineData("null", "options: it is null. Give an object.")]
    [InlineData("7", "options: it is a number. Give an object.")]
    [InlineData(
        """{"methode":"car"}""", "options: methode: there is no such member. Use image, method, prompts, vocabulary")]
    [InlineData("""{"tasks":["fly"]}""", "options: tasks[0]: there is no 'fly'. Use one of masks, panoptic")]
    [InlineData("""{"tasks":[null]}""", "options: tasks[0]: it is null. Give one of masks, panoptic")]
    [InlineData("""{"tasks":[99]}""", "options: tasks[0]: it is a number. Give one of masks, panoptic")]
    [InlineData("""{"prompts":[null]}""", "options: prompts[0]: it is null. Give text or an object.")]
    [InlineData(
        """{"prompts":["a",{"text":"b","synonyms":["c",null]}]}""",
        "options: prompts[1].synonyms[1]: it is null. Give text.")]
    [InlineData(
        """{"prompts":[{"txt":"cat"}]}""",
        "options: prompts[0].txt: there is no such member. Use text, id, synonyms, threshold, kind.")]
    [InlineData("""{"prompts":["\ud800"]}""", "options: prompts[0]: it holds halves of characters. Send UTF-8.")]
    [InlineData(
        """{"expansion":{"max":1}}""",
        "options: expansion.max: there is no such member. Use max_per_prompt, show_image.")]
    [InlineData(
        """{"expansion":{"show_image":1}}""", "options: expansion.show_image: it is a number. Give true or false.")]
    [InlineData(
        """{"expansion":{"max_per_prompt":1e30}}""",
        "options: expansion.max_per_prompt: it is not a whole number, or too large")]
    [InlineData(
        """{"settings":{"a":[1]}}""", "options: settings.a: it is a list. Give text or a number or true or false.")]
    [InlineData("""{"settings":{"a":null}}""", "options: settings.a: it is null.")]
    [InlineData(
        """{"image":{"bytes":"?"}}""", "options: image.bytes: it is not base64. Send the whole file in base64.")]
    public void Read_NoRequest_SaysWhere(string json, string message)
    {
        SegmentationProblem problem = Assert.Single(
            Assert.Throws<SegmentationProblemException>(() => Read(json)).Problems);

        Assert.Equal(ProblemKind.InvalidRequest, problem.Kind);
        Assert.StartsWith(message, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("FrozenSeg.", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TextThatIsNotJson_SaysInWhichLine()
    {
        string message = Assert.Single(
            Assert.Throws<SegmentationProblemException>(() => Read("{\n\"method\": \n,}")).Problems).Message;

        Assert.Contains("(line 3: ", message, StringComparison.Ordinal);
        Assert.DoesNotContain("LineNumber", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SeveralFaults_AreSaidAtOnceAndNotMoreThanTen()
    {
        string many = string.Join(',', Enumerable.Repeat("null", 5_000));

        Assert.Equal(
            2, Assert.Throws<SegmentationProblemException>(() => Read("""{"a":1,"tasks":[1]}""")).Problems.Count);
        Assert.Equal(
            10, Assert.Throws<SegmentationProblemException>(() => Read($$"""{"prompts":[{{many}}]}""")).Problems.Count);
    }

    [Fact]
    public void Read_EveryMemberThatCanBeWritten_HasItsPlaceInTheShape()
    {
        foreach (JsonTypeInfo type in (JsonTypeInfo[])
            [
                RequestJsonContext.Default.SegmentationRequest,
                RequestJsonContext.Default.ImageSource,
                RequestJsonContext.Default.BlobAddress])
        {
            foreach (JsonPropertyInfo member in type.Properties)
            {
                string json = $"{{\"{member.Name}\":null}}";
                json = type.Type == typeof(ImageSource) ? $"{{\"image\":{json}}}" : json;
                json = type.Type == typeof(BlobAddress) ? $"{{\"image\":{{\"blob\":{json}}}}}" : json;
                Assert.NotNull(Read(json));
            }
        }
    }

    private static SegmentationRequest Read(string json) =>
        RequestJsonContext.Read(Encoding.UTF8.GetBytes(json), "options");
}
