
namespace FrozenSeg.Serving.Workflow.Stages;

/// <summary>The stages of a process by name, ready to run. Safe for many callers.</summary>
internal sealed class StageSet : IDisposable
{
    private readonly Dictionary<string, object> _stages;
    private readonly StageExecutor _executor;
    private readonly SemaphoreSlim _gate;
    private readonly StoredDocuments _documents;

    /// <param name="services">What the stages work with.</param>
    public StageSet(StageServices services)
    {
        _gate = new SemaphoreSlim(services.ConcurrentRuns);
        _executor = new StageExecutor(services.Store, services.Time, services.Log);
        _documents = new StoredDocuments(services);
        _stages = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            [StageNames.Prepare] = new PrepareStage(services, _documents),
            [StageNames.ExpandPrompts] = new ExpandPromptsStage(services, _documents),
            [StageNames.GenerateMasks] = new MethodStage(StageNames.GenerateMasks, services, _documents, _gate),
            [StageNames.DecodeProposals] = new MethodStage(StageNames.DecodeProposals, services, _documents, _gate),
            [StageNames.FilterPrompts] = new MethodStage(StageNames.FilterPrompts, services, _documents, _gate),
            [StageNames.Aggregate] = new AggregateStage(services, _documents),
            [StageNames.Publish] = new PublishStage(services, _documents),
            [StageNames.Notify] = new NotifyStage(services, _documents),
        };
    }

    /// <summary>Runs a stage once.</summary>
    /// <exception cref="ArgumentException">There is no such stage with that input and output.</exception>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public Task<StageOutcome<TOutput>> RunAsync<TInput, TOutput>(
        string stage, TInput input, IProgress<double> progress, CancellationToken cancellation)
        where TOutput : class, IStageOutput =>
        _stages.GetValueOrDefault(stage) is IStage<TInput, TOutput> found
            ? _executor.RunAsync(found, input, progress, cancellation)
            : throw new ArgumentException(
                $"There is no stage {stage} from {typeof(TInput).Name} to {typeof(TOutput).Name}.", nameof(stage));

    /// <summary>Lets go of what is kept for the next stage of a picture; without it that stage takes longer.</summary>
    public void Forget() => _documents.Forget();

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();
}
