using System.Runtime.CompilerServices;

namespace FrozenSeg.Testing;

/// <summary>
/// Tests see the models that come with the program and no others, whatever the machine has: compiled into every test project.
/// </summary>
internal static class TestEnvironment
{
    [ModuleInitializer]
    internal static void UseBundledModels() =>
        Environment.SetEnvironmentVariable("FROZENSEG_MODELS", Path.Combine(AppContext.BaseDirectory, "no-models"));
}
