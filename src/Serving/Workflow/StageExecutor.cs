using FrozenSeg.Serving.Workflow.Failures;
using FrozenSeg.Serving.Workflow.Telemetry;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace FrozenSeg.Serving.Workflow;

/// <summary>
/// Runs one stage once, for any host: skips what an earlier run has done, times it, and turns failures into data. Safe
/// for many callers.
/// </summary>
/// <param name="store">Where receipts lie.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Told of failures; null tells nobody.</param>
internal sealed class StageExecutor(IArtefactStore store, TimeProvider time, ILogger? log = null)
{
    private readonly ILogger _log = log ?? NullLogger.Instance;

    /// <summary>Runs a stage.</summary>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public async Task<StageOutcome<TOutput>> RunAsync<TInput, TOutput>(
        IStage<TInput, TOutput> stage, TInput input, IProgress<double> progress, CancellationToken cancellation)
        where TOutput : class, IStageOutput
    {
        long start = time.GetTimestamp();
        using StageActivity activity = WorkflowTelemetry.Begin(stage.Name);
        try
        {
            ArtefactKey? receipt = stage.ReceiptKey(input);
            if (receipt is ArtefactKey earlier
                && await FindAsync<TOutput>(stage.Name, earlier, cancellation) is TOutput done)
                return new StageOutcome<TOutput>(
                    done, null, activity.Skipped(time.GetElapsedTime(start)), WasSkipped: true);
            TOutput output = await stage.RunAsync(input, progress, cancellation);
            if (receipt is ArtefactKey key)
                await store.PutAsync(key, SealedDocument.Write(output), cancellation);
            return new StageOutcome<TOutput>(output, null, activity.Done(time.GetElapsedTime(start)));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever one picture does, it fails alone.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            StageFailure classified = FailureClassifier.Classify(stage.Name, failure);
            if (FailureClassifier.IsUnexpected(failure))
                ServiceLog.StageBroke(_log, failure, stage.Name);
            else if (classified.Kind is not FailureKind.Permanent)
                ServiceLog.StageFailed(_log, stage.Name, classified.Kind, classified.Problems[0].Message);
            return new StageOutcome<TOutput>(
                null, classified, activity.Failed(time.GetElapsedTime(start), classified, failure));
        }
    }

    // A receipt is worth something only while all it points to is there, and is what was kept.
    private async Task<TOutput?> FindAsync<TOutput>(string stage, ArtefactKey receipt, CancellationToken cancellation)
        where TOutput : class, IStageOutput
    {
        if (await store.FindAsync(receipt, cancellation) is null)
            return null;
        string damaged = receipt.Value;
        try
        {
            var output = SealedDocument.Read<TOutput>(await store.GetAsync(receipt, cancellation), receipt.Value);
            foreach (ArtefactReference artefact in output.Artefacts())
            {
                damaged = artefact.Key;
                if (!await StoredContent.IsWholeAsync(store, artefact, cancellation))
                    return Remake();
            }

            return output;
        }
        catch (SegmentationProblemException)
        {
            return Remake();
        }

        TOutput? Remake()
        {
            ServiceLog.ArtefactDamaged(_log, stage, damaged);
            return null;
        }
    }
}
