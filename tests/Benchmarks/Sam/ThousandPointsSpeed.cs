using FrozenSeg.Pipeline.Imaging;
using FrozenSeg.Pipeline.Sam;
using FrozenSeg.Pipeline.Sam.Automask;
using FrozenSeg.Testing;

namespace FrozenSeg.Benchmarks.Sam;

/// <summary>How fast are 1024 points decoded, from the encoded picture to filtered, run-length encoded masks?</summary>
internal sealed class ThousandPointsSpeed : IQuestion
{
    private static readonly AutomaticMaskOptions Defaults = new();

    private SamModel? _model;
    private ImageEmbedding? _embedding;
    private PixelImage? _image;

    public string Name => "points-vit_t";

    public string Asks => "1024 points, ViT-T decoder, 427×640";

    public double? WantedRatio => 10;

    public double? WantedMegabytes => null;

    public IReadOnlyList<string> Reference => ["sam_points.py"];

    public void Prepare(int threads)
    {
        _model = SyntheticSam.Load("vit_t", threads);
        _image = TestPicture.Make(427, 640);
        _embedding = _model.Encode(_image, default);
    }

    public void Run() => new AutomaticMaskGenerator(new EncodedOnce(_model!, _embedding!), Defaults).Generate(_image!);

    public void Dispose()
    {
        _embedding?.Dispose();
        _model?.Dispose();
    }
}
