using FrozenSeg.Pipeline.Families.Fusion;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Pipeline.Tests.Families.Fusion;

public sealed class SegmentFusionTests
{
    private const int Side = 20;

    private static readonly SegmentationOrder Order = new(
        Vocabulary.Parse("cat; dog; grass (stuff)"), [SegmentationTask.Panoptic, SegmentationTask.Semantic]);

    [Fact]
    public void Fuse_ClassThatNoPromptSurvivedFor_IsDroppedUnlessSure()
    {
        SegmentationOutcome fused = Fuse(
            proposals: [Segment(0, 0.5, 0, 0, 8, 8), Segment(1, 0.95, 10, 10, 8, 8)],
            prompts: [],
            masks: []);

        ResultSegment left = Assert.Single(fused.Segments);
        Assert.Equal(("dog", SegmentSource.Proposal), (left.Label, left.Source));
    }

    [Fact]
    public void Fuse_PromptThatProposalsMissed_IsAdded()
    {
        SegmentationOutcome fused = Fuse(
            proposals: [Segment(0, 0.9, 0, 0, 8, 8)],
            prompts: [Segment(0, 0.7, 0, 0, 8, 8), Segment(1, 0.6, 10, 10, 8, 8)],
            masks: []);

        Assert.Equal(
            [("cat", SegmentSource.Proposal), ("dog", SegmentSource.Car)],
            fused.Segments.Select(segment => (segment.Label, segment.Source)));
    }

    [Fact]
    public void Fuse_SamMaskNearby_GivesItsShape()
    {
        SegmentationOutcome fused = Fuse(
            proposals: [Segment(0, 0.9, 0, 0, 10, 10)],
            prompts: [Segment(0, 0.7, 0, 0, 10, 10)],
            masks: [Segment(null, 0.9, 0, 0, 10, 9), Segment(null, 0.9, 0, 0, 3, 3)]);

        ResultSegment segment = Assert.Single(fused.Segments);
        Assert.Equal(90, segment.Area);
        Assert.Equal(0.9, segment.SnappedIoU!.Value, 6);
    }

    [Fact]
    public void Fuse_Overlaps_GoToTheSurerAndSliversVanish()
    {
        SegmentationOutcome fused = Fuse(
            proposals: [Segment(0, 0.9, 0, 0, 10, 10), Segment(1, 0.5, 0, 0, 10, 9), Segment(2, 0.4, 0, 0, 20, 20)],
            prompts: [Segment(0, 0.7, 0, 0, 10, 10), Segment(1, 0.7, 0, 0, 10, 9), Segment(2, 0.7, 0, 0, 20, 20)],
            masks: []);

        Assert.Equal(["cat", "grass"], fused.Segments.Select(segment => segment.Label));
        Assert.Equal([100, 300], fused.Segments.Select(segment => segment.Area));
        Assert.Equal(0, fused.Semantic![5, 5]);
        Assert.Equal(2, fused.Semantic[15, 15]);
        Assert.Equal(fused.Segments[1].Id, fused.Panoptic![15, 15]);
    }

    [Fact]
    public void Fuse_StuffInTwoPieces_IsOneSegment()
    {
        SegmentationOutcome fused = Fuse(
            proposals: [Segment(2, 0.9, 0, 0, 5, 5), Segment(2, 0.8, 10, 10, 5, 5)],
            prompts: [Segment(2, 0.7, 0, 0, 5, 5)],
            masks: []);

        Assert.Equal(50, Assert.Single(fused.Segments).Area);
    }

    [Fact]
    public void Fuse_Nothing_IsAnEmptyAnswer()
    {
        SegmentationOutcome fused = Fuse([], [], []);

        Assert.Empty(fused.Segments);
        Assert.All(fused.Panoptic!.Labels.ToArray(), label => Assert.Equal(0, label));
    }

    [Fact]
    public void Fuse_BackgroundOfThePrompts_IsThatOfTheWhole()
    {
        SegmentationOutcome fused = new SegmentFusion(new FusionOptions()).Fuse(
            Outcome([Segment(0, 0.5, 0, 0, 8, 8)]), Outcome([]) with { Background = "background" }, Outcome([]), Order);

        Assert.Equal("background", fused.Background);
    }

    private static SegmentationOutcome Fuse(
        ResultSegment[] proposals, ResultSegment[] prompts, ResultSegment[] masks) =>
        new SegmentFusion(new FusionOptions()).Fuse(
            Outcome(proposals),
            Outcome([.. prompts.Select(segment => segment with { Source = SegmentSource.Car })]),
            Outcome([.. masks.Select(segment => segment with { Source = SegmentSource.Automask })]),
            Order);

    private static SegmentationOutcome Outcome(ResultSegment[] segments) => new()
    {
        Segments = segments,
        Models = [],
        Settings = new Dictionary<string, string>(),
        Timings = [],
        Panoptic = new LabelMap(Side, Side),
    };

    private static ResultSegment Segment(int? category, double score, int x, int y, int width, int height)
    {
        var mask = new BinaryMask(Side, Side);
        for (int row = y; row < y + height; row++)
            mask.Row(row).Slice(x, width).Fill(1);
        return ResultSegment.Of(
            1, RunLengthEncoding.FromMask(mask), category, "", null, score, true, SegmentSource.Proposal);
    }
}
