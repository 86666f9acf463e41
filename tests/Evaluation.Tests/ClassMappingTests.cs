using FrozenSeg.Shared.Results;

namespace FrozenSeg.Evaluation.Tests;

/// <summary>Which class of a dataset an entry of a result's vocabulary is.</summary>
public class ClassMappingTests
{
    private static readonly DatasetClass[] Classes =
        [new(0, "background", false), new(7, "cat", true), new(9, "street sign, traffic_sign", true)];

    [Fact]
    public void Of_SameNamesInTheSameOrder_DecidesByPosition() =>
        Assert.Equal([0, 7, 9], Ids("Background", "CAT", "street sign, traffic_sign"));

    [Fact]
    public void Of_VocabularyWithoutTheBackground_DecidesByPositionFromTheSecondClass() =>
        Assert.Equal([7, 9], Ids("cat", "street sign, traffic_sign"));

    [Fact]
    public void Of_OtherOrder_DecidesByName() => Assert.Equal([9, 0, 7], Ids("street sign", "background", "cat"));

    [Fact]
    public void Of_SpacesWhereTheDatasetHasUnderscores_FindsTheClass() =>
        Assert.Equal([9, 7], Ids("traffic sign", "cat"));

    [Fact]
    public void Of_Synonym_FindsTheClass() =>
        Assert.Equal(7, Assert.Single(new ClassMapping(Classes).Of(
            Result(new ResultCategory(1, "kitty", ["kitty", "cat"], true))))!.Id);

    [Fact]
    public void Of_UnknownWord_HasNoClass() => Assert.Equal([null, 7], Ids("dog", "cat"));

    [Fact]
    public void Of_NameOfOneClassThatIsASynonymOfAnother_IsTheClassOfThatName() =>
        Assert.Equal([2, 1], new ClassMapping([new(1, "seat, bench", true), new(2, "bench", true)])
            .Of(Result(Entry("bench"), Entry("seat"))).Select(found => found?.Id));

    private static int?[] Ids(params string[] names) =>
        [.. new ClassMapping(Classes).Of(Result([.. names.Select(Entry)])).Select(found => found?.Id)];

    private static ResultCategory Entry(string name) => new(1, name, [name], true);

    private static SegmentationResult Result(params ResultCategory[] vocabulary) => new()
    {
        Image = new ResultImage("a.png", 4, 3, "00", 1),
        Request = new ResultRequest("car", ["semantic"], null, null, new Dictionary<string, string>()),
        Vocabulary = vocabulary,
        Segments = [],
        Files = ResultFiles.Names,
        Models = [],
        Timings = [],
    };
}
