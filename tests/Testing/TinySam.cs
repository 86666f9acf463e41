using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam.Networks;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Testing;

/// <summary>A whole SAM of a few thousand synthetic weights, for tests of what surrounds the networks.</summary>
public static class TinySam
{
    /// <summary>Sizes: pictures of 64 pixels, patches of 8.</summary>
    internal static SamConfiguration Configuration { get; } = new()
    {
        Name = "tiny",
        ImageSize = 64,
        PatchSize = 8,
        Channels = 32,
        DecoderHeads = 4,
        DecoderMlpWidth = 32,
        Encoder = new VitEncoderConfiguration
        {
            Width = 32,
            Depth = 2,
            Heads = 2,
            GlobalBlocks = [1],
            WindowSize = 3,
            MlpRatio = 2,
        },
    };

    /// <summary>Sessions of one thread on the CPU.</summary>
    internal static SessionFactory Sessions { get; } = new(
        new RuntimeOptions { Provider = ExecutionProviderChoice.Cpu, Threads = 1 });

    /// <summary>Writes the weights into a folder.</summary>
    internal static string Write(string folder, SamConfiguration? configuration = null)
    {
        using WeightFile weights = SyntheticWeights.Open(
            folder, "tiny", SamGraphs.Requirements(configuration ?? Configuration));
        return weights.Path;
    }

    /// <summary>Loads the network; its weights may be deleted afterwards.</summary>
    internal static SamModel Load(SamConfiguration? configuration = null)
    {
        using var folder = new TemporaryFolder();
        using WeightFile weights = WeightFile.Open(Write(folder.Root, configuration));
        return new SamModel(configuration ?? Configuration, weights, Sessions);
    }
}
