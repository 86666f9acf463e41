using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Large;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Serving.Workflow.Stages;

/// <summary>Writes the files a user keeps; <c>result.json</c> last.</summary>
internal sealed class PublishStage(StageServices services, StoredDocuments documents)
    : IStage<PublishInput, PublishedFiles>
{
    public string Name => StageNames.Publish;

    // The timings change from run to run; the result does not.
    public ArtefactKey? ReceiptKey(PublishInput input) => ArtefactKey.Derive(
        "receipts", ".json", Name, input.Id, input.Request.Key, input.Picture.Image.Key, input.Answer.Outcome.Key);

    public async Task<PublishedFiles> RunAsync(
        PublishInput input, IProgress<double> progress, CancellationToken cancellation)
    {
        SegmentationRequest request = await documents.RequestAsync(input.Request, cancellation);
        SegmentationOutcome outcome = Complete(await documents.OutcomeAsync(input.Answer.Outcome, cancellation), input);
        SegmentationOrder order = documents.Order(
            request, [], request.Prompts is not null || request.Vocabulary is not null);
        (PixelImage? pixels, IRowSource? rows) = await documents.PictureAsync(input.Picture.Image, cancellation);
        rows?.Dispose();
        SegmentationResult document = ResultWriter.Document(
            input.Picture.Description,
            request.Method!,
            order,
            Words(request),
            outcome,
            pixels is null ? [] : request.Outputs);

        var files = new Dictionary<string, ArtefactReference>(StringComparer.Ordinal);
        foreach ((string name, byte[] content) in ResultWriter.Files(pixels, document, outcome))
        {
            files[name] = await services.Store.PutAsync(
                ArtefactKey.Parse($"results/{input.Id}/{name}"), content, cancellation);
        }

        return new PublishedFiles(files, document.Segments.Count) { Warnings = document.Warnings };
    }

    private static SegmentationOutcome Complete(SegmentationOutcome outcome, PublishInput input) => outcome with
    {
        Timings =
        [
            .. input.Timings,
            .. outcome.Timings.Where(inner => inner.Stage != input.Answer.Method)
                .Select(inner => inner with { Stage = $"{input.Answer.Method}.{inner.Stage}" }),
        ],
        Warnings = [.. input.Warnings, .. outcome.Warnings],
    };

    // The form that vocabularies are written in by hand.
    private static string? Words(SegmentationRequest request) => request.Prompts is not { Count: > 0 } prompts
        ? null
        : string.Join("; ", prompts.Select(prompt => string.Join(", ", [prompt.Text, .. prompt.Synonyms])));
}
