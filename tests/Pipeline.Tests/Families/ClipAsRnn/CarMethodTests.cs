using FrozenSeg.Pipeline.Families.ClipAsRnn;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;
using FrozenSeg.Pipeline.Families.ClipAsRnn.MaskMatching;
using FrozenSeg.Pipeline.Families.Sam;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Vocabularies;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Families.ClipAsRnn;

public sealed class CarMethodTests(SmallCar car) : IClassFixture<SmallCar>
{
    private static readonly PixelImage Picture = TestPicture.Make(44, 60);
    private static readonly CarOptions Keeping = new() { QueryThreshold = 0 };

    [Fact]
    public void Segment_Semantic_LabelsPixelsAndTracesEveryRound()
    {
        SegmentationOutcome outcome = Run("cat; dog; grass (stuff)", Keeping);

        Assert.Equal((44, 60), (outcome.Semantic!.Height, outcome.Semantic.Width));
        Assert.All(outcome.Semantic.Labels.ToArray(), label => Assert.InRange(label, -1, 2));
        Assert.Equal([1, 2], outcome.Trace!.Select(round => round.Round));
        Assert.Equal(["q1", "q2", "q3"], outcome.Trace![0].Kept.Select(score => score.Prompt));
        Assert.All(
            outcome.Segments,
            segment => Assert.Equal(segment.Area, outcome.Semantic.Labels.Count(segment.Category!.Value)));
        Assert.Equal(["car_clip", "car_classifier"], outcome.Models.Select(model => model.Role));
    }

    [Fact]
    public void Segment_HighThreshold_ReportsWhatWasDropped()
    {
        SegmentationOutcome outcome = Run("cat; dog; bird", new CarOptions { QueryThreshold = 0.99f });

        Assert.Equal(2, outcome.Trace![0].Removed.Count);
        Assert.All(outcome.Trace[0].Removed, score => Assert.InRange(score.Score, 0, 0.99));
        // One query against itself is certain.
        Assert.Equal(1, Assert.Single(outcome.Trace[^1].Kept).Score, 5);
    }

    [Fact]
    public void Segment_WithoutBackground_LabelsEveryPixel()
    {
        SegmentationOutcome outcome = Run("cat; dog", Keeping with { HasBackground = false, Background = [] });

        Assert.DoesNotContain(SegmentationOutcome.VoidIndex, outcome.Semantic!.Labels.ToArray());
    }

    [Fact]
    public void Segment_BackgroundClass_IsNamedInTheOutcome() =>
        Assert.Equal("background", Run("cat; dog", Keeping with { BackgroundClass = "background" }).Background);

    [Fact]
    public void Segment_BackgroundClassThatIsLookedForToo_IsRefused()
    {
        var failure = Assert.Throws<SegmentationProblemException>(
            () => Run("cat; scene, Background", Keeping with { BackgroundClass = "background" }));

        Assert.Contains("'background' is one of the classes to look for", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MutualBackground.Released)]
    [InlineData(MutualBackground.Paper)]
    public void Segment_MutualBackground_HasTwoPasses(MutualBackground mutual)
    {
        SegmentationOutcome outcome = Run(
            "cat; grass (stuff); dog; sky (stuff)", Keeping with { MutualBackground = mutual });

        Assert.Equal([1, 2, 3, 4], outcome.Trace!.Select(round => round.Round));
        Assert.Equal(["q1", "q3"], outcome.Trace![0].Kept.Select(score => score.Prompt));
        Assert.Equal(["q2", "q4"], outcome.Trace[2].Kept.Select(score => score.Prompt));
    }

    [Theory]
    [InlineData(CamTarget.GradCam, true)]
    [InlineData(CamTarget.GradCam, false)]
    [InlineData(CamTarget.ClipEs, false)]
    public void Segment_OtherMaps_Work(CamTarget cam, bool affinity) =>
        Assert.NotNull(Run("cat; dog", Keeping with { Cam = cam, UsesAffinity = affinity }).Semantic);

    [Fact]
    public void Segment_SnappedToSam_StillLabelsPixels()
    {
        using var sam = new ProcSam(SmallClip.Sessions);
        var method = new CarMethod(
            car.Networks with { Sam = sam },
            Keeping with { Matching = new MaskMatchingOptions { IoUThreshold = 0.1f } });

        SegmentationOutcome outcome = method.Segment(
            Picture, Order("cat; dog", SegmentationTask.Semantic), null, default);

        Assert.Contains(outcome.Timings, timing => timing.Stage == "sam");
        Assert.Contains(outcome.Models, model => model.Role == "sam");
    }

    [Fact]
    public void Segment_Referring_GivesAtMostOneMaskAnExpression()
    {
        SegmentationOutcome outcome = Run("the cat on the left; the dog", Keeping, SegmentationTask.Referring);

        Assert.Null(outcome.Semantic);
        Assert.Equal(outcome.Segments.Count, outcome.Segments.Select(segment => segment.Prompt).Distinct().Count());
        Assert.Equal(
            2 - outcome.Segments.Count,
            outcome.Warnings.Count(warning => warning.StartsWith("no mask for", StringComparison.Ordinal)));
    }

    [Fact]
    public void Segment_ReferringToWhatIsNotThere_GivesNoMaskAndSaysSo()
    {
        SegmentationOutcome outcome = Run(
            "the cat", Keeping with { PresenceThreshold = 1 }, SegmentationTask.Referring);

        Assert.Empty(outcome.Segments);
        Assert.Contains("no mask for 'the cat'", outcome.Warnings);
        Assert.Equal("the cat", Assert.Single(outcome.Trace![^1].Removed).Text);
    }

