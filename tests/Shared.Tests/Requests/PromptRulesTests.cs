using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Shared.Tests.Requests;

public sealed class PromptRulesTests
{
    private static readonly RequestRules Rules = new() { Methods = [] };

    [Theory]
    [InlineData("a", true)]
    [InlineData("7", true)]
    [InlineData("  cat ", true)]
    [InlineData("猫", true)]
    [InlineData("", false)]
    [InlineData("  ", false)]
    [InlineData("?!", false)]
    [InlineData("cat\u0007", false)]
    public void Problems_Name_HasALetterOrADigitAndNothingUnprintable(string name, bool isTaken)
    {
        Assert.Equal(isTaken ? [] : ["prompts[1]"], PlacesOf(Prompt("dog"), Prompt(name)));
        Assert.Equal(isTaken ? [] : ["prompts[0]"], PlacesOf(Prompt("dog") with { Synonyms = [name] }));
    }

    [Fact]
    public void Problems_CharacterThatMayNotBe_IsNamed()
    {
        Assert.Contains("U+0007", Assert.Single(Problems(Prompt("cat\u0007"))).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_NameGivenTwice_NamesBothPlacesByTheirNumbers()
    {
        SegmentationProblem other = Assert.Single(
            Problems(Prompt("dog"), Prompt("cat"), Prompt("pet") with { Synonyms = [" CAT "] }));
        SegmentationProblem same = Assert.Single(Problems(Prompt("dog"), Prompt("cat") with { Synonyms = ["cat"] }));

        Assert.Equal("prompts[2]", other.Where);
        Assert.Contains("2 and 3", other.Found, StringComparison.Ordinal);
        Assert.Equal("prompts[1]", same.Where);
        Assert.Contains("2 and 2", same.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_Ids_AreTheirOwnToTheLetter()
    {
        Assert.Empty(
            Problems(Prompt("cat") with { Id = "a" }, Prompt("dog") with { Id = "A" }, Prompt("cow"), Prompt("pig")));

        SegmentationProblem doubled = Assert.Single(
            Problems(
                Prompt("cat") with { Id = "a" }, Prompt("dog") with { Id = "a" }, Prompt("cow") with { Id = "a" }));
        Assert.Equal("prompts", doubled.Where);
        Assert.Contains("3 times", doubled.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a b", true)]
    [InlineData("a\nb", false)]
    [InlineData("a\u202Eb", false)]
    public void Problems_Id_IsPrintable(string id, bool isTaken)
    {
        Assert.Equal(isTaken ? [] : ["prompts[0].id"], PlacesOf(Prompt("cat") with { Id = id }));
    }

    [Fact]
    public void Problems_KindThatIsNone_IsRefused()
    {
        Assert.Equal(["prompts[0].kind"], PlacesOf(Prompt("cat") with { Kind = (CategoryKind)2 }));
        Assert.Empty(PlacesOf(Prompt("cat") with { Kind = CategoryKind.Stuff }));
    }

    [Fact]
    public void Problems_Nulls_AreSaidAloneAndByPlace()
    {
        SegmentationPrompt wrong = Prompt("?!");

        Assert.Equal(
            ["prompts[1]", "prompts[2]", "prompts[3]", "prompts[4].synonyms[1]", "prompts[4].synonyms[2]"],
            PlacesOf(wrong, null, Prompt(null!), Prompt("a") with { Synonyms = null! }, Prompt("b") with
            {
                Synonyms =
                ["c", null!, null!]
            }));
    }

    [Fact]
    public void Problems_MoreThanTen_AreCutAtTen()
    {
        SegmentationPrompt?[] nulls = [.. Enumerable.Repeat<SegmentationPrompt?>(null, 11)];
        SegmentationPrompt?[] doubled =
            [.. Enumerable.Range(0, 22).Select(i => Prompt($"cat {i}") with { Id = $"{i / 2}" })];
        SegmentationPrompt?[] wordless = [.. Enumerable.Range(0, 11).Select(_ => Prompt("?"))];

        Assert.Equal((10, 9), (Problems(nulls).Length, Problems(nulls[2..]).Length));
        Assert.Equal((10, 9), (Problems(doubled).Length, Problems(doubled[4..]).Length));
        Assert.Equal((10, 9), (Problems(wordless).Length, Problems(wordless[2..]).Length));
    }

    private static SegmentationProblem[] Problems(params SegmentationPrompt?[] prompts) =>
        [.. PromptRules.Problems(prompts!, Rules)];

    private static string[] PlacesOf(params SegmentationPrompt?[] prompts) =>
        PlacesOf((IEnumerable<SegmentationProblem>)Problems(prompts));

    // Whatever is refused, a reader learns what was found and what to do about it.
    private static string[] PlacesOf(IEnumerable<SegmentationProblem> problems) => [.. problems.Select(problem =>
    {
        Assert.NotEmpty(problem.Found);
        Assert.NotEmpty(problem.Remedy);
        return problem.Where;
    })];

    private static SegmentationPrompt Prompt(string text) => new() { Text = text };
}
