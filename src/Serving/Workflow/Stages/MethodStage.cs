using System.Globalization;
using FrozenSeg.Pipeline;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Large;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Pipeline.Methods.Tiles;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.Telemetry;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Workflow.Stages;

/// <summary>Runs one method on one picture, when the device is free.</summary>
internal sealed class MethodStage(string name, StageServices services, StoredDocuments documents, SemaphoreSlim gate)
    : IStage<MethodInput, MethodOutput>
{
    public string Name => name;

    // A smaller batch does not change the result.
    public ArtefactKey? ReceiptKey(MethodInput input) => ArtefactKey.Derive(
        "receipts",
        ".json",
        name,
        input.Method,
        input.SettingPrefix,
        string.Join(',', input.Tasks),
        input.Image.Key,
        input.Request.Key,
        services.Library.Fingerprint);

    public async Task<MethodOutput> RunAsync(
        MethodInput input, IProgress<double> progress, CancellationToken cancellation)
    {
        SegmentationRequest request = await documents.RequestAsync(input.Request, cancellation);
        (PixelImage? pixels, IRowSource? rows) = await documents.PictureAsync(input.Image, cancellation);
        using IRowSource? large = rows;
        IMethodBuilder builder = services.FindMethod(input.Method);
        SegmentationOrder order = documents.Order(request, input.Tasks, builder.Capabilities.NeedsWords);

        SegmentationOutcome outcome = await RunAsync(
            () =>
            {
                using ISegmentationMethod method = MethodFactory.Create(
                    builder, services.Library, Settings(builder, request, input));
                return pixels is not null
                    ? method.Segment(pixels, order, progress, cancellation)
                    : new TiledSegmentation(method, new TileOptions()).Segment(large!, order, progress, cancellation);
            },
            cancellation);
        // Named by its content: the same work done twice at once differs in its timings, and neither may replace the
        // other's.
        byte[] document = WorkflowJsonContext.Write(OutcomeDocument.From(outcome));
        ArtefactReference stored = await services.Store.PutAsync(
            ArtefactKey.OfContent("outcomes", document, ".json"), document, cancellation);
        return new MethodOutput(input.Method, stored, outcome.Segments.Count);
    }

    private async Task<SegmentationOutcome> RunAsync(Func<SegmentationOutcome> work, CancellationToken cancellation)
    {
        long start = services.Time.GetTimestamp();
        await gate.WaitAsync(cancellation);
        try
        {
            WorkflowTelemetry.Waited(name, services.Time.GetElapsedTime(start));
            return await Task.Run(work, cancellation);
        }
        finally
        {
            gate.Release();
        }
    }

    private static Dictionary<string, string> Settings(
        IMethodBuilder builder, SegmentationRequest request, MethodInput input)
    {
        Dictionary<string, string> settings = (request.Settings ?? new Dictionary<string, string>())
            .Where(setting => setting.Key.StartsWith(input.SettingPrefix, StringComparison.Ordinal))
            .ToDictionary(
                setting => setting.Key[input.SettingPrefix.Length..], setting => setting.Value, StringComparer.Ordinal);
        if (input.BatchHalvings > 0 && builder.BatchSetting is (string batch, int otherwise))
        {
            int whole = settings.TryGetValue(batch, out string? text)
                ? int.Parse(text, CultureInfo.InvariantCulture)
                : otherwise;
            settings[batch] = Math.Max(1, whole >> input.BatchHalvings).ToString(CultureInfo.InvariantCulture);
        }

        return settings;
    }
}
