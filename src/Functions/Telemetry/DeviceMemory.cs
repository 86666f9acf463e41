using System.Runtime.InteropServices;

namespace FrozenSeg.Functions.Telemetry;

/// <summary>Memory of the GPU, as NVIDIA's management library tells it; the container platform does not.</summary>
/// <param name="UsedMegabytes">MiB in use, by whomever.</param>
/// <param name="TotalMegabytes">MiB in all.</param>
internal sealed partial record DeviceMemory(long UsedMegabytes, long TotalMegabytes)
{
    private const string Library = "libnvidia-ml.so.1";
    private static readonly Lazy<nint?> Device = new(Open);

    /// <summary>The memory of the first GPU now; null without one.</summary>
    public static DeviceMemory? Read() =>
        Device.Value is nint device && GetMemoryInfo(device, out MemoryInfo memory) == 0
            ? new DeviceMemory((long)(memory.Used >> 20), (long)(memory.Total >> 20))
            : null;

    private static nint? Open()
    {
        try
        {
            return Initialise() == 0 && GetHandle(0, out nint device) == 0 ? device : null;
        }
        catch (Exception failure) when (failure is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport(Library, EntryPoint = "nvmlInit_v2")]
    private static partial int Initialise();

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetHandleByIndex_v2")]
    private static partial int GetHandle(uint index, out nint device);

    [LibraryImport(Library, EntryPoint = "nvmlDeviceGetMemoryInfo")]
    private static partial int GetMemoryInfo(nint device, out MemoryInfo memory);

    // nvmlMemory_t: bytes.
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct MemoryInfo
    {
        public readonly ulong Total, Free, Used;
    }
}
