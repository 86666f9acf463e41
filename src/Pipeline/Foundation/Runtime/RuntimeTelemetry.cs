using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FrozenSeg.Pipeline.Foundation.Runtime;

/// <summary>
/// ONNX Runtime's own telemetry: its library keeps an id of the machine in the user's cache and sends events to its
/// makers. It looks once, when it is loaded, whether it may.
/// </summary>
internal static partial class RuntimeTelemetry
{
    private const string Switch = "ORT_DISABLE_TELEMETRY";

    /// <summary>Turns it off for this process, unless the user has set the switch either way.</summary>
#pragma warning disable CA2255 // Whoever loads the library first, and wherever: it must have been said before.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void TurnOff()
    {
        if (Environment.GetEnvironmentVariable(Switch) is not null)
            return;
        Environment.SetEnvironmentVariable(Switch, "1");
        // Elsewhere .NET keeps a copy of its own, which native code does not see.
        if (OperatingSystem.IsWindows())
            return;
        try
        {
            _ = SetNative(Switch, "1", overwrite: 0);
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            // Nothing else here depends on it.
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetNative(string name, string value, int overwrite);
}
