using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Shared.Tests.Vocabularies;

public sealed class NamedVocabulariesTests
{
    public static TheoryData<string> Names => [.. NamedVocabularies.Names];

    [Theory]
    [InlineData("coco-133", 133, 80, 254)]
    [InlineData("coco-stuff-171", 171, 80, 328)]
    [InlineData("ade-150", 150, 100, 402)]
    [InlineData("ade-847", 847, 0, 1341)]
    [InlineData("pc-59", 59, 38, 160)]
    [InlineData("pc-459", 459, 0, 559)]
    [InlineData("voc-20", 20, 20, 79)]
    [InlineData("voc-21", 21, 20, 151)]
    [InlineData("cityscapes", 19, 8, 60)]
    [InlineData("mapillary", 65, 37, 152)]
    [InlineData("bdd100k", 40, 10, 40)]
    [InlineData("bdd100k-19", 19, 8, 19)]
    [InlineData("lvis-1203", 1203, 1203, 1825)]
    public void Named_EachVocabulary_HasItsPublishedSize(string name, int classes, int things, int names)
    {
        NamedVocabulary vocabulary = NamedVocabularies.Find(name);

        Assert.Equal(
            (classes, things, names), (vocabulary.Categories.Count, vocabulary.ThingCount, vocabulary.NameCount));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Named_EveryClass_HasAnIdOfItsOwnAndCleanNames(string name)
    {
        Vocabulary vocabulary = Vocabulary.Named(name);

        Assert.Equal(vocabulary.Count, vocabulary.Categories.DistinctBy(category => category.Id).Count());
        Assert.All(vocabulary.Categories, category =>
        {
            Assert.All(category.Names, text => Assert.Equal(text.Trim(), text));
            Assert.All(category.Names, text => Assert.NotEmpty(text));
            Assert.DoesNotContain("invalid_class_id", category.Names);
            Assert.Equal(category.Names.Count, category.Names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Named_EveryVocabulary_SaysWhereItIsFrom(string name)
    {
        NamedVocabulary vocabulary = NamedVocabularies.Find(name);

        Assert.NotEmpty(vocabulary.Origin);
        Assert.Matches("Apache-2.0|MIT", vocabulary.Licence);
    }

    [Fact]
    public void Named_Ids_AreTheDatasets()
    {
        Assert.Equal((90, "toothbrush"), (Vocabulary.Named("coco-133")[79].Id, Vocabulary.Named("coco-133")[79].Name));
        Assert.Equal(7, Vocabulary.Named("cityscapes")[0].Id);
        Assert.Equal((0, CategoryKind.Stuff), (Vocabulary.Named("voc-21")[0].Id, Vocabulary.Named("voc-21")[0].Kind));
    }

    [Theory]
    [InlineData("COCO-133")]
    [InlineData("coco_133")]
    [InlineData("Coco133")]
    public void Named_OtherSpellings_AreFound(string name) => Assert.Equal("coco-133", Vocabulary.Named(name).Name);

    [Theory]
    [InlineData("")]
    [InlineData("coco")]
    public void Named_Unknown_ListsWhatThereIs(string name)
    {
        var failure = Assert.Throws<SegmentationProblemException>(() => Vocabulary.Named(name));

        Assert.Contains("coco-stuff-171", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(';')]
    [InlineData(',')]
    public void Parse_TwentyThousandNames_AreCounted(char separator)
    {
        string text = string.Join(separator, Enumerable.Range(0, 20_000).Select(i => $"thing {i}"));

        var failure = Assert.Throws<SegmentationProblemException>(() => Vocabulary.Parse(text));

        Assert.Contains("20,000", failure.Message, StringComparison.Ordinal);
        Assert.Contains("10,000 are allowed", failure.Message, StringComparison.Ordinal);
    }
}
