using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Pipeline.Families.ClipAsRnn;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Recurrence;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Testing;

namespace FrozenSeg.Benchmarks.Car;

/// <summary>
/// How fast are the maps of 20 queries before 23 background phrases, affinity included, once the picture has been run?
/// </summary>
internal sealed class CamSpeed : IQuestion
{
    private const int Side = 500, Queries = 20;

    private ClipFile? _clip;
    private ActivationModel? _model;
    private ImageActivations? _image;
    private float[][] _queries = [];
    private float[][] _background = [];

    public string Name => "car-cam";

    public string Asks => "CAM and affinity, ViT-B/16, 500×500, 20 queries, after the picture's pass";

    public double? WantedRatio => 10;

    public double? WantedMegabytes => null;

    public IReadOnlyList<string> Reference => ["car_cam.py", $"{Queries}"];

    public void Prepare(int threads)
    {
        var sessions = new SessionFactory(
            new RuntimeOptions { Provider = ExecutionProviderChoice.Cpu, Threads = threads });
        _clip = ClipFile.Open("synthetic:ViT-B/16");
        _model = new ActivationModel(_clip.Configuration.Vision!, _clip.Weights, sessions);
        _image = _model.Encode(TestPicture.Make(Side, Side), new CarOptions().MaxPatches);
        _queries = Texts("query", Queries);
        _background = Texts("background", BackgroundQueries.Released.Count);
    }

    public void Run()
    {
        // Responses are kept by vector; new ones of the same values are computed anew.
        float[][] queries = Array.ConvertAll(_queries, text => (float[])text.Clone());
        new MaskProposalGenerator(
            _image!, Side, Side, _clip!.LogitScale, _background, new CarOptions(), isReferring: false)
            .Propose(queries, default);
    }

    public void Dispose()
    {
        _image?.Dispose();
        _model?.Dispose();
        _clip?.Dispose();
    }

    private float[][] Texts(string name, int count) => [.. Enumerable.Range(0, count).Select(i =>
    {
        float[] vector = SyntheticNumbers.Floats($"{name} {i}", _clip!.Configuration.Text.EmbeddingSize);
        float length = MathF.Sqrt(vector.Sum(value => value * value));
        return Array.ConvertAll(vector, value => value / length);
    })];
}
