using FrozenSeg.Functions.Orchestrations;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Intake;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Functions.Triggers;

/// <summary>Takes in what nobody waits for: uploads and messages. What is refused must still end somewhere.</summary>
/// <param name="intake">Accepts requests.</param>
/// <param name="store">Where artefacts lie.</param>
/// <param name="rules">What the service accepts.</param>
internal sealed class JobIntake(SegmentationIntake intake, IArtefactStore store, RequestRules rules)
{
    /// <summary>Whether a refusal is final: trying again may help when storage did not answer.</summary>
    public static bool IsFinal(SegmentationProblemException refusal) =>
        refusal.Problems.All(problem => problem.Kind is not (ProblemKind.Storage or ProblemKind.Unavailable));

    /// <summary>The job of a request.</summary>
    /// <exception cref="SegmentationProblemException">The request is wrong, or cannot be stored.</exception>
    public Task<SegmentationJob> AcceptAsync(string id, SegmentationRequest request, CancellationToken cancellation) =>
        intake.AcceptAsync(id, request, cancellation);

    /// <summary>The start of a request that was refused: it can only fail.</summary>
    /// <param name="id">Id of the segmentation.</param>
    /// <param name="request">As far as it could be read.</param>
    /// <param name="rejections">Why it was refused.</param>
    /// <param name="cancellation">Stops the work.</param>
    public async Task<SegmentationStart> RejectAsync(
        string id,
        SegmentationRequest request,
        IReadOnlyList<SegmentationProblem> rejections,
        CancellationToken cancellation)
    {
        SegmentationRequest named = request with { Method = request.Method ?? rules.Methods[0].Name };
        byte[] json = RequestJsonContext.Write(named);
        ArtefactReference stored = await store.PutAsync(
            ArtefactKey.OfContent("requests", json, ".json"), json, cancellation);
        return new SegmentationStart(
            new SegmentationJob(id, stored, named.Method!, Expands: false, Notifies: false), rejections);
    }
}
