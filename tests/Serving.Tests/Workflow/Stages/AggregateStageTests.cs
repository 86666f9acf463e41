using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Stages;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Tests.Workflow.Stages;

public sealed class AggregateStageTests : IDisposable
{
    private readonly StageBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Run_OneMethodWithoutPrompts_IsItsOutcomeAsItLies()
    {
        ArtefactReference request = await _bench.PutAsync(
            new SegmentationRequest { Method = "car", Prompts = [], Vocabulary = "coco-133" });
        MethodOutput output = await _bench.PutAsync("car", StageBench.Outcome((0, 0.5)));

        MethodOutput answer = await Stage()
            .RunAsync(new AggregateInput(request, [output]), StageBench.Progress, default);

        Assert.Same(output, answer);
    }

    [Fact]
    public async Task Run_Prompts_GiveIdsAndDropWhatIsBelowTheirThresholds()
    {
        SegmentationPrompt[] prompts = [new() { Text = "cat", Id = "c" }, new() { Text = "dog", Threshold = 0.6 }];
        ArtefactReference request = await _bench.PutAsync(
            new SegmentationRequest { Method = "car", Prompts = prompts });
        MethodOutput output = await _bench.PutAsync("proposals", StageBench.Outcome((0, 0.5), (1, 0.5)));

        MethodOutput answer = await Stage()
            .RunAsync(new AggregateInput(request, [output]), StageBench.Progress, default);

        Assert.Equal(("car", 1), (answer.Method, answer.Segments));
        Assert.StartsWith("answers/", answer.Outcome.Key, StringComparison.Ordinal);
        Assert.Equal(
            "c", (await _bench.JsonAsync(answer.Outcome)).GetProperty("segments")[0].GetProperty("prompt").GetString());
    }

    [Fact]
    public void ReceiptKey_RequestAndOutcomes_MakeItInTheirOrder()
    {
        MethodOutput a = new("car", new ArtefactReference("outcomes/a", 1), 1),
            b = new("car", new ArtefactReference("outcomes/b", 1), 1);
        ArtefactReference one = new("requests/1", 1), two = new("requests/2", 1);
        AggregateInput[] inputs = [new(one, [a]), new(one, [b]), new(one, [a, b]), new(one, [b, a]), new(two, [a])];

        Assert.Equal(inputs.Length, inputs.Select(input => Stage().ReceiptKey(input)).Distinct().Count());
        Assert.Equal(
            Stage().ReceiptKey(inputs[0]), Stage().ReceiptKey(new AggregateInput(one, [a with { Segments = 2 }])));
    }

    private AggregateStage Stage() => new(_bench.Services, _bench.Documents);
}
