using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Testing;

namespace FrozenSeg.Benchmarks.Sam;

/// <summary>The photograph and the weights of the questions about real work.</summary>
internal static class Photograph
{
    /// <summary>MobileSAM's own weights.</summary>
    public static readonly string Weights = SharedFolder.Path("weights", "mobile_sam.pth");

    /// <summary>A photograph of 480×640.</summary>
    public static readonly string File = SharedFolder.Path("golden", "photos", "000000005001.png");

    /// <summary>Loads the network.</summary>
    public static SamModel LoadModel(int threads) =>
        (SamModel)PromptableModels.Load(Weights, SyntheticSam.Sessions(threads));

    /// <summary>Reads the photograph.</summary>
    public static PixelImage Read() => ImageReader.CreateDefault().ReadFile(File);
}
