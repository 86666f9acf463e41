using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Testing;

namespace FrozenSeg.Benchmarks.Sam;

/// <summary>How much memory does a default automask take with MobileSAM's network, everything included?</summary>
internal sealed class AutomaskMemory : IQuestion
{
    private SamModel? _model;
    private PixelImage? _image;

    public string Name => "automask-vit_t";

    public string Asks => "whole automask, ViT-T, 427×640";

    public double? WantedRatio => null;

    public double? WantedMegabytes => 1200;

    public IReadOnlyList<string> Reference => ["sam_automask.py"];

    public void Prepare(int threads)
    {
        _model = SyntheticSam.Load("vit_t", threads);
        _image = TestPicture.Make(427, 640);
    }

    public void Run() => new AutomaticMaskGenerator(_model!, new AutomaticMaskOptions()).Generate(_image!);

    public void Dispose() => _model?.Dispose();
}
