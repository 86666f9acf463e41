using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Serving.Workflow.Stages;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Serving.Tests.Workflow.Stages;

public sealed class PromptAnswersTests
{
    // Two cats, a dog, and a segment without a class: ids 1 to 4 in one row.
    private static readonly LabelMap Panoptic = new(1, 8, [1, 1, 2, 2, 3, 3, 4, 0]);

    private static readonly SegmentationOutcome Outcome = new()
    {
        Segments = [Segment(1, 0, 0.3), Segment(2, 0, 0.9), Segment(3, 1, 0.5), Segment(4, null, 0.1)],
        Models = [],
        Settings = new Dictionary<string, string>(),
        Timings = [],
        Panoptic = Panoptic,
        Semantic = new LabelMap(1, 8, [0, 0, 0, 0, 1, 1, -1, 1]),
    };

    [Fact]
    public void Apply_NoThresholds_NamesThePromptsAndLeavesTheMapsAlone()
    {
        SegmentationOutcome applied = Apply(null, null, id: "d");

        Assert.Equal(["1", "1", "d", null], applied.Segments.Select(segment => segment.Prompt));
        Assert.Same(Outcome.Panoptic, applied.Panoptic);
        Assert.Same(Outcome.Semantic, applied.Semantic);
    }

    [Fact]
    public void Apply_OneOfTwoSegmentsBelow_ClearsItsPixelsOnly()
    {
        SegmentationOutcome applied = Apply(0.4, null);

        Assert.Equal([2, 3, 4], applied.Segments.Select(segment => segment.Id));
        Assert.Equal([0, 0, 2, 2, 3, 3, 4, 0], applied.Panoptic!.Labels);
        Assert.Equal([-1, -1, 0, 0, 1, 1, -1, 1], applied.Semantic!.Labels);
        Assert.Equal([1, 1, 2, 2, 3, 3, 4, 0], Outcome.Panoptic!.Labels);
        Assert.Equal([0, 0, 0, 0, 1, 1, -1, 1], Outcome.Semantic!.Labels);
    }

    [Fact]
    public void Apply_AllSegmentsOfAClassBelow_ClearsTheClass()
    {
        SegmentationOutcome applied = Apply(null, 0.6);

        Assert.Equal([1, 2, 4], applied.Segments.Select(segment => segment.Id));
        Assert.Equal([0, 0, 0, 0, -1, -1, -1, -1], applied.Semantic!.Labels);
    }

    [Theory]
    [InlineData(0.5, true)]
    [InlineData(0.51, false)]
    public void Apply_ScoreAtTheThreshold_Stays(double threshold, bool stays)
    {
        Assert.Equal(stays, Apply(null, threshold).Segments.Any(segment => segment.Id == 3));
    }

    [Fact]
    public void Apply_PixelsOfAnotherClass_StayUnderADroppedSegment()
    {
        SegmentationOutcome outcome = Outcome with { Semantic = new LabelMap(1, 8, [1, 0, 0, 0, 1, 1, -1, 1]) };

        Assert.Equal([1, -1, 0, 0, 1, 1, -1, 1], PromptAnswers.Apply(outcome, Prompts(0.4, null)).Semantic!.Labels);
    }

    [Fact]
    public void Apply_ClassOutsideThePrompts_IsLeftAlone()
    {
        SegmentationOutcome applied = PromptAnswers.Apply(
            Outcome with { Panoptic = null, Semantic = null }, [new() { Text = "cat", Threshold = 1 }]);

        Assert.Equal([(3, null), (4, null)], applied.Segments.Select(segment => (segment.Id, segment.Prompt)));
        Assert.Equal((null, null), (applied.Panoptic, applied.Semantic));
    }

    private static SegmentationOutcome Apply(double? cat, double? dog, string? id = null) =>
        PromptAnswers.Apply(Outcome, Prompts(cat, dog, id));

    private static SegmentationPrompt[] Prompts(double? cat, double? dog, string? id = null) =>
        [new() { Text = "cat", Threshold = cat }, new() { Text = "dog", Threshold = dog, Id = id }];

    private static ResultSegment Segment(int id, int? category, double score) => ResultSegment.Of(
        id,
        RunLengthEncoding.FromMask(Panoptic.MaskOf(id)),
        category,
        "name",
        null,
        score,
        true,
        SegmentSource.Proposal);
}
