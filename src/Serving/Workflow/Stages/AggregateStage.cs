using FrozenSeg.Pipeline.Families.ClipAsRnn;
using FrozenSeg.Pipeline.Families.Fusion;
using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Workflow.Stages;

/// <summary>
/// One answer from what the methods found: joined if there are several, with the caller's ids and thresholds.
/// </summary>
internal sealed class AggregateStage(StageServices services, StoredDocuments documents)
    : IStage<AggregateInput, MethodOutput>
{
    public string Name => StageNames.Aggregate;

    public ArtefactKey? ReceiptKey(AggregateInput input) => ArtefactKey.Derive(
        "receipts", ".json", [Name, input.Request.Key, .. input.Outcomes.Select(outcome => outcome.Outcome.Key)]);

    public async Task<MethodOutput> RunAsync(
        AggregateInput input, IProgress<double> progress, CancellationToken cancellation)
    {
        SegmentationRequest request = await documents.RequestAsync(input.Request, cancellation);
        if (input.Outcomes.Count == 1 && request.Prompts is not { Count: > 0 })
            return input.Outcomes[0];

        SegmentationOutcome answer = input.Outcomes.Count == 1
            ? await documents.OutcomeAsync(input.Outcomes[0].Outcome, cancellation)
            : await FuseAsync(request, input.Outcomes, cancellation);
        if (request.Prompts is { Count: > 0 } prompts)
            answer = PromptAnswers.Apply(answer, prompts);
        byte[] document = WorkflowJsonContext.Write(OutcomeDocument.From(answer));
        ArtefactReference stored = await services.Store.PutAsync(
            ArtefactKey.OfContent("answers", document, ".json"), document, cancellation);
        return new MethodOutput(request.Method!, stored, answer.Segments.Count);
    }

    private async Task<SegmentationOutcome> FuseAsync(
        SegmentationRequest request, IReadOnlyList<MethodOutput> outcomes, CancellationToken cancellation)
    {
        var parts = new Dictionary<string, SegmentationOutcome>(StringComparer.Ordinal);
        foreach (MethodOutput output in outcomes)
            parts[output.Method] = await documents.OutcomeAsync(output.Outcome, cancellation);
        FusionOptions options = FusionOptions.Read(
            new MethodSettings(request.Settings ?? new Dictionary<string, string>()));
        SegmentationOrder order = documents.Order(request, [], needsWords: true);
        return new SegmentFusion(options).Fuse(
            parts[ProposalsMethod.MethodName], parts[CarMethod.MethodName], parts[AutomaskMethod.MethodName], order);
    }
}
