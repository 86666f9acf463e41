using System.Text.Json;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Workflow.Stages;

/// <summary>Posts the end of a segmentation to the address the caller gave.</summary>
internal sealed class NotifyStage(StageServices services, StoredDocuments documents) : IStage<NotifyInput, Notified>
{
    public string Name => StageNames.Notify;

    public ArtefactKey? ReceiptKey(NotifyInput input) =>
        ArtefactKey.Derive(
            "receipts", ".json", Name, input.Id, input.Request.Key, input.Succeeded ? "succeeded" : "failed");

    public async Task<Notified> RunAsync(NotifyInput input, IProgress<double> progress, CancellationToken cancellation)
    {
        SegmentationRequest request = await documents.RequestAsync(input.Request, cancellation);
        if (services.Callbacks is null || request.Callback is null)
        {
            throw SegmentationProblem.InvalidRequest(
                "callback", "this service makes no callbacks", "Ask its operator to switch them on");
        }

        return new Notified(
            await services.Callbacks.SendAsync(request.Callback, input.Id, Message(input), cancellation));
    }

    private static byte[] Message(NotifyInput input)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("id", input.Id);
            json.WriteString("state", input.Succeeded ? "succeeded" : "failed");
            if (input.Succeeded)
                json.WriteNumber("segments", input.Segments);
            json.WriteStartArray("problems");
            foreach (SegmentationProblem problem in input.Problems)
                json.WriteStringValue(problem.Message);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
