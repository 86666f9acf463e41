using System.Collections.Concurrent;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Pipeline.Methods.Settings;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Serving.Tests.Workflow;

/// <summary>
/// A method without networks: it finds nothing, as soon as its door is open, and remembers what it was asked.
/// </summary>
internal sealed class ScriptedMethod : IMethodBuilder, ISegmentationMethod
{
    private readonly ConcurrentQueue<IReadOnlyDictionary<string, string>> _settings = new();
    private readonly ConcurrentQueue<SegmentationOrder> _orders = new();

    public string Name => Capabilities.Name;

    public MethodCapabilities Capabilities { get; init; } = new(
        "automask", [SegmentationTask.Masks], NeedsWords: false);

    public IReadOnlyList<SettingDeclaration> Settings => [];

    public (string Name, int Default)? BatchSetting { get; init; } = ("points_per_batch", 64);

    /// <summary>Closed, it holds whatever runs.</summary>
    public ManualResetEventSlim Door { get; } = new(initialState: true);

    /// <summary>The settings of each run, in order.</summary>
    public IReadOnlyCollection<IReadOnlyDictionary<string, string>> Given => _settings;

    /// <summary>What each run was asked for, in order.</summary>
    public IReadOnlyCollection<SegmentationOrder> Orders => _orders;

    public IEnumerable<SegmentationProblem> Problems(MethodSettings settings) => [];

    public ISegmentationMethod Create(ModelLibrary library, MethodSettings settings)
    {
        _settings.Enqueue(settings.Values);
        return this;
    }

    public SegmentationOutcome Segment(
        PixelImage image, SegmentationOrder order, IProgress<double>? progress, CancellationToken cancellation)
    {
        _orders.Enqueue(order);
        Door.Wait(cancellation);
        return new SegmentationOutcome
        {
            Segments = [],
            Models = [],
            Settings = new Dictionary<string, string>(),
            Timings = [],
        };
    }

    // Runs share it: it goes with the test.
    public void Dispose()
    {
    }
}
