using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Runtime;

namespace FrozenSeg.Benchmarks.Sam;

/// <summary>A published network with untrained weights, for speed at true sizes.</summary>
internal static class SyntheticSam
{
    /// <summary>Loads it on the CPU.</summary>
    public static SamModel Load(string name, int threads) =>
        (SamModel)PromptableModels.Load($"synthetic:{name}", Sessions(threads));

    /// <summary>CPU sessions of so many threads.</summary>
    public static SessionFactory Sessions(int threads) =>
        new(new RuntimeOptions { Provider = ExecutionProviderChoice.Cpu, Threads = threads });
}
