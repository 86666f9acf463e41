using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Imaging;

namespace FrozenSeg.Benchmarks.Sam;

/// <summary>
/// How long does a photograph take with MobileSAM's own weights? About half the prompts keep a mask, which untrained
/// weights never do.
/// </summary>
internal sealed class PhotographSpeed(PhotographWork work) : IQuestion
{
    private SamModel? _model;
    private ImageEmbedding? _embedding;
    private PixelImage? _image;

    public string Name => $"{work.ToString().ToLowerInvariant()}-photograph";

    public string Asks => work switch
    {
        PhotographWork.Encoder => "encoder",
        PhotographWork.Points => "1024 points, after the encoder",
        _ => "whole automask",
    } + ", MobileSAM's weights, a photograph of 480×640";

    public double? WantedRatio => work is PhotographWork.Points ? 10 : null;

    public double? WantedMegabytes => work is PhotographWork.Encoder ? 400 : 500;

    public IReadOnlyList<string> Reference =>
        ["sam_photograph.py", work.ToString(), Photograph.Weights, Photograph.File];

    public void Prepare(int threads)
    {
        _model = Photograph.LoadModel(threads);
        _image = Photograph.Read();
        if (work is PhotographWork.Points)
            _embedding = _model.Encode(_image, default);
    }

    public void Run()
    {
        if (work is PhotographWork.Encoder)
        {
            _model!.Encode(_image!, default).Dispose();
            return;
        }

        IPromptableModel model = work is PhotographWork.Points ? new EncodedOnce(_model!, _embedding!) : _model!;
        new AutomaticMaskGenerator(model, new AutomaticMaskOptions()).Generate(_image!);
    }

    public void Dispose()
    {
        _embedding?.Dispose();
        _model?.Dispose();
    }
}
