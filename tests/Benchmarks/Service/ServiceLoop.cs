using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Serving.Fetching;
using FrozenSeg.Serving.Workflow.Documents;
using FrozenSeg.Serving.Workflow.InProcess;
using FrozenSeg.Serving.Workflow.Intake;
using FrozenSeg.Serving.Workflow.Stages;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Testing;

namespace FrozenSeg.Benchmarks.Service;

/// <summary>The same work through the workflow, with all its guarantees, one picture after the other.</summary>
/// <param name="name">Name of the question.</param>
/// <param name="reference">The plain loop to compare with.</param>
/// <param name="work">The pictures and what to do with them.</param>
internal sealed class ServiceLoop(string name, string reference, ServiceWork work) : IQuestion
{
    private TemporaryFolder? _folder;
    private ModelLibrary? _library;
    private StageSet? _stages;
    private InProcessRunner? _runner;
    private SegmentationIntake? _intake;
    private int _round;

    public string Name => name;

    public string Asks => $"{work.Count} pictures, {work.Does}, through the workflow: overhead under "
        + $"{(work == ServiceWork.Nothing ? "15 ms" : "3 %")}?";

    // Ours over theirs: 1 / 1.03. Where nothing is done, the milliseconds count.
    public double? WantedRatio => work == ServiceWork.Nothing ? null : 0.97;

    public int? Pictures => work.Count;

    public double? WantedMegabytes => null;

    public int WarmUps => ServiceWork.WarmUps;

    public IReadOnlyList<string> Reference => [$"self:{reference}"];

    public void Prepare(int threads)
    {
        _folder = new TemporaryFolder();
        _library = ServiceWork.Networks(threads);
        var store = new FolderArtefactStore(_folder.Path("artefacts"));
        _stages = new StageSet(new StageServices { Store = store, Library = _library, FindMethod = _ => work.Method });
        _runner = new InProcessRunner(new InProcessOptions { Folder = _folder.Root }, _stages, TimeProvider.System);
        _intake = new SegmentationIntake(new RequestValidator(ServiceRules.Create([], ModelSelection.Default)), store);
    }

    public void Run()
    {
        var request = new SegmentationRequest { Method = AutomaskMethod.MethodName, Settings = work.Settings };
        foreach ((string picture, byte[] content) in work.Pictures(_round++))
            RunAsync(request, new FetchedPicture(picture, content)).GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        _runner?.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _stages?.Dispose();
        _library?.Dispose();
        _folder?.Dispose();
    }

    private async Task RunAsync(SegmentationRequest request, FetchedPicture picture)
    {
        SegmentationJob job = await _intake!.AcceptAsync(picture.Name, request, picture, default);
        await _runner!.StartAsync(job, default);
        SegmentationStatus status = (await _runner.WaitAsync(job.Id, Timeout.InfiniteTimeSpan, default))!;
        if (status.State is not SegmentationState.Succeeded)
            throw new InvalidOperationException(string.Join(' ', status.Problems));
    }
}