    [Fact]
    public void Segment_ReferringWithNothingLeftOfTheMask_IsNotFoundAndTheTraceSaysWhy()
    {
        // Nearly all of every pixel is background.
        CarOptions options = Keeping with { BackgroundFactor = 1e-6f, UsesCrf = false };

        SegmentationOutcome outcome = Run("the cat", options, SegmentationTask.Referring);

        Assert.Empty(outcome.Segments);
        Assert.Contains("no mask for 'the cat'", outcome.Warnings);
        Assert.Equal("empty_mask", outcome.Trace![^1].Reason);
        Assert.Equal("the cat", Assert.Single(outcome.Trace[^1].Removed).Text);
        Assert.All(outcome.Trace.SkipLast(1), round => Assert.Null(round.Reason));
    }

    [Fact]
    public void Segment_SeveralExpressionsForOneObject_GiveOneMask() => Assert.InRange(
        Run("the cat; the small cat", Keeping with { IsOneObject = true }, SegmentationTask.Referring).Segments.Count,
        0,
        1);

    [Theory]
    [InlineData("cat; CAT ", "named in categories")]
    [InlineData("cat; ca\u0301t; cát", "reads the same as query 2")]
    [InlineData("\u2060\u2060", "neither a letter nor a digit")]
    public void Segment_ImpossibleQueries_AreNamed(string prompts, string found)
    {
        var failure = Assert.Throws<SegmentationProblemException>(() => Run(prompts, Keeping));

        Assert.Contains(found, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Segment_FiveThousandQueries_SaysHowManyAreAllowed()
    {
        string prompts = string.Join("; ", Enumerable.Range(0, 5000).Select(i => $"thing {i}"));

        var failure = Assert.Throws<SegmentationProblemException>(() => Run(prompts, Keeping));

        Assert.Contains("there are 5,000 queries", failure.Message, StringComparison.Ordinal);
        Assert.Contains("1,000 are allowed", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Segment_QueryLongerThanTheEncoder_IsCutWithAWarning()
    {
        string prompts = $"dog; {string.Join(' ', Enumerable.Repeat("cat", 78))}";

        SegmentationOutcome outcome = Run(prompts, Keeping);

        Assert.Contains(
            outcome.Warnings, warning => warning.Contains("CLIP reads the first 32", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("😀 cat; שלום; مرحبا; 日本")]
    public void Segment_EmojiAndOtherScripts_AreQueries(string prompts) =>
        Assert.Equal(4, Run(prompts, Keeping).Trace![0].Kept.Count);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(400, 6)]
    [InlineData(3, 300)]
    public void Segment_ExtremePictures_GiveMapsOfTheirSize(int width, int height)
    {
        SegmentationOutcome outcome = new CarMethod(car.Networks, Keeping).Segment(
            TestPicture.Make(height, width), Order("cat; dog", SegmentationTask.Semantic), null, default);

        Assert.Equal((height, width), (outcome.Semantic!.Height, outcome.Semantic.Width));
    }

    [Fact]
    public void Segment_LargePicture_IsLookedAtSmallerAndSaysSo()
    {
        SegmentationOutcome outcome = Run("cat; dog", Keeping with { MaxPixels = 600, MaxPatches = 16 });

        Assert.Equal((44, 60), (outcome.Semantic!.Height, outcome.Semantic.Width));
        Assert.Contains("the picture was looked at in 28×20", outcome.Warnings);
    }

    [Fact]
    public void Segment_MorePatchesThanAllowed_SaysSo() => Assert.Contains(
        Run("cat; dog", Keeping with { MaxPatches = 16 }).Warnings,
        warning => warning.Contains("patches for proposals", StringComparison.Ordinal));

    [Fact]
    public void Segment_TwiceTheSame_GivesTheSame()
    {
        SegmentationOutcome first = Run("cat; dog; bird", Keeping), second = Run("cat; dog; bird", Keeping);

        Assert.Equal(first.Semantic!.Labels.ToArray(), second.Semantic!.Labels.ToArray());
        Assert.Equal(first.Trace!.SelectMany(round => round.Kept), second.Trace!.SelectMany(round => round.Kept));
    }

    [Fact]
    public void Segment_TextsSeenBefore_AreNotEncodedAgain()
    {
        Run("cat; dog; horse", Keeping);
        int before = car.Networks.JudgeTexts.Computed;

        Run("cat; dog; horse", Keeping);

        Assert.Equal(before, car.Networks.JudgeTexts.Computed);
    }

    [Fact]
    public void Segment_PanopticTask_IsRefused()
    {
        var failure = Assert.Throws<SegmentationProblemException>(() => Run("cat", Keeping, SegmentationTask.Panoptic));

        Assert.Contains("car does not give panoptic answers", failure.Message, StringComparison.Ordinal);
    }

    private SegmentationOutcome Run(
        string prompts, CarOptions options, SegmentationTask task = SegmentationTask.Semantic) =>
        new CarMethod(car.Networks, options).Segment(Picture, Order(prompts, task), null, default);

    private static SegmentationOrder Order(string prompts, SegmentationTask task) =>
        new(Vocabulary.Parse(prompts), [task]);
}
