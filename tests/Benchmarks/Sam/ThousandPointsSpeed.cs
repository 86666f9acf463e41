using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Testing;

namespace FrozenSeg.Benchmarks.Sam;

/// <summary>
/// How fast are 1024 points decoded, from the encoded picture to filtered, run-length encoded masks? Untrained weights
/// predict low IoUs, so the default filter drops every mask early: the best case. With the filter off all 3072 masks
/// are upscaled and their stability measured: the worst. Trained weights lie between.
/// </summary>
/// <param name="everyMask">Whether the filter by predicted IoU is off.</param>
internal sealed class ThousandPointsSpeed(bool everyMask) : IQuestion
{
    private readonly AutomaticMaskOptions _options =
        everyMask ? new AutomaticMaskOptions { PredictedIoUThreshold = 0 } : new AutomaticMaskOptions();

    private SamModel? _model;
    private ImageEmbedding? _embedding;
    private PixelImage? _image;

    public string Name => everyMask ? "points-vit_t-all" : "points-vit_t";

    public string Asks =>
        "1024 points, ViT-T decoder, 427×640, " + (everyMask ? "all masks upscaled" : "default filter");

    public double? WantedRatio => 10;

    public double? WantedMegabytes => null;

    public IReadOnlyList<string> Reference => ["sam_points.py", everyMask ? "0" : "0.88"];

    public void Prepare(int threads)
    {
        _model = SyntheticSam.Load("vit_t", threads);
        _image = TestPicture.Make(427, 640);
        _embedding = _model.Encode(_image, default);
    }

    public void Run() => new AutomaticMaskGenerator(new EncodedOnce(_model!, _embedding!), _options).Generate(_image!);

    public void Dispose()
    {
        _embedding?.Dispose();
        _model?.Dispose();
    }
}
