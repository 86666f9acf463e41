using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Testing;

namespace FrozenSeg.Serving.Tests;

/// <summary>
/// Networks that all tests of the process share: loading them takes longer than most tests. They go with the process.
/// </summary>
internal static class SharedNetworks
{
    /// <summary>The bundled ones.</summary>
    public static ModelLibrary Nano { get; } = new(ModelSelection.Default, TinySam.Sessions, featureBytes: 64 << 20);

    /// <summary>The procedural stand-in for SAM.</summary>
    public static ModelLibrary ProcSam { get; } = new(
        new ModelSelection { Sam = PromptableModels.ProcSamName }, TinySam.Sessions);
}
