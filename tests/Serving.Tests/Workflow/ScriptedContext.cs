using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Failures;
using FrozenSeg.Serving.Workflow.Progress;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Serving.Tests.Workflow;

/// <summary>A host without machines: every stage succeeds at once, unless the script says otherwise.</summary>
internal sealed class ScriptedContext : IWorkflowContext
{
    private readonly Dictionary<string, Queue<StageFailure>> _failures = new(StringComparer.Ordinal);

    /// <summary>A stage whose work an earlier run has done.</summary>
    public string? Skipped { get; init; }

    public List<string> Calls { get; } = [];

    public List<object?> Inputs { get; } = [];

    public List<TimeSpan> Delays { get; } = [];

    public List<WorkflowProgress> Reports { get; } = [];

    public ScriptedContext Failing(string stage, FailureKind kind, int times)
    {
        var failure = new StageFailure(
            kind, [new SegmentationProblem(ProblemKind.Storage, stage, "it broke", "Mend it")]);
        _failures[stage] = new Queue<StageFailure>(Enumerable.Repeat(failure, times));
        return this;
    }

    public Task<StageOutcome<TOutput>> RunStageAsync<TInput, TOutput>(string stage, TInput input)
        where TOutput : class, IStageOutput
    {
        Calls.Add(stage);
        Inputs.Add(input);
        if (_failures.TryGetValue(stage, out Queue<StageFailure>? left) && left.TryDequeue(out StageFailure? failure))
            return Task.FromResult(new StageOutcome<TOutput>(null, failure, 0.5));
        return Task.FromResult(new StageOutcome<TOutput>((TOutput)Output(stage, input!), null, 1, stage == Skipped));
    }

    public Task DelayAsync(TimeSpan delay)
    {
        Delays.Add(delay);
        return Task.CompletedTask;
    }

    public void Report(WorkflowProgress progress) => Reports.Add(progress);

    private static IStageOutput Output(string stage, object input) => stage switch
    {
        StageNames.Prepare => new PreparedPicture(Reference("images/a"), new ResultImage("a.png", 4, 3, "00", 1)),
        StageNames.ExpandPrompts => new ExpandedRequest(Reference("requests/expanded"), ["some words were left out"]),
        StageNames.Aggregate => new MethodOutput("fused", Reference("answers/a"), 2),
        StageNames.Publish => new PublishedFiles(
            new Dictionary<string, ArtefactReference> { ["result.json"] = Reference("results/a/result.json") }, 2)
        {
            Warnings = [.. ((PublishInput)input).Warnings, "the models are small"],
        },
        StageNames.Notify => new Notified(200),
        _ => new MethodOutput(((MethodInput)input).Method, Reference($"outcomes/{stage}"), 2),
    };

    private static ArtefactReference Reference(string key) => new(key, 1);
}
