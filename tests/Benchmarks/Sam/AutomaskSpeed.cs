using FrozenSeg.Pipeline.Families.Sam;
using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Testing;

namespace FrozenSeg.Benchmarks.Sam;

/// <summary>How fast is automatic mask generation around a decoder that costs little, on a real photograph?</summary>
internal sealed class AutomaskSpeed : IQuestion
{
    private const string Photograph = "truck_640x427.png";

    private ProcSam? _model;
    private PixelImage? _image;

    public string Name => "automask-procsam";

    public string Asks => "whole automask of truck with ProcSAM, 427×640";

    public double? WantedRatio => 5;

    public double? WantedMegabytes => null;

    public IReadOnlyList<string> Reference => ["procsam_automask.py", SharedFolder.Path("images", Photograph)];

    public void Prepare(int threads)
    {
        _model = new ProcSam(SyntheticSam.Sessions(threads));
        _image = ImageReader.CreateDefault().ReadFile(SharedFolder.Path("images", Photograph));
    }

    public void Run() => new AutomaticMaskGenerator(_model!, new AutomaticMaskOptions()).Generate(_image!);

    public void Dispose() => _model?.Dispose();
}
