using FrozenSeg.Serving.Prompting;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Workflow.Stages;

/// <summary>
/// Adds synonyms that a language model knows; without an answer the prompts stay and a warning is added.
/// </summary>
internal sealed class ExpandPromptsStage(StageServices services, StoredDocuments documents)
    : IStage<ExpandInput, ExpandedRequest>
{
    public string Name => StageNames.ExpandPrompts;

    public ArtefactKey? ReceiptKey(ExpandInput input) =>
        ArtefactKey.Derive("receipts", ".json", Name, services.Expander.Name, input.Request.Key, input.Image.Key);

    public async Task<ExpandedRequest> RunAsync(
        ExpandInput input, IProgress<double> progress, CancellationToken cancellation)
    {
        SegmentationRequest request = await documents.RequestAsync(input.Request, cancellation);
        if (request is not { Prompts: { } prompts, Expansion: { } expansion })
            return new ExpandedRequest(input.Request, []);
        byte[]? image = expansion.ShowImage ? await documents.BytesAsync(input.Image, cancellation) : null;
        PromptExpansion expanded = await services.Expander.ExpandAsync(prompts, expansion, image, cancellation);
        byte[] json = RequestJsonContext.Write(request with { Prompts = expanded.Prompts });
        ArtefactReference reference = await services.Store.PutAsync(
            ArtefactKey.OfContent("requests", json, ".json"), json, cancellation);
        return new ExpandedRequest(reference, expanded.Warnings);
    }
}
