using System.Text;
using System.Text.Json;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests.Shapes;

namespace FrozenSeg.Shared.Tests.Requests;

/// <summary>
/// Each place of a request by itself: what may stand there, and that a wrong value is found there and nowhere else.
/// </summary>
public sealed class RequestShapeTests
{
    [Theory]
    [InlineData("""{"image":1}""", "image")]
    [InlineData("""{"image":{"name":1}}""", "image.name")]
    [InlineData("""{"image":{"bytes":1}}""", "image.bytes")]
    [InlineData("""{"image":{"blob":1}}""", "image.blob")]
    [InlineData("""{"image":{"blob":{"container":1}}}""", "image.blob.container")]
    [InlineData("""{"image":{"blob":{"name":1}}}""", "image.blob.name")]
    [InlineData("""{"image":{"blob":{"e_tag":1}}}""", "image.blob.e_tag")]
    [InlineData("""{"image":{"url":1}}""", "image.url")]
    [InlineData("""{"image":{"artefact":1}}""", "image.artefact")]
    [InlineData("""{"image":{"artefact":{"key":1}}}""", "image.artefact.key")]
    [InlineData("""{"image":{"artefact":{"length":"1"}}}""", "image.artefact.length")]
    [InlineData("""{"image":{"artefact":{"sha256":1}}}""", "image.artefact.sha256")]
    [InlineData("""{"method":1}""", "method")]
    [InlineData("""{"prompts":"cat"}""", "prompts")]
    [InlineData("""{"prompts":["cat",1]}""", "prompts[1]")]
    [InlineData("""{"prompts":[{"text":1}]}""", "prompts[0].text")]
    [InlineData("""{"prompts":[{"id":1}]}""", "prompts[0].id")]
    [InlineData("""{"prompts":[{"synonyms":"cat"}]}""", "prompts[0].synonyms")]
    [InlineData("""{"prompts":[{"synonyms":["cat",1]}]}""", "prompts[0].synonyms[1]")]
    [InlineData("""{"prompts":[{"threshold":"1"}]}""", "prompts[0].threshold")]
    [InlineData("""{"prompts":[{"kind":1}]}""", "prompts[0].kind")]
    [InlineData("""{"vocabulary":1}""", "vocabulary")]
    [InlineData("""{"tasks":"masks"}""", "tasks")]
    [InlineData("""{"tasks":["masks","none"]}""", "tasks[1]")]
    [InlineData("""{"outputs":"overlay"}""", "outputs")]
    [InlineData("""{"outputs":["overlay","masks"]}""", "outputs[1]")]
    [InlineData("""{"expansion":1}""", "expansion")]
    [InlineData("""{"expansion":{"max_per_prompt":1.5}}""", "expansion.max_per_prompt")]
    [InlineData("""{"expansion":{"show_image":"true"}}""", "expansion.show_image")]
    [InlineData("""{"settings":[]}""", "settings")]
    [InlineData("""{"settings":{"a":1,"b":{}}}""", "settings.b")]
    [InlineData("""{"callback":1}""", "callback")]
    public void Problems_WrongValue_IsFoundWhereItStands(string json, string place)
    {
        Assert.Equal([$"options: {place}"], PlacesOf(json));
    }

    [Theory]
    [InlineData("""{"tasks":["masks","panoptic","semantic","instance","referring"]}""")]
    [InlineData("""{"tasks":["Masks"],"outputs":["panoptic","semantic","OVERLAY"]}""")]
    [InlineData("""{"prompts":["cat",{"text":"dog","kind":"thing","threshold":0.5},{"text":"grass","kind":"Stuff","id":"3","synonyms":[]}]}""")]
    [InlineData("""{"image":null,"method":null,"prompts":null,"tasks":null,"expansion":null,"settings":null}""")]
    [InlineData("""{"expansion":true}""")]
    [InlineData("""{"expansion":false}""")]
    [InlineData("""{"expansion":{"max_per_prompt":2147483647,"show_image":false}}""")]
    [InlineData("""{"image":{"artefact":{"key":"images/a","length":9223372036854775807,"sha256":"00"}}}""")]
    [InlineData("""{"settings":{"a":"x","b":1e999,"c":true,"d":false}}""")]
    [InlineData("""{"method":"\u0063\ud83d\ude00"}""")]
    [InlineData("""{"image":{"bytes":"\u0041QID"}}""")]
    public void Problems_WhatMayStand_IsPassedOver(string json)
    {
        Assert.Empty(PlacesOf(json));
    }

