using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Benchmarks.Sam;

/// <summary>How fast is an image encoder on one 1024×1024 input?</summary>
internal sealed class ImageEncoderSpeed(string size, double wantedRatio) : IQuestion
{
    private SamModel? _model;
    private TensorBuffer<float>? _input;

    public string Name => $"encoder-{size}";

    public string Asks => $"SAM {size} image encoder, one picture";

    public double? WantedRatio => wantedRatio;

    public double? WantedMegabytes => null;

    public IReadOnlyList<string> Reference => ["sam_encoder.py", size];

    public void Prepare(int threads)
    {
        _model = SyntheticSam.Load(size, threads);
        _input = TensorBuffer<float>.From(SyntheticNumbers.Floats("input", 3 * 1024 * 1024, 2), 1, 3, 1024, 1024);
    }

    public void Run() => _model!.Encode(_input!, new ResizeTransform(1024, 1024, 1024, 1024), default).Dispose();

    public void Dispose()
    {
        _model?.Dispose();
        _input?.Dispose();
    }
}
