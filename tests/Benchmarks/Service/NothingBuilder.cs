using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Pipeline.Methods.Settings;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Benchmarks.Service;

/// <summary>A method that finds nothing in no time.</summary>
internal sealed class NothingBuilder : IMethodBuilder
{
    public MethodCapabilities Capabilities { get; } = new(
        AutomaskMethod.MethodName, [SegmentationTask.Masks], NeedsWords: false);

    public IReadOnlyList<SettingDeclaration> Settings => [];

    public (string Name, int Default)? BatchSetting => null;

    public IEnumerable<SegmentationProblem> Problems(MethodSettings settings) => [];

    public ISegmentationMethod Create(ModelLibrary library, MethodSettings settings) => new Nothing();

    private sealed class Nothing : ISegmentationMethod
    {
        public string Name => AutomaskMethod.MethodName;

        public SegmentationOutcome Segment(
            PixelImage image, SegmentationOrder order, IProgress<double>? progress, CancellationToken cancellation) =>
            new()
            {
                Segments = [],
                Models = [],
                Settings = new Dictionary<string, string>(),
                Timings = [],
            };

        public void Dispose()
        {
        }
    }
}
