using FrozenSeg.Evaluation.Formats.Coco;
using FrozenSeg.Evaluation.Instances;

namespace FrozenSeg.Evaluation.Tests.Instances;

/// <summary>Which detections of a picture are compared with which annotations, by COCO's rules and by LVIS's.</summary>
public class PictureMatcherTests
{
    private static readonly AveragePrecisionOptions Coco = new() { Boxes = true, DetectionLimits = [1, 2] };
    private static readonly AveragePrecisionOptions Lvis = Coco with { IsFederated = true, DetectionLimits = [2] };

    [Fact]
    public void Match_Classes_AreThoseAnnotatedThenThoseDetected()
    {
        var matches = Match(Coco, new CocoImage { Id = "1" }, [Box(5), Box(2)], [Box(3, 0.5), Box(5, 0.5)]);

        Assert.Equal([5, 2, 3], matches.Select(match => match.Category));
        Assert.All(matches, match => Assert.Equal(4, match.Ranges.Length));
        Assert.Equal([1, 0, 1], matches.Select(match => match.Ranges[0].Scores.Length));
        Assert.Equal([1, 1, 0], matches.Select(match => match.Ranges[0].Counted));
        Assert.True(matches[0].Ranges[0].Matched[0, 0]);
    }

    [Fact]
    public void Match_DetectionsOfAClass_AreRankedAndLimitedByClassForCoco()
    {
        var matches = Match(
            Coco, new CocoImage { Id = "1" }, [Box(5)], [Box(5, 0.1), Box(5, 0.9), Box(5, 0.5), Box(6, 0.2)]);

        Assert.Equal([0.9, 0.5], matches[0].Ranges[0].Scores);
        Assert.Equal([0.2], matches[1].Ranges[0].Scores);
    }

    [Fact]
    public void Match_DetectionsOfAPicture_AreLimitedTogetherForLvis()
    {
        var image = new CocoImage { Id = "1", NegCategoryIds = [6] };

        var matches = Match(Lvis, image, [Box(5)], [Box(5, 0.1), Box(5, 0.9), Box(6, 0.2)]);

        Assert.Equal([0.9], matches[0].Ranges[0].Scores);
        Assert.Equal([0.2], matches[1].Ranges[0].Scores);
        Assert.Equal(2, Match(Lvis, image, [Box(5)], [Box(5, 0.1), Box(5, 0.9)])[0].Ranges[0].Scores.Length);
    }

    [Fact]
    public void Match_ClassNobodyLookedFor_SaysNothingForLvis()
    {
        CocoImage known = new() { Id = "1", NegCategoryIds = [6] }, unknown = new() { Id = "1" };

        Assert.Equal([5, 6], Match(Lvis, known, [Box(5)], [Box(6, 0.9)]).Select(match => match.Category));
        Assert.Equal([5], Match(Lvis, unknown, [Box(5)], [Box(6, 0.9)]).Select(match => match.Category));
        Assert.Equal([5, 6], Match(Coco, unknown, [Box(5)], [Box(6, 0.9)]).Select(match => match.Category));
    }

    [Fact]
    public void Match_ClassNotExhaustivelyAnnotated_ExcusesFalseOnesForLvis()
    {
        var image = new CocoImage { Id = "1", NotExhaustiveCategoryIds = [5] };
        CocoAnnotation[] far = [Box(5, 0.9) with { Bbox = [500, 500, 10, 10] }];

        Assert.True(Match(Lvis, image, [Box(5)], far)[0].Ranges[0].Ignored[0, 0]);
        Assert.False(Match(Coco, image, [Box(5)], far)[0].Ranges[0].Ignored[0, 0]);
        Assert.False(Match(Lvis, new CocoImage { Id = "1" }, [Box(5)], far)[0].Ranges[0].Ignored[0, 0]);
    }

    [Fact]
    public void Match_WhatHasNoArea_IsThereForCocoAlone()
    {
        CocoAnnotation empty = Box(5, 0.9) with { Bbox = [0, 0, 0, 0], Area = 0 };
        var image = new CocoImage { Id = "1" };

        Assert.Equal((2, 2), Sizes(Match(Coco, image, [Box(5), empty], [Box(5, 0.8), empty])));
        Assert.Equal((1, 1), Sizes(Match(Lvis, image, [Box(5), empty], [Box(5, 0.8), empty])));

        static (int, int) Sizes(List<(int Category, CategoryMatches[] Ranges)> matches) =>
            (matches[0].Ranges[0].Counted, matches[0].Ranges[0].Scores.Length);
    }

    [Fact]
    public void Match_Crowd_IsOneForCocoAlone()
    {
        CocoAnnotation[] crowd = [Box(5) with { Iscrowd = 1, Bbox = [0, 0, 100, 100], Area = 10_000 }];
        var image = new CocoImage { Id = "1" };

        Assert.True(Match(Coco, image, crowd, [Box(5, 0.9)])[0].Ranges[0].Ignored[0, 0]);
        Assert.False(Match(Lvis, image, crowd, [Box(5, 0.9)])[0].Ranges[0].Ignored[0, 0]);
    }

    private static List<(int Category, CategoryMatches[] Ranges)> Match(
        AveragePrecisionOptions rules, CocoImage image, CocoAnnotation[] annotations, CocoAnnotation[] detections)
    {
        var truth = new InstanceSet(
            "gt.json", [], [image], new Dictionary<string, IReadOnlyList<CocoAnnotation>>
            {
                ["1"] = annotations,
            }, new Dictionary<int, string>());
        return new PictureMatcher(truth, "pred.json", rules, new InstanceObjects(boxes: true, statedBoxes: true))
            .Match(image, detections);
    }

    private static CocoAnnotation Box(int category, double? score = null) =>
        new() { Id = 1, ImageId = "1", CategoryId = category, Bbox = [0, 0, 10, 10], Area = 100, Score = score };
}
