using System.Text.Json;
using FrozenSeg.Serving.Prompting;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Tests.Prompting;

/// <summary>How much is taken of what a language model says.</summary>
public class ExpansionAnswerTests
{
    private static readonly SegmentationPrompt[] Prompts =
        [new() { Text = "cat", Synonyms = ["kitten"] }, new() { Text = "dog" }];

    [Fact]
    public void AddTo_NewExpressions_BecomeSynonymsOfTheirPrompt() => Assert.Equal(
        [["kitten", "tabby"], ["hound", "puppy"]],
        Synonyms("""{"expansions":[{"prompt":2,"expressions":["hound"," puppy "]},{"prompt":1,"expressions":["tabby"]}]}"""));

    [Fact]
    public void AddTo_NameThatIsTaken_IsLeftOutWhateverItsCase() => Assert.Equal(
        [["kitten"], ["hound"]],
        Synonyms("""{"expansions":[{"prompt":1,"expressions":["DOG","Kitten","cat"]},{"prompt":2,"expressions":["hound","Hound"]}]}"""));

    [Fact]
    public void AddTo_UnknownOrRepeatedPrompt_IsPassedOver() => Assert.Equal(
        [["kitten", "tabby"], []],
        Synonyms("""{"expansions":[{"prompt":0,"expressions":["a"]},{"prompt":3,"expressions":["b"]},{"prompt":1,"expressions":["tabby"]},{"prompt":1,"expressions":["tom"]}]}"""));

    [Fact]
    public void AddTo_LongSeparatedOrUnprintable_IsLeftOut() => Assert.Equal(
        [["kitten"], ["fine"]],
        Synonyms("""{"expansions":[{"prompt":2,"expressions":["a very long expression","x; y","x, y","\u001b[2J","...",null,"fine"]}]}"""));

    [Fact]
    public void AddTo_MoreThanAllowed_TakesTheFirst() => Assert.Equal(
        ["a", "b"],
        ExpansionAnswer.Read("""{"expansions":[{"prompt":2,"expressions":["a","b","c"]}]}""")
            .AddTo(Prompts, most: 2, longest: 9)[1].Synonyms);

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"expansions":null}""")]
    [InlineData("""{"expansions":[null]}""")]
    [InlineData("""{"expansions":[{"prompt":1}]}""")]
    [InlineData("""null""")]
    [InlineData("""sorry, I cannot""")]
    public void Read_AnotherForm_IsRefused(string text) =>
        Assert.ThrowsAny<JsonException>(() => ExpansionAnswer.Read(text));

    private static IEnumerable<IReadOnlyList<string>> Synonyms(string answer) =>
        ExpansionAnswer.Read(answer).AddTo(Prompts, most: 9, longest: 12).Select(prompt => prompt.Synonyms);
}