    [Theory]
    [InlineData(
        """{"expansion":{"max_per_prompt":2147483648}}""",
        "options: expansion.max_per_prompt: it is not a whole number, or too large. Give a whole number.")]
    [InlineData(
        """{"image":{"artefact":{"length":9223372036854775808}}}""",
        "options: image.artefact.length: it is not a whole number, or too large. Give a whole number.")]
    [InlineData(
        """{"prompts":[{"threshold":1e999}]}""", "options: prompts[0].threshold: it is too large. Give a number.")]
    [InlineData("""{"method":[[1],{}]}""", "options: method: it is a list. Give text.")]
    [InlineData("""{"method":{"a":{}}}""", "options: method: it is an object. Give text.")]
    [InlineData("""{"method":false}""", "options: method: it is true or false. Give text.")]
    [InlineData("""{"image":"a"}""", "options: image: it is text. Give an object.")]
    [InlineData("""{"expansion":"yes"}""", "options: expansion: it is text. Give true or false or an object.")]
    [InlineData("""{"settings":true}""", "options: settings: it is true or false. Give an object.")]
    [InlineData("""{"image":{"bytes":[1]}}""", "options: image.bytes: it is a list. Give base64.")]
    [InlineData("""{"prompts":"cat"}""", "options: prompts: it is text. Give a list.")]
    [InlineData(
        """{"image":{"bytes":"\ud800"}}""", "options: image.bytes: it is not base64. Send the whole file in base64.")]
    [InlineData(
        """{"tasks":["\ud800"]}""",
        "options: tasks[0]: there is no ''. Use one of masks, panoptic, semantic, instance, referring.")]
    [InlineData("""{"\ud800":1}""", "options: ?: there is no such member. Use image, method, prompts, vocabulary, "
        + "tasks, outputs, expansion, settings, callback.")]
    [InlineData(
        """{"settings":{"\ud800":1}}""", "options: settings.?: its name holds halves of characters. Send UTF-8.")]
    public void Problems_WrongValue_SaysWhatItIsAndWhatToGive(string json, string message)
    {
        Assert.Equal(message, Assert.Single(Problems(json)).Message);
    }

    [Theory]
    [InlineData("""{"method":[1,[2]],"vocabulary":1}""", "method", "vocabulary")]
    [InlineData(
        """{"prompts":[[1],{"txt":{"text":1},"id":1},null,"cat",7]}""",
        "prompts[0]",
        "prompts[1].txt",
        "prompts[1].id",
        "prompts[2]",
        "prompts[4]")]
    [InlineData("""{"settings":{"a":{"b":[1]},"c":null},"callback":1}""", "settings.a", "settings.c", "callback")]
    public void Problems_AfterAWrongValue_LooksAtTheRest(string json, params string[] places)
    {
        Assert.Equal(places.Select(place => $"options: {place}"), PlacesOf(json));
    }

    [Fact]
    public void Problems_BytesThatAreNotUtf8_AreFoundInTextAndInNames()
    {
        Assert.Equal("options: method", Assert.Single(Problems([.. "{\"method\":\""u8, 0xC3, .. "\"}"u8])).Where);
        Assert.Equal(
            "options: settings.?", Assert.Single(Problems([.. "{\"settings\":{\""u8, 0xC3, .. "\":1}}"u8])).Where);
    }

    [Fact]
    public void Problems_LongNames_AreCut()
    {
        string name = new('a', 41);

        Assert.Equal($"options: {name[..39]}…", Assert.Single(PlacesOf($$"""{"{{name}}":1}""")));
        Assert.Equal(
            $"options: settings.{name[..39]}…", Assert.Single(PlacesOf($$$"""{"settings":{"{{{name}}}":[]}}""")));
        Assert.Contains(
            $"'{name[..39]}…'",
            Assert.Single(Problems("{\"tasks\":[\"" + name + "\"]}")).Found,
            StringComparison.Ordinal);
        Assert.Equal($"options: {name[1..]}", Assert.Single(PlacesOf($$"""{"{{name[1..]}}":1}""")));
    }

    [Theory]
    [InlineData(9, 9)]
    [InlineData(10, 10)]
    [InlineData(11, 10)]
    public void Problems_MoreThanTen_AreCutAtTen(int wrong, int expected)
    {
        string json = $$"""{"tasks":[{{string.Join(',', Enumerable.Repeat("1", wrong))}}]}""";

        Assert.Equal(expected, Problems(json).Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("{} 1")]
    [InlineData("""{"method":"car" """)]
    [InlineData("""{"prompts":["cat" """)]
    public void Problems_TextThatIsNotJson_Throws(string json)
    {
        Assert.ThrowsAny<JsonException>(() => Problems(json));
    }

    private static IReadOnlyList<SegmentationProblem> Problems(string json) => Problems(Encoding.UTF8.GetBytes(json));

    private static IReadOnlyList<SegmentationProblem> Problems(byte[] json) => RequestShape.Problems(json, "options");

    private static IEnumerable<string> PlacesOf(string json) => Problems(json).Select(problem => problem.Where);
}
