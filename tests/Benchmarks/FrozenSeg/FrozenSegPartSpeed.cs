using FrozenSeg.Benchmarks.Sam;
using FrozenSeg.Pipeline.Families.FrozenBackbones;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Configuration;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Decoding;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Vocabularies;
using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Benchmarks.FrozenSeg;

/// <summary>How fast is one part of FrozenSeg, untrained weights?</summary>
/// <param name="part"><c>backbone</c>, <c>sam</c>, <c>pixels</c> or <c>decoder</c>.</param>
/// <param name="height">Rows the network sees; the reference knows 800×1088 alone.</param>
/// <param name="width">Columns the network sees.</param>
internal sealed class FrozenSegPartSpeed(string part, int height = 800, int width = 1088) : IQuestion
{
    private readonly List<IDisposable> _owned = [];
    private Action? _run;

    public string Name => IsPublishedSize ? $"frozenseg-{part}" : $"frozenseg-{part}-{height}x{width}";

    public string Asks => part switch
    {
        "backbone" => $"FrozenSeg: CLIP ConvNeXt-L trunk, {height}×{width}",
        "sam" => "FrozenSeg: SAM ViT-B encoder, 1024×1024",
        "pixels" => $"FrozenSeg: pixel decoder with SAM branch, {height}×{width}",
        _ => $"FrozenSeg: masked decoder, 250 queries, 133 classes, {height}×{width}",
    };

    public double? WantedRatio => null;

    public double? WantedMegabytes => null;

    public IReadOnlyList<string> Reference => IsPublishedSize ? ["frozenseg_part.py", part, "133"] : [$"self:{Name}"];

    private bool IsPublishedSize => (height, width) is (800, 1088);

    public void Prepare(int threads)
    {
        SessionFactory sessions = SyntheticSam.Sessions(threads);
        FrozenSegCheckpoint checkpoint = Own(
            FrozenSegCheckpoint.Open("synthetic:convnext_large", null, null, hasInjectors: true));
        FrozenSegConfiguration model = checkpoint.Configuration;
        _run = part switch
        {
            "backbone" => Backbone(sessions, checkpoint, model),
            "sam" => Sam(sessions, checkpoint, model),
            "pixels" => Pixels(sessions, checkpoint, model),
            _ => Decoder(sessions, checkpoint, model),
        };
    }

    public void Run() => _run!();

    public void Dispose()
    {
        _owned.Reverse();
        _owned.ForEach(item => item.Dispose());
    }

    private Action Backbone(SessionFactory sessions, FrozenSegCheckpoint checkpoint, FrozenSegConfiguration model)
    {
        ModelSession session = Own(
            sessions.Create(FrozenSegGraphs.Backbone(model.Backbone, checkpoint.Clip, sessions.Target).Build()));
        TensorBuffer<float> image = Numbers("image", 3, height, width);
        return () =>
        {
            using SessionInputs inputs = new SessionInputs().Add("image", image);
            session.Run(inputs).Dispose();
        };
    }

    private Action Sam(SessionFactory sessions, FrozenSegCheckpoint checkpoint, FrozenSegConfiguration model)
    {
        SamImageEncoder encoder = Own(new SamImageEncoder(model.Sam!, checkpoint.Sam!, sessions));
        TensorBuffer<float> image = Numbers("input", 3, 1024, 1024);
        return () => encoder.Encode(image, default).Dispose();
    }

    private Action Pixels(SessionFactory sessions, FrozenSegCheckpoint checkpoint, FrozenSegConfiguration model)
    {
        PixelDecoder decoder = Own(new PixelDecoder(model.PixelDecoder, checkpoint.Decoder, sessions));
        TensorBuffer<float>[] maps = [.. model.Backbone.Channels.Select(
            (channels, level) => Numbers($"res{level}", channels, height >> (level + 2), width >> (level + 2)))];
        TensorBuffer<float> sam = Numbers("sam", 256, 64, 64);
        return () => decoder.Decode(maps, sam, default).Dispose();
    }

    private Action Decoder(SessionFactory sessions, FrozenSegCheckpoint checkpoint, FrozenSegConfiguration model)
    {
        const int Classes = 133, Synonyms = 2;
        MaskedDecoder decoder = Own(new MaskedDecoder(model.Decoder, checkpoint.Decoder, sessions));
        var features = Own(new PixelFeatures(
            [.. Enumerable.Range(0, 3).Select(
                level => Numbers($"ms{level}", 256, height >> (5 - level), width >> (5 - level)))],
            Numbers("mask", 256, height >> 2, width >> 2),
            Numbers("sam_out", 256, 32, 32)));
        TensorBuffer<float> sam = Numbers("sam", 256, 64, 64);
        int rows = (Classes * Synonyms) + 1, embedding = model.Backbone.EmbeddingWidth;
        var classifier = new VocabularyClassifier(
            SyntheticNumbers.Floats("text", rows * embedding), [.. Enumerable.Repeat(Synonyms, Classes)]);
        return () =>
        {
            using QueryAnswers proposals = decoder.Decode(features, sam, default);
            classifier.Logits(proposals.ClassVectors.Span, 0);
        };
    }

    private TensorBuffer<float> Numbers(string name, int channels, int rows, int columns) =>
        Own(TensorBuffer<float>.From(
            SyntheticNumbers.Floats(name, (long)channels * rows * columns), 1, channels, rows, columns));

    private T Own<T>(T item)
        where T : IDisposable
    {
        _owned.Add(item);
        return item;
    }
}
