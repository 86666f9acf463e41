using System.Runtime.CompilerServices;

namespace FrozenSeg.Testing;

/// <summary>
/// Tests see the models that come with the program and no others, whatever the machine has: compiled into every test
/// project.
/// </summary>
internal static class TestEnvironment
{
#pragma warning disable CA2255 // A test assembly has no other place that runs before its tests.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void UseBundledModels() =>
        Environment.SetEnvironmentVariable("FROZENSEG_MODELS", Path.Combine(AppContext.BaseDirectory, "no-models"));
}
