using FrozenSeg.Benchmarks.Sam;
using FrozenSeg.Pipeline.Families.FrozenBackbones;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Configuration;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Decoding;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Scores;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Vocabularies;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Testing;

namespace FrozenSeg.Benchmarks.FrozenSeg;

/// <summary>
/// What does a picture cost with so many classes, their text classifier at hand? From the pixels to a panoptic and a
/// semantic answer, untrained weights.
/// </summary>
/// <param name="classes">Number of classes, two synonyms each.</param>
internal sealed class WholePicture(int classes) : IQuestion
{
    private const int Height = 800, Width = 1088, Synonyms = 2, FewClasses = 133;

    private static readonly SegmentationTask[] Tasks = [SegmentationTask.Panoptic, SegmentationTask.Semantic];

    private readonly bool[] _seen = new bool[classes];
    private readonly bool[] _things = new bool[classes];
    private FrozenSegModel? _model;
    private VocabularyClassifier? _classifier;
    private PixelImage? _image;

    public string Name => $"frozenseg-{classes}";

    public string Asks =>
        $"FrozenSeg: a whole picture, {Height}×{Width}, {classes} classes; less than 10 % more than {FewClasses}?";

    public double? WantedRatio => classes > FewClasses ? 1 / 1.1 : null;

    public double? WantedMegabytes => 3000;

    public IReadOnlyList<string> Reference => [$"self:frozenseg-{FewClasses}"];

    public void Prepare(int threads)
    {
        _model = new FrozenSegModel(
            FrozenSegCheckpoint.Open("synthetic:convnext_large", null, null, hasInjectors: true),
            SyntheticSam.Sessions(threads));
        int rows = (classes * Synonyms) + 1, width = _model.Configuration.Backbone.EmbeddingWidth;
        _classifier = new VocabularyClassifier(
            SyntheticNumbers.Floats("text", (long)rows * width), [.. Enumerable.Repeat(Synonyms, classes)]);
        _image = TestPicture.Make(Height, Width);
    }

    public void Run()
    {
        using EncoderInputs picture = FrozenSegModel.Prepare(_image!, _model!.Configuration.Input);
        IReadOnlyList<TensorBuffer<float>> backbone = _model.EncodeClip(picture, default);
        using TensorBuffer<float>? sam = _model.EncodeSam(picture, default);
        using PixelFeatures pixels = _model.DecodePixels(backbone, sam, default);
        using QueryAnswers proposals = _model.DecodeMasks(pixels, sam, default);
        using TensorBuffer<float> vectors = _model.EmbedMasks(backbone[^1], proposals.Masks, default);
        float[] logits = new GeometricEnsemble(_model.Configuration.Options.Alpha, _model.Configuration.Options.Beta)
            .Combine(
                _classifier!.Logits(proposals.ClassVectors.Span, _model.DecoderScale),
                _classifier.Logits(vectors.Span, _model.ClipScale),
                _seen);
        var request = new AnswerRequest(
            proposals.Masks, logits, _seen, _things, picture.Frame(proposals.Masks.Shape), Sam: null);
        new AnswerBuilder(_model.Configuration.Options, _model.ThreadCount).Build(request, Tasks, default);
        foreach (TensorBuffer<float> level in backbone)
            level.Dispose();
    }

    public void Dispose() => _model?.Dispose();
}
