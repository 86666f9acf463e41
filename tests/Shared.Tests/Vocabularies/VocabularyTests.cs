using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Shared.Tests.Vocabularies;

public sealed class VocabularyTests
{
    [Fact]
    public void Parse_SeparatesCategoriesNamesAndKinds()
    {
        var vocabulary = Vocabulary.Parse("cat, kitten; dog ;grass (stuff);Sky(STUFF);");

        Assert.Equal(["cat", "dog", "grass", "Sky"], vocabulary.Categories.Select(category => category.Name));
        Assert.Equal(["cat", "kitten"], vocabulary[0].Names);
        Assert.Equal(
            [CategoryKind.Thing, CategoryKind.Thing, CategoryKind.Stuff, CategoryKind.Stuff],
            vocabulary.Categories.Select(category => category.Kind));
        Assert.Equal([0, 1, 2, 3], vocabulary.Categories.Select(category => category.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ; cat")]
    [InlineData("cat;;dog")]
    [InlineData("cat, ,dog")]
    [InlineData("cat; ?!")]
    [InlineData("(stuff)")]
    public void Parse_NameWithoutALetter_IsRefused(string text) =>
        Assert.Contains("neither a letter nor a digit", Failure(text).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("cat; d\u0007og", "U+0007")]
    [InlineData("cat; dog\ufffe", "U+FFFE")]
    [InlineData("cat; \U0001ffffdog", "U+1FFFF")]
    [InlineData("cat; dog\ufdd0", "U+FDD0")]
    public void Parse_UnprintableCharacter_IsNamed(string text, string character) =>
        Assert.Contains(
            $"category 2 has a name with the unprintable character {character}",
            Failure(text).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Parse_TabsAndEndsOfLines_AreBlanks() =>
        Assert.Equal(
            ["tab here", "next line"],
            Vocabulary.Parse("tab\there; next\nline\n").Categories.Select(category => category.Name));

    [Fact]
    public void Writable_AnyText_IsFitForXml() =>
        Assert.Equal("a b\ufffd\ufffd", PlainText.Writable("a\tb\u0001\uffff"));

    [Fact]
    public void Parse_NameGivenTwice_SaysWhere() =>
        Assert.Contains(
            "'Cat' is named in categories 1 and 3", Failure("cat; dog; Cat").Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_EverythingWrong_IsSaidAtOnce() =>
        Assert.Equal(3, Failure($"cat; !; cat; {new string('x', 501)}").Problems.Count);

    [Fact]
    public void Parse_TooManyCategories_AreCounted() =>
        Assert.Contains(
            "20,000 categories",
            Failure(string.Join(';', Enumerable.Range(0, 20_000))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("cat 🐈; كلب; 犬")]
    [InlineData("the small dog on the left")]
    public void Parse_AnyScript_IsAccepted(string text) => Assert.NotEmpty(Vocabulary.Parse(text).Categories);

    [Fact]
    public void Fingerprint_FollowsNamesAndKindsOnly()
    {
        Assert.Equal(
            Vocabulary.Parse("cat;dog").ComputeFingerprint(),
            new Vocabulary("other", Vocabulary.Parse("cat ; dog").Categories).ComputeFingerprint());
        Assert.NotEqual(
            Vocabulary.Parse("cat;dog").ComputeFingerprint(), Vocabulary.Parse("cat,dog").ComputeFingerprint());
        Assert.NotEqual(
            Vocabulary.Parse("cat").ComputeFingerprint(), Vocabulary.Parse("cat (stuff)").ComputeFingerprint());
    }

    private static SegmentationProblemException Failure(string text) =>
        Assert.Throws<SegmentationProblemException>(() => Vocabulary.Parse(text));
}
