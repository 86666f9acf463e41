using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Pipeline.Families.Clip.Backbones;
using FrozenSeg.Pipeline.Families.FrozenBackbones;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Configuration;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Networks;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Testing;

/// <summary>A whole FrozenSeg of a few thousand synthetic weights, for tests of what surrounds the networks.</summary>
public static class TinyFrozenSeg
{
    /// <summary>Sizes: a stem of 2, so that pictures are padded to a multiple of 16.</summary>
    internal static FrozenSegConfiguration Configuration { get; } = new()
    {
        Name = "tiny",
        Backbone = new ConvNextConfiguration
        {
            StemStride = 2,
            Widths = [8, 16, 24, 32],
            Depths = [1, 1, 1, 1],
            ProjectionWidth = 32,
            EmbeddingWidth = 16,
        },
        Text = new ClipTextConfiguration { Width = 64, Layers = 1, Heads = 1, Vocabulary = 514, EmbeddingSize = 16 },
        PixelDecoder = new PixelDecoderConfiguration
        {
            InputChannels = [8, 16, 24, 32],
            Width = 32,
            FeedForwardWidth = 32,
            Layers = 2,
            SamLayers = 1,
            SamChannels = 32,
        },
        Decoder = new MaskedDecoderConfiguration
        {
            EmbeddingWidth = 16,
            Width = 32,
            Queries = 12,
            Layers = 4,
            FeedForwardWidth = 32,
        },
        Sam = TinySam.Configuration,
    };

    /// <summary>What no shape of the tiny model tells.</summary>
    public static IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>
    {
        ["name"] = "tiny",
        ["input.min_size"] = "64",
        ["input.max_size"] = "128",
        ["sam.decoder_heads"] = "4",
        ["training.vocabulary"] = "cat; sky (stuff)",
    };

    /// <summary>Writes the weights into a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="configuration">Sizes; null for the tiny ones.</param>
    /// <param name="elements">Elements of a tensor; null for synthetic ones.</param>
    /// <returns>The file.</returns>
    internal static string Write(
        string folder,
        FrozenSegConfiguration? configuration = null,
        Func<string, TensorShape, float[]>? elements = null)
    {
        string path = Path.Combine(folder, "tiny.safetensors");
        SafetensorsWriter.Write(
            path,
            [.. FrozenSegCheckpoint.Requirements(configuration ?? Configuration)],
            Metadata,
            elements ?? SyntheticWeights.Elements);
        return path;
    }

    /// <summary>Loads the model from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="hasInjectors">FrozenSeg; off it is FC-CLIP.</param>
    internal static FrozenSegModel Load(string path, bool hasInjectors = true) => new(
        FrozenSegCheckpoint.Open(path, null, null, hasInjectors),
        TinySam.Sessions,
        Path.Combine(Path.GetDirectoryName(path)!, "classifiers"));
}
