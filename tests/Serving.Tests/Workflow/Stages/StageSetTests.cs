using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Failures;
using FrozenSeg.Serving.Workflow.Stages;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Tests.Workflow.Stages;

public sealed class StageSetTests : IDisposable
{
    private static readonly ArtefactReference Missing = new("requests/missing", 1);

    private readonly StageBench _bench = new();
    private readonly StageSet _stages;

    public StageSetTests() => _stages = new StageSet(_bench.Services);

    public void Dispose()
    {
        _stages.Dispose();
        _bench.Dispose();
    }

    // Each is there under its name: it asks for its request, which is missing, and says so.
    [Fact]
    public async Task Run_EveryStage_IsThereUnderItsName()
    {
        var output = new MethodOutput("car", new ArtefactReference("outcomes/o", 1), 1);
        var picture = new PreparedPicture(Missing, new Shared.Results.ResultImage("a.png", 1, 1, "00", 1));
        var method = new MethodInput(Missing, Missing, "car", "", [], 0);
        StageFailure?[] failures =
        [
            await FailAsync<SegmentationJob, PreparedPicture>(
                StageNames.Prepare, new SegmentationJob("a", Missing, "car", false, false)),
            await FailAsync<ExpandInput, ExpandedRequest>(StageNames.ExpandPrompts, new ExpandInput(Missing, Missing)),
            await FailAsync<MethodInput, MethodOutput>(StageNames.GenerateMasks, method),
            await FailAsync<MethodInput, MethodOutput>(StageNames.DecodeProposals, method),
            await FailAsync<MethodInput, MethodOutput>(StageNames.FilterPrompts, method),
            await FailAsync<AggregateInput, MethodOutput>(StageNames.Aggregate, new AggregateInput(Missing, [output])),
            await FailAsync<PublishInput, PublishedFiles>(
                StageNames.Publish, new PublishInput("a", Missing, picture, output, [], [])),
            await FailAsync<NotifyInput, Notified>(StageNames.Notify, new NotifyInput("a", Missing, true, 1, [])),
        ];

        Assert.All(
            failures,
            failure => Assert.Equal((FailureKind.Transient, Missing.Key), (failure!.Kind, failure.Problems[0].Where)));
    }

    [Fact]
    public async Task Run_StageThatIsNone_IsABugOfTheCaller()
    {
        await Assert.ThrowsAsync<ArgumentException>(
            () => FailAsync<ExpandInput, ExpandedRequest>("Expand", new ExpandInput(Missing, Missing)));
        await Assert.ThrowsAsync<ArgumentException>(
            () => FailAsync<ExpandInput, Notified>(StageNames.ExpandPrompts, new ExpandInput(Missing, Missing)));
    }

    [Fact]
    public async Task Picture_AskedForAgain_IsDecodedOnce()
    {
        StoredDocuments documents = _bench.Documents;
        ArtefactReference first = await _bench.PutAsync(ServiceBench.Picture()),
            second = await _bench.PutAsync(ServiceBench.Picture(1));

        var pixels = (await documents.PictureAsync(first, default)).Pixels;
        Assert.Same(pixels, (await documents.PictureAsync(first, default)).Pixels);
        Assert.Equal(41, (await documents.PictureAsync(second, default)).Pixels!.Width);
        Assert.NotSame(pixels, (await documents.PictureAsync(first, default)).Pixels);
    }

    [Fact]
    public void Order_Words_AreThePromptsOrTheNamedVocabulary()
    {
        SegmentationPrompt[] prompts = [new() { Text = "cat" }];
        StoredDocuments documents = _bench.Documents;

        Assert.Equal("cat", documents.Order(new SegmentationRequest
        {
            Prompts = prompts,
            Vocabulary = "moon",
        }, [], needsWords: true).Vocabulary![0].Name);
        Assert.Equal(133, documents.Order(new SegmentationRequest
        {
            Vocabulary = "coco-133",
        }, [], needsWords: true).Vocabulary!.Count);
        Assert.Null(documents.Order(new SegmentationRequest { Vocabulary = "moon" }, [], needsWords: false).Vocabulary);
        Assert.Null(documents.Order(new SegmentationRequest(), [], needsWords: true).Vocabulary);
        var refusal = Assert.Throws<SegmentationProblemException>(
            () => documents.Order(new SegmentationRequest { Vocabulary = "moon" }, [], needsWords: true));
        Assert.Equal("vocabulary", refusal.Problems[0].Where);
    }

    private async Task<StageFailure?> FailAsync<TInput, TOutput>(string stage, TInput input)
        where TOutput : class, IStageOutput =>
        (await _stages.RunAsync<TInput, TOutput>(stage, input, StageBench.Progress, default)).Failure;
}
