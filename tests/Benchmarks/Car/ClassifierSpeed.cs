using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Benchmarks.Car;

/// <summary>
/// How fast does the classifier look at prompted pictures? Four of them; the work grows with their number.
/// </summary>
internal sealed class ClassifierSpeed : IQuestion
{
    private const int Pictures = 4, Side = 224;

    private ClipFile? _clip;
    private ClipImageEncoder? _encoder;
    private TensorBuffer<float>? _input;

    public string Name => "car-classifier";

    public string Asks => "ViT-L/14 over 4 prompted pictures, 23 blocks (the released code looks 15 times, here once)";

    public double? WantedRatio => 3;

    public double? WantedMegabytes => null;

    public IReadOnlyList<string> Reference => ["car_classifier.py", $"{Pictures}"];

    public void Prepare(int threads)
    {
        var sessions = new SessionFactory(
            new RuntimeOptions { Provider = ExecutionProviderChoice.Cpu, Threads = threads });
        _clip = ClipFile.Open("synthetic:ViT-L/14");
        _encoder = new ClipImageEncoder(
            _clip.Configuration.Vision!, _clip.Weights, sessions, skipLastBlock: true, roundPositions: true);
        _input = TensorBuffer<float>.From(
            SyntheticNumbers.Floats("input", Pictures * 3 * Side * Side, 2), Pictures, 3, Side, Side);
    }

    public void Run() => _encoder!.Encode(_input!);

    public void Dispose()
    {
        _input?.Dispose();
        _encoder?.Dispose();
        _clip?.Dispose();
    }
}
