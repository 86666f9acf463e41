using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Tensors;
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
    private const string ShrinkKey = "memory.enable_memory_arena_shrinkage", Cpu = "cpu:0";

    // OrtArenaCfg: no limit; grow by doubling, for with regions as large as a tensor, pictures of changing sizes never
    // find one that fits (1.9 GB where doubling takes 0.8, after 60 of them); the library's own values for the rest.
    private const uint NoLimit = 0;
    private const int Doubling = 0, LibraryDefault = -1;

    private static readonly Lazy<OrtEnv> Environment = new(MakeArena);

    /// <summary>Makes a session with <paramref name="options"/> take its memory there.</summary>
    public static void Use(SessionOptions options)
    {
        _ = Environment.Value;
        Attach(options);
    }

    /// <summary>Gives back the regions of which nothing is in use; the next picture fetches them again.</summary>
    public static void ReleaseUnused()
    {
        if (Environment.IsValueCreated)
            RunSmallest(shrinks: true);
    }

    private static OrtEnv MakeArena()
    {
        using var memory = new OrtMemoryInfo(
            OrtMemoryInfo.allocatorCPU, OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
        using var growth = new OrtArenaCfg(NoLimit, Doubling, LibraryDefault, LibraryDefault);
        var environment = OrtEnv.Instance();
        environment.CreateAndRegisterAllocator(memory, growth);
        // The first region is never given back: let it be a small one.
        RunSmallest(shrinks: false);
        return environment;
    }

    private static void Attach(SessionOptions options)
    {
        options.AddSessionConfigEntry(UseOfEnvironment, "1");
        options.AddSessionConfigEntry(WeightsOutside, "1");
    }

    // The arena shrinks at the end of a run that asks for it, and at no other time.
    private static void RunSmallest(bool shrinks)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        Attach(options);
        using var session = new InferenceSession(SmallestGraph().Onnx, options);
        using TensorBuffer<float> one = TensorBuffer<float>.From([1], 1);
        using SessionInputs inputs = new SessionInputs().Add("one", one);
        using var run = new RunOptions();
        if (shrinks)
            run.AddRunConfigEntry(ShrinkKey, Cpu);
        using IDisposableReadOnlyCollection<OrtValue> outputs = session.Run(run, inputs.Names, inputs.Values, ["two"]);
    }

    private static GraphModel SmallestGraph()
    {
        var graph = new GraphBuilder("smallest", GraphTarget.Cpu);
        GraphValue one = graph.Input("one", ElementType.Float32, 1);
        graph.Output("two", one + one);
        return graph.Build();
    }
}
