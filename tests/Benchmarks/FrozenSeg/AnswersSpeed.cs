using FrozenSeg.Pipeline.Families.FrozenBackbones.Configuration;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Pixels;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Benchmarks.FrozenSeg;

/// <summary>
/// Do the three answers of a Mapillary-sized picture, 65 classes, take less time than the decoder before them?
/// </summary>
internal sealed class AnswersSpeed : IQuestion
{
    public const int Height = 1024, Width = 2048;

    private const int Classes = 65, Things = 37, MaskStride = 4;

    private static readonly SegmentationTask[] Tasks =
        [SegmentationTask.Panoptic, SegmentationTask.Semantic, SegmentationTask.Instance];

    private AnswerRequest? _request;
    private AnswerBuilder? _builder;

    public string Name => "frozenseg-answers";

    public string Asks => $"FrozenSeg: panoptic, semantic and instance answers, {Height}×{Width}, 250 queries, "
        + $"{Classes} classes; less than the decoder?";

    public double? WantedRatio => 1;

    public double? WantedMegabytes => null;

    public IReadOnlyList<string> Reference => [$"self:frozenseg-decoder-{Height}x{Width}"];

    public void Prepare(int threads)
    {
        const int Rows = Height / MaskStride, Columns = Width / MaskStride;
        _builder = new AnswerBuilder(new FrozenSegOptions(), threads);
        _request = new AnswerRequest(
            SyntheticProposals.Masks(Rows, Columns),
            SyntheticProposals.Classes(Classes),
            new bool[Classes],
            [.. Enumerable.Range(0, Classes).Select(label => label < Things)],
            new InferenceFrame(Rows, Columns, Height, Width, Height, Width, Height, Width),
            Sam: null);
    }

    public void Run() => _builder!.Build(_request!, Tasks, default);

    public void Dispose() => _request?.Masks.Dispose();
}
