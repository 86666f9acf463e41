using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Failures;
using FrozenSeg.Serving.Workflow.Stages;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Serving.Tests.Workflow;

public sealed class DocumentsTests
{
    private static readonly LabelMap Panoptic = new(2, 3, [1, 1, 2, 0, 2, 2]);

    private static readonly SegmentationOutcome Outcome = new()
    {
        Segments = [Segment(1, 0, 0.3), Segment(2, 1, 0.9)],
        Models = [new ModelStamp("sam", "tiny", "00")],
        Settings = new Dictionary<string, string> { ["a"] = "1" },
        Timings = [new StageTiming("encode", 0.5)],
        Panoptic = Panoptic,
        Semantic = new LabelMap(2, 3, [0, 0, 1, -1, 1, 1]),
        Trace = [new FilterRound(1, [new PromptScore("1", "cat", 0.5)], [])],
        Warnings = ["one"],
    };

    [Fact]
    public void Outcome_WrittenAndRead_IsTheSame()
    {
        byte[] json = WorkflowJsonContext.Write(OutcomeDocument.From(Outcome));

        SegmentationOutcome read = WorkflowJsonContext.Read<OutcomeDocument>(json, "outcome").ToOutcome();

        Assert.Equal(Outcome.Panoptic!.Labels, read.Panoptic!.Labels);
        Assert.Equal(Outcome.Semantic!.Labels, read.Semantic!.Labels);
        Assert.Equal(json, WorkflowJsonContext.Write(OutcomeDocument.From(read)));
    }

    [Theory]
    [InlineData(new int[] { 1, 5 })]
    [InlineData(new int[] { 1, 7 })]
    [InlineData(new int[] { 1, -1, 2, 7 })]
    public void LabelRuns_ThatDoNotFit_AreRefused(int[] runs)
    {
        Assert.Throws<FormatException>(() => new RunLengthMap([2, 3], runs).Decode());
    }

    [Fact]
    public void Read_DamagedDocument_NamesIt()
    {
        var failure = Assert.Throws<SegmentationProblemException>(
            () => WorkflowJsonContext.Read<MethodOutput>("{"u8, "outcomes/a"));

        Assert.Equal("outcomes/a", failure.Problems[0].Where);
    }

    [Fact]
    public void Apply_Prompts_GiveIdsAndThresholds()
    {
        SegmentationPrompt[] prompts =
            [new() { Text = "cat", Id = "c", Threshold = 0.5 }, new() { Text = "dog", Threshold = 0.5 }];

        SegmentationOutcome applied = PromptAnswers.Apply(Outcome, prompts);

        ResultSegment left = Assert.Single(applied.Segments);
        Assert.Equal((2, "2"), (left.Id, left.Prompt));
        Assert.Equal([0, 0, 2, 0, 2, 2], applied.Panoptic!.Labels);
        Assert.Equal([-1, -1, 1, -1, 1, 1], applied.Semantic!.Labels);
    }

    [Theory]
    [InlineData("a", true)]
    [InlineData("A.b_c-1", true)]
    [InlineData("", false)]
    [InlineData(".a", false)]
    [InlineData("a/b", false)]
    [InlineData("..", false)]
    [InlineData("a\n", false)]
    public void SegmentationId_IsSafeEverywhere(string text, bool isValid)
    {
        Assert.Equal(isValid, SegmentationId.IsValid(text));
    }

    [Theory]
    [InlineData("CUDA failure 2: out of memory", FailureKind.OutOfMemory)]
    [InlineData("Failed to allocate memory for requested buffer of size 1", FailureKind.OutOfMemory)]
    [InlineData("shape mismatch", FailureKind.Permanent)]
    internal void Classify_WordsOfTheRuntime_AreUnderstood(string message, FailureKind expected)
    {
        Assert.Equal(
            expected, FailureClassifier.Classify("GenerateMasks", new InvalidOperationException(message)).Kind);
    }

    private static ResultSegment Segment(int id, int category, double score) => ResultSegment.Of(
        id,
        RunLengthEncoding.FromMask(Panoptic.MaskOf(id)),
        category,
        "name",
        null,
        score,
        true,
        SegmentSource.Proposal);
}
