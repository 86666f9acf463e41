using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam.Networks;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Families.Sam3;
using FrozenSeg.Pipeline.Families.Sam3.Concepts;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;
using FrozenSeg.Shared.Vocabularies;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Families.Sam3;

public sealed class Sam3MethodTests(Sam3MethodTests.Networks networks) : IClassFixture<Sam3MethodTests.Networks>
{
    private static readonly PixelImage Image = TestPicture.Make(30, 40);

    private readonly ModelLibrary _library = networks.Library;

    [Fact]
    public void Segment_Instances_CarryPresenceAndClassScoreApart()
    {
        SegmentationOutcome outcome = Segment("a, b; c", [SegmentationTask.Instance], All);

        Assert.NotEmpty(outcome.Segments);
        Assert.All(outcome.Segments, segment =>
        {
            Assert.Equal(SegmentSource.Sam3, segment.Source);
            Assert.Equal(segment.Score, segment.Concept!.Presence * segment.Concept.ClassScore!.Value, 1e-6);
            Assert.Contains(segment.Concept.Phrase, segment.Category == 0 ? new[] { "a", "b" } : ["c"]);
        });
        Assert.Equal(["sam3"], outcome.Models.Select(model => model.Role));
    }

    [Fact]
    public void Segment_AllThreeTasks_GiveAllThreeAnswers()
    {
        SegmentationOutcome outcome = Segment(
            "a; grass (stuff)", [SegmentationTask.Panoptic, SegmentationTask.Semantic, SegmentationTask.Instance], All);

        Assert.Equal((30, 40), (outcome.Panoptic!.Height, outcome.Panoptic.Width));
        Assert.Equal((30, 40), (outcome.Semantic!.Height, outcome.Semantic.Width));
        HashSet<int> ids = [.. outcome.Segments.Select(segment => segment.Id)];
        Assert.Subset(ids, outcome.Panoptic.Labels.ToArray().Where(id => id > 0).ToHashSet());
        Assert.DoesNotContain(outcome.Segments, segment => segment.Concept is null);
    }

    [Fact]
    public void Trace_OfAnAbsentWord_SaysThatPresenceWasLow()
    {
        SegmentationOutcome outcome = Segment("a; c", [SegmentationTask.Instance], ("presence_threshold", "1"));

        Assert.Empty(outcome.Segments);
        FilterRound round = Assert.Single(outcome.Trace!);
        Assert.Equal("presence", round.Reason);
        Assert.Equal(["q1", "q2"], round.Removed.Select(score => score.Prompt));
    }

    [Fact]
    public void Trace_OfAPresentWordWithoutAMask_SaysThatScoresWere()
    {
        SegmentationOutcome outcome = Segment(
            "a", [SegmentationTask.Instance], ("presence_threshold", "0"), ("score_threshold", "1"));

        Assert.Equal(["presence", "score"], outcome.Trace!.Select(round => round.Reason));
        Assert.Equal("q1", Assert.Single(outcome.Trace![1].Removed).Prompt);
    }

    [Fact]
    public void ClassThreshold_IsApartFromTheScore()
    {
        Assert.NotEmpty(Segment("a", [SegmentationTask.Instance], All).Segments);
        Assert.Empty(Segment("a", [SegmentationTask.Instance], [.. All, ("class_threshold", "1")]).Segments);
    }

    [Fact]
    public void Exemplars_ChangeWhatIsFound_AndTheirLabelsToo()
    {
        double[] none = Scores(""), wanted = Scores("5,5,20,20"), unwanted = Scores("5,5,20,20,0");

        Assert.NotEqual(none, wanted);
        Assert.NotEqual(wanted, unwanted);

        double[] Scores(string exemplars) =>
            [.. Segment("visual", [SegmentationTask.Instance], [.. All, ("exemplars", exemplars)]).Segments.Select(
                segment => segment.Score)];
    }

