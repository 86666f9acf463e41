using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Shared.Tests.Requests;

public sealed class DefaultMethodTests
{
    private static readonly MethodCapabilities[] Methods =
    [
        new("automask", [SegmentationTask.Masks], NeedsWords: false),
        new("car", [SegmentationTask.Semantic, SegmentationTask.Referring], NeedsWords: true),
        new("frozenseg", [SegmentationTask.Panoptic, SegmentationTask.Semantic], NeedsWords: true),
    ];

    [Theory]
    [InlineData(false, new SegmentationTask[] { }, "automask")]
    [InlineData(true, new SegmentationTask[] { }, "car")]
    [InlineData(true, new[] { SegmentationTask.Semantic }, "car")]
    [InlineData(true, new[] { SegmentationTask.Panoptic }, "frozenseg")]
    [InlineData(true, new[] { SegmentationTask.Semantic, SegmentationTask.Panoptic }, "frozenseg")]
    internal void Find_WordsAndTasks_GiveTheFirstThatAnswersAll(
        bool hasWords, SegmentationTask[] tasks, string expected)
    {
        Assert.Equal(expected, DefaultMethod.Find(Methods, hasWords, tasks).Name);
    }

    [Fact]
    public void Find_TasksNobodyAnswersTogether_GivesTheFirstThatSuitsTheWords()
    {
        SegmentationTask[] tasks = [SegmentationTask.Panoptic, SegmentationTask.Referring];

        Assert.Equal("car", DefaultMethod.Find(Methods, hasWords: true, tasks).Name);
        Assert.Equal("automask", DefaultMethod.Find(Methods, hasWords: false, tasks).Name);
    }

    [Fact]
    public void Find_NoMethodSuitsTheWords_GivesTheFirst()
    {
        Assert.Equal("automask", DefaultMethod.Find(Methods[..1], hasWords: true, []).Name);
        Assert.Equal("car", DefaultMethod.Find(Methods[1..], hasWords: false, []).Name);
    }
}
