using System.Text.Json;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Serving.Workflow;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.InProcess;
using FrozenSeg.Serving.Workflow.Stages;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;
using FrozenSeg.Testing;

namespace FrozenSeg.Serving.Tests.Workflow.Stages;

/// <summary>A store in a temporary folder, and what one stage needs in it.</summary>
internal sealed class StageBench : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public StageBench()
    {
        Store = new FolderArtefactStore(_folder.Root, Disk.Unflushed);
        Services = new StageServices { Store = Store, Library = SharedNetworks.ProcSam };
    }

    public FolderArtefactStore Store { get; }

    public StageServices Services { get; set; }

    public StoredDocuments Documents => new(Services);

    public static IProgress<double> Progress { get; } = new Progress<double>();

    public Task<ArtefactReference> PutAsync(SegmentationRequest request)
    {
        byte[] json = RequestJsonContext.Write(request);
        return Store.PutAsync(ArtefactKey.OfContent("requests", json, ".json"), json, default);
    }

    public Task<ArtefactReference> PutAsync(byte[] picture) =>
        Store.PutAsync(ArtefactKey.OfContent("images", picture, ""), picture, default);

    public async Task<MethodOutput> PutAsync(string method, SegmentationOutcome outcome)
    {
        byte[] json = WorkflowJsonContext.Write(OutcomeDocument.From(outcome));
        return new MethodOutput(
            method,
            await Store.PutAsync(ArtefactKey.OfContent("outcomes", json, ".json"), json, default),
            outcome.Segments.Count);
    }

    public async Task<JsonElement> JsonAsync(ArtefactReference document) =>
        JsonDocument.Parse(await StoredContent.ReadAsync(Store, document, default)).RootElement;

    /// <summary>One segment of each category in a picture of 32 rows of 40 pixels.</summary>
    public static SegmentationOutcome Outcome(params (int Category, double Score)[] segments) => new()
    {
        Segments = [.. segments.Select((segment, i) => Segment(i + 1, segment.Category, segment.Score))],
        Models = [],
        Settings = new Dictionary<string, string>(),
        Timings = [new StageTiming("car", 2), new StageTiming("encode", 1)],
        Warnings = ["from the method"],
    };

    public void Dispose() => _folder.Dispose();

    private static ResultSegment Segment(int id, int category, double score)
    {
        var map = new LabelMap(32, 40);
        map[id, 0] = 1;
        return ResultSegment.Of(
            id,
            RunLengthEncoding.FromMask(map.MaskOf(1)),
            category,
            $"class {category}",
            null,
            score,
            true,
            SegmentSource.Proposal);
    }
}
