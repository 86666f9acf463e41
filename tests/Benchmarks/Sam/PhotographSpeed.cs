using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Testing;

namespace FrozenSeg.Benchmarks.Sam;

/// <summary>
/// How fast are 1024 points of a photograph decoded with MobileSAM's own weights? About half the prompts keep a mask,
/// which untrained weights never do.
/// </summary>
internal sealed class PhotographSpeed : IQuestion
{
    private static readonly string Weights = SharedFolder.Path("weights", "mobile_sam.pth");
    private static readonly string Photograph = SharedFolder.Path("golden", "photos", "000000005001.png");

    private SamModel? _model;
    private ImageEmbedding? _embedding;
    private PixelImage? _image;

    public string Name => "points-photograph";

    public string Asks => "1024 points, MobileSAM's weights, a photograph of 480×640";

    public double? WantedRatio => 10;

    public double? WantedMegabytes => 500;

    public IReadOnlyList<string> Reference => ["sam_photograph.py", Weights, Photograph];

    public void Prepare(int threads)
    {
        _model = (SamModel)PromptableModels.Load(Weights, SyntheticSam.Sessions(threads));
        _image = ImageReader.CreateDefault().ReadFile(Photograph);
        _embedding = _model.Encode(_image, default);
    }

    public void Run() =>
        new AutomaticMaskGenerator(new EncodedOnce(_model!, _embedding!), new AutomaticMaskOptions()).Generate(_image!);

    public void Dispose()
    {
        _embedding?.Dispose();
        _model?.Dispose();
    }
}