    [Theory]
    [InlineData("a", "50,5,60,20", "lies outside the picture of 40×30")]
    [InlineData("a", "20,5,5,20", "has no area")]
    [InlineData("a", "5,5,5,20", "has no area")]
    [InlineData("a; b", "5,5,20,20", "which of 2 classes")]
    [InlineData("a; b", "dog: 5,5,20,20", "there is no class 'dog'")]
    public void Exemplars_ThatCannotBe_AreRefused(string words, string exemplars, string found)
    {
        var failure = Assert.Throws<SegmentationProblemException>(
            () => Segment(words, [SegmentationTask.Instance], ("exemplars", exemplars)));

        Assert.Contains(found, Assert.Single(failure.Problems).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Exemplars_OfAClass_AreItsOwn()
    {
        IReadOnlyList<Sam3Exemplar>[] exemplars = ExemplarBoxes.Of(
            "b: 0,0,20,15; 20,0,40,30,0", Vocabulary.Parse("a; b, c"), 40, 30);

        Assert.Empty(exemplars[0]);
        Assert.Equal([new(0.25f, 0.25f, 0.5f, 0.5f, true), new(0.75f, 0.5f, 0.5f, 1, false)], exemplars[1]);
    }

    [Theory]
    [InlineData("exemplars", "1,2,3", "is not a box")]
    [InlineData("exemplars", "1,2,3,4,5", "is not a box")]
    [InlineData("input_size", "1000", "is not a multiple of 336")]
    [InlineData("score_threshold", "2", "is not between 0 and 1")]
    [InlineData("tiles", "0", "is not between 1 and 8")]
    [InlineData("tile", "2", "there is no such setting")]
    public void Settings_ThatCannotBe_AreNamed(string name, string value, string found)
    {
        SegmentationProblem problem = Assert.Single(
            MethodFactory.Find("sam3").Problems(new MethodSettings(new Dictionary<string, string> { [name] = value })));

        Assert.Equal($"settings.{name}", problem.Where);
        Assert.Contains(found, problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void LongPhrase_IsCut_AndTheWarningSaysWhat()
    {
        string phrase = string.Join(' ', Enumerable.Repeat("ab", 20)) + " tail";

        SegmentationOutcome outcome = Segment(phrase, [SegmentationTask.Semantic]);

        string warning = Assert.Single(outcome.Warnings);
        Assert.Contains("tail'", warning, StringComparison.Ordinal);
        Assert.StartsWith("SAM 3 reads 32 tokens", warning, StringComparison.Ordinal);
    }

    [Fact]
    public void Phrase_OfWhichNothingIsLeft_IsNamed()
    {
        var failure = Assert.Throws<SegmentationProblemException>(
            () => Segment("a; &nbsp", [SegmentationTask.Semantic]));

        Assert.Equal("'&nbsp' holds nothing that SAM 3 reads", Assert.Single(failure.Problems).Found);
    }

    [Fact]
    public void Picture_IsSeenOnce_WhateverIsAskedOfIt()
    {
        PixelImage other = TestPicture.Make(31, 41);
        long before = _library.Features.Figures.Misses;
        Segment("a; b", [SegmentationTask.Instance], other);
        Segment("c", [SegmentationTask.Semantic], other);
        IPromptableModel points = _library.LoadSam(_library.Selection.Sam3);
        using ImageEmbedding embedding = points.Encode(other, default);

        // The backbone's map and what words need of it; then what points need.
        Assert.Equal(before + 3, _library.Features.Figures.Misses);
    }

    [Fact]
    public void Sam_OfASam3_AnswersPointsBoxesAndBoth()
    {
        IPromptableModel model = _library.LoadSam(_library.Selection.Sam3);
        var predictor = new SamPredictor(model);
        SamPrompt point = new() { Points = [(10, 10, PromptLabel.Foreground)] };

        Assert.Equal(3, predictor.Predict(Image, point, multimask: true, default).Count);
        Assert.Single(
            predictor.Predict(Image, point with { Box = new BoxXyxy(2, 2, 30, 20) }, multimask: false, default));
        Assert.All(
            predictor.Predict(
                Image, new SamPrompt { Points = [], Box = new BoxXyxy(2, 2, 30, 20) }, multimask: true, default),
            mask => Assert.Equal((30, 40), (mask.Segmentation.Height, mask.Segmentation.Width)));
    }

    [Fact]
    public void Tiles_AddToTheWholePicture()
    {
        SegmentationOutcome outcome = Segment(
            "a", [SegmentationTask.Instance, SegmentationTask.Semantic], [.. All, ("tiles", "2")]);

        Assert.All(outcome.Segments, segment => Assert.Equal([30, 40], segment.Segmentation.Size));
        Assert.Equal("2", outcome.Settings["tiles"]);
    }

    [Fact]
    public void Merging_JoinsWhatABorderCut_AndKeepsTheBestOfDuplicates()
    {
        var merging = new ConceptMerging(nmsThreshold: 0.7);
        ConceptMask left = Mask(0, 0, 12, 0.6, view: 1), right = Mask(0, 5, 20, 0.8, view: 2);
        ConceptMask best = Mask(1, 0, 10, 0.9, view: 0), same = Mask(1, 0, 9, 0.7, view: 0),
            apart = Mask(1, 12, 20, 0.5, view: 0);

        List<ConceptMask> merged = merging.Merge([left, right, same, apart, best]);

        Assert.Equal([(1, 10), (0, 20), (1, 8)], merged.Select(mask => (mask.Category, mask.Mask.Area)));
    }

    [Fact]
    public void Merging_OfTheWholePictureAndATile_KeepsTheWhole()
    {
        ConceptMask whole = Mask(0, 0, 20, 0.5, view: 0), part = Mask(0, 0, 8, 0.9, view: 1);

        ConceptMask only = Assert.Single(new ConceptMerging(0.7).Merge([part, whole]));

        Assert.Equal(20, only.Mask.Area);
    }

    private static (string, string)[] All =>
        [("presence_threshold", "0"), ("score_threshold", "0"), ("nms_threshold", "1")];

    private static ConceptMask Mask(int category, int from, int to, double score, int view)
    {
        var mask = new BinaryMask(1, 20);
        mask.Pixels[from..to].Fill(1);
        return new ConceptMask(category, RunLengthEncoding.FromMask(mask), new ConceptScores(1, score, ""), view);
    }

    private SegmentationOutcome Segment(
        string words, SegmentationTask[] tasks, params (string Name, string Value)[] settings) =>
        Segment(words, tasks, Image, settings);

    private SegmentationOutcome Segment(
        string words, SegmentationTask[] tasks, PixelImage image, params (string Name, string Value)[] settings)
    {
        using ISegmentationMethod method = MethodFactory.Create(
            "sam3", _library, settings.ToDictionary(setting => setting.Name, setting => setting.Value));
        return method.Segment(image, new SegmentationOrder(Vocabulary.Parse(words), tasks), null, default);
    }

    public sealed class Networks : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Networks() => Library = new ModelLibrary(
            new ModelSelection { Sam3 = TinySam3.Write(_folder.Root) }, TinySam.Sessions, featureBytes: 10_000_000);

        internal ModelLibrary Library { get; }

        public void Dispose()
        {
            Library.Dispose();
            _folder.Dispose();
        }
    }
}
