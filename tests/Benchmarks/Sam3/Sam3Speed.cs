using FrozenSeg.Benchmarks.Sam;
using FrozenSeg.Pipeline.Families.Sam3;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Testing;

namespace FrozenSeg.Benchmarks.Sam3;

/// <summary>What does SAM 3 cost at its true size, untrained weights?</summary>
/// <param name="work">
/// <c>picture</c>, what is done once for it; <c>phrase</c>, one that is found in a picture that was seen, with ten
/// masks; <c>absent</c>, one that is not found.
/// </param>
internal sealed class Sam3Speed(string work) : IQuestion
{
    // Of the 200 queries; the published program makes all their masks.
    private const int KeptCount = 10;

    // Token numbers of "yellow school bus" between its marks.
    private static readonly int[] Phrase = [49406, 4481, 1228, 2840, 49407];

    private readonly FeatureCache _features = new(0);
    private Sam3Network? _network;
    private PixelImage? _image;
    private Sam3Picture? _seen;

    public string Name => $"sam3-{work}";

    public string Asks => work switch
    {
        "picture" => "SAM 3: one picture, 1008×1008",
        "phrase" => $"SAM 3: one phrase more on it, {KeptCount} masks",
        _ => "SAM 3: one phrase more that is not in it",
    };

    public double? WantedRatio => null;

    public double? WantedMegabytes => 6000;

    public IReadOnlyList<string> Reference => ["sam3_part.py", work, .. Phrase.Select(id => $"{id}")];

    public void Prepare(int threads)
    {
        _network = new Sam3Network(Sam3Models.Synthetic, null, SyntheticSam.Sessions(threads), _features);
        Sam3Configuration model = _network.Configuration;
        int grid = model.Grid, width = model.Width;
        _image = TestPicture.Make(model.ImageSize, model.ImageSize);
        _seen = new Sam3Picture(
            Numbers("level0", 1, width, 4 * grid, 4 * grid),
            Numbers("level1", 1, width, 2 * grid, 2 * grid),
            Numbers("level2", grid * grid, width),
            Numbers("looked", grid * grid, width),
            Numbers("cls", 1, width));
        _network.Concepts.EncodeText(Phrase, default);
    }

    public void Run()
    {
        Sam3Model concepts = _network!.Concepts;
        if (work == "picture")
        {
            using TensorBuffer<float> tokens = _network.Vision.Encode(_image!, default);
            concepts.Prepare(tokens, default).Dispose();
            return;
        }

        float[] prompt = [.. concepts.EncodeText(Phrase, default), .. concepts.EncodeExemplars(_seen!, [], default)];
        using Sam3Detection detection = concepts.Detect(_seen!, prompt, default);
        if (work == "phrase")
            concepts.Decode(_seen!, detection, [.. Enumerable.Range(0, KeptCount)], default).Dispose();
    }

    public void Dispose()
    {
        _network?.Dispose();
        _seen?.Dispose();
        _features.Dispose();
    }

    private static TensorBuffer<float> Numbers(string name, params int[] shape)
    {
        long count = shape.Aggregate(1L, (product, side) => product * side);
        return TensorBuffer<float>.From(SyntheticNumbers.Floats(name, count), shape);
    }
}
