using FrozenSeg.Pipeline.Families.Sam3;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Testing;

/// <summary>A whole SAM 3 of a few thousand synthetic weights, for tests of what surrounds the networks.</summary>
public static class TinySam3
{
    /// <summary>
    /// Sizes: pictures of 32 pixels, patches of 4, so that the table of positions is repeated and windows are four.
    /// </summary>
    internal static Sam3Configuration Configuration { get; } = new()
    {
        ImageSize = 32,
        PatchSize = 4,
        PositionGrid = 4,
        Window = 4,
        VisionWidth = 64,
        VisionDepth = 2,
        VisionHeads = 1,
        VisionHidden = 48,
        GlobalBlocks = [1],
        TextWidth = 64,
        TextHeads = 1,
        TextLayers = 1,
        Vocabulary = 514,
        Context = 32,
        Width = 32,
        Hidden = 48,
        GeometryLayers = 1,
        FusionLayers = 2,
        DecoderLayers = 2,
        Queries = 6,
        InteractiveHidden = 48,
        MaskInputChannels = 4,
    };

    /// <summary>What no shape of the tiny model tells.</summary>
    public static IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>(
        SyntheticWeights.Metadata)
    {
        ["image_size"] = "32",
        ["global_blocks"] = "1",
    };

    /// <summary>Writes the weights into a folder, under the names of <c>sam3.pt</c>.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="elements">Elements of a tensor; null for synthetic ones.</param>
    /// <returns>The file.</returns>
    internal static string Write(string folder, Func<string, TensorShape, float[]>? elements = null)
    {
        string path = Path.Combine(folder, "tiny-sam3.safetensors");
        SafetensorsWriter.Write(
            path,
            [.. Sam3Graphs.Requirements(Configuration), .. InteractiveGraphs.Requirements(Configuration)],
            Metadata,
            elements ?? SyntheticWeights.Elements);
        return path;
    }
}
