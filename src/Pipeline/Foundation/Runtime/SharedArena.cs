using Microsoft.ML.OnnxRuntime;

namespace FrozenSeg.Pipeline.Foundation.Runtime;

/// <summary>
/// One arena of CPU memory for every session of the process, outside of which weights are kept. With an arena each,
/// sessions hold at the same time what their networks need one after another: FrozenSeg's four networks kept 2.3 GB
/// beside their weights where one arena takes 0.5.
/// </summary>
internal static class SharedArena
{
    private const string UseOfEnvironment = "session.use_env_allocators";
    private const string WeightsOutside = "session.use_device_allocator_for_initializers";

    // OrtArenaCfg: no limit; grow by doubling, for with regions as large as a tensor, pictures of changing sizes never
    // find one that fits (1.9 GB where doubling takes 0.8, after 60 of them); the library's own values for the rest.
    private const uint NoLimit = 0;
    private const int Doubling = 0, LibraryDefault = -1;

    private static readonly Lazy<OrtEnv> Environment = new(MakeArena);

    /// <summary>Makes a session with <paramref name="options"/> take its memory there.</summary>
    public static void Use(SessionOptions options)
    {
        _ = Environment.Value;
        options.AddSessionConfigEntry(UseOfEnvironment, "1");
        options.AddSessionConfigEntry(WeightsOutside, "1");
    }

    private static OrtEnv MakeArena()
    {
        using var memory = new OrtMemoryInfo(
            OrtMemoryInfo.allocatorCPU, OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
        using var growth = new OrtArenaCfg(NoLimit, Doubling, LibraryDefault, LibraryDefault);
        var environment = OrtEnv.Instance();
        environment.CreateAndRegisterAllocator(memory, growth);
        return environment;
    }
}
