using System.Text;
using System.Text.Json;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Shared.Tests.Requests;

/// <summary>The converters by themselves, as stored documents are read: no shape has looked at those before.</summary>
public sealed class RequestConvertersTests
{
    [Theory]
    [InlineData("""{"settings":[]}""")]
    [InlineData("""{"settings":"a"}""")]
    [InlineData("""{"settings":{"a":null}}""")]
    [InlineData("""{"settings":{"a":[1]}}""")]
    [InlineData("""{"settings":{"a":{}}}""")]
    [InlineData("""{"expansion":1}""")]
    [InlineData("""{"expansion":"true"}""")]
    [InlineData("""{"expansion":{"max_per_prompt":"3"}}""")]
    [InlineData("""{"expansion":{"max_per_prompt":1.5}}""")]
    [InlineData("""{"expansion":{"show_image":1}}""")]
    [InlineData("""{"expansion":{"show":true}}""")]
    [InlineData("""{"prompts":[1]}""")]
    [InlineData("""{"prompts":[{"txt":"cat"}]}""")]
    public void Read_WhatIsNotOne_Throws(string json)
    {
        Assert.ThrowsAny<JsonException>(() => Read(json));
    }

    [Fact]
    public void Read_Settings_AreKeptAsTheyAreWritten()
    {
        SegmentationRequest request = Read(
            """{"settings":{"b":"x","a":1.50,"A":-0,"c":true,"d":false,"b":"y"},"method":"car"}""");

        Assert.Equal(
            new Dictionary<string, string>
            {
                ["b"] = "y",
                ["a"] = "1.50",
                ["A"] = "-0",
                ["c"] = "true",
                ["d"] = "false",
            },
            request.Settings);
        Assert.Equal("car", request.Method);
    }

    [Fact]
    public void Write_Settings_StandInTheOrderOfTheirNames()
    {
        var settings = new Dictionary<string, string> { ["b"] = "1", ["a"] = "2", ["B"] = "3" };

        Assert.Equal(
            """{"settings":{"B":"3","a":"2","b":"1"}}""", Write(new SegmentationRequest { Settings = settings }));
    }

    [Fact]
    public void Read_Expansion_ComesInThreeForms()
    {
        Assert.Equal(new ExpansionRequest(), Read("""{"expansion":true}""").Expansion);
        Assert.Null(Read("""{"expansion":false}""").Expansion);
        Assert.Equal(
            new ExpansionRequest { MaxPerPrompt = 7, ShowImage = true },
            Read("""{"expansion":{"max_per_prompt":7,"show_image":true}}""").Expansion);
        Assert.Equal(
            (3, false),
            (new ExpansionRequest().MaxPerPrompt, Read("""{"expansion":{"show_image":false}}""").Expansion!.ShowImage));
    }

    [Fact]
    public void Write_Expansion_IsAnObject()
    {
        Assert.Equal(
            """{"expansion":{"max_per_prompt":7,"show_image":true}}""",
            Write(new SegmentationRequest { Expansion = new ExpansionRequest { MaxPerPrompt = 7, ShowImage = true } }));
    }

    [Fact]
    public void Write_Prompts_AreObjectsWithoutWhatIsNotSaid()
    {
        var bare = new SegmentationPrompt { Text = "cat" };
        var full = new SegmentationPrompt
        {
            Text = "grass",
            Id = "g",
            Synonyms = ["lawn"],
            Threshold = 0.5,
            Kind = CategoryKind.Stuff,
        };

        string json = Write(new SegmentationRequest { Prompts = [bare, full] });

        Assert.Equal(
            """{"prompts":[{"text":"cat","kind":"thing"},{"text":"grass","id":"g","synonyms":["lawn"],"threshold":0.5,"kind":"stuff"}]}""",
            json);
    }

    [Fact]
    public void Read_PromptWithoutText_IsEmptyAndOfAThing()
    {
        SegmentationPrompt prompt = Assert.Single(Read("""{"prompts":[{"id":"a"}]}""").Prompts!);

        Assert.Equal(("", "a", CategoryKind.Thing), (prompt.Text, prompt.Id, prompt.Kind));
        Assert.Equal(
            CategoryKind.Stuff, Assert.Single(Read("""{"prompts":[{"text":"grass","kind":"stuff"}]}""").Prompts!).Kind);
        Assert.Empty(prompt.Synonyms);
        Assert.Null(prompt.Threshold);
    }

    [Fact]
    public void PromptVocabulary_Prompts_AreItsCategoriesInOrder()
    {
        SegmentationRequest request = Read("""{"prompts":["cat, kitten","grass (stuff)"]}""");

        Vocabulary vocabulary = request.PromptVocabulary()!;

        Assert.Equal("custom", vocabulary.Name);
        Assert.Equal(["cat", "kitten"], vocabulary[0].Names);
        Assert.Equal((1, "grass", CategoryKind.Stuff), (vocabulary[1].Id, vocabulary[1].Name, vocabulary[1].Kind));
        Assert.Null(Read("""{"prompts":[]}""").PromptVocabulary());
        Assert.Null(Read("{}").PromptVocabulary());
    }

    private static SegmentationRequest Read(string json) =>
        JsonSerializer.Deserialize(json, RequestJsonContext.Default.SegmentationRequest)!;

    private static string Write(SegmentationRequest request) =>
        Encoding.UTF8.GetString(RequestJsonContext.Write(request));
}
