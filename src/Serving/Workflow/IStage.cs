using FrozenSeg.Shared.Artefacts;

namespace FrozenSeg.Serving.Workflow;

/// <summary>
/// One step of the workflow: takes one small immutable input, returns one small immutable output, and keeps whatever is
/// large in the artefact store. Holds no state; running it twice does the same thing twice.
/// </summary>
/// <typeparam name="TInput">What it needs, serialisable by <see cref="WorkflowJsonContext"/>.</typeparam>
/// <typeparam name="TOutput">What it gives, serialisable by <see cref="WorkflowJsonContext"/>.</typeparam>
internal interface IStage<in TInput, TOutput>
    where TOutput : class, IStageOutput
{
    /// <summary>Its name, for instance <c>GenerateMasks</c>; also the name of the activity in the cloud.</summary>
    string Name { get; }

    /// <summary>
    /// Hash of everything its output depends on: a run that finds what an earlier run left under this key is skipped.
    /// Null for a stage that must not be skipped.
    /// </summary>
    ArtefactKey? ReceiptKey(TInput input);

    /// <summary>Does the work.</summary>
    /// <param name="input">What it needs.</param>
    /// <param name="progress">Told the share done, 0..1.</param>
    /// <param name="cancellation">Stops the work.</param>
    Task<TOutput> RunAsync(TInput input, IProgress<double> progress, CancellationToken cancellation);
}
