using System.Runtime.InteropServices;

namespace FrozenSeg.Pipeline.Foundation.Runtime;

/// <summary>
/// Makes the C library give large blocks back. While a network is loaded its weights are repacked, and glibc, which
/// learns from the first large block freed to keep such blocks, would hold on to a second copy of them: half a gigabyte
/// with two CLIP models.
/// </summary>
internal static partial class NativeHeap
{
    // mallopt(3): blocks from this size on are mapped and unmapped one by one; setting it also stops glibc from raising
    // it.
    private const int MapThreshold = -3, LargeBlock = 1 << 20;

    private static readonly Lazy<bool> Applied = new(Apply);

    /// <summary>Applies it, once a process; does nothing where the C library is another one.</summary>
    public static bool ReturnLargeBlocks() => Applied.Value;

    /// <summary>Gives back what smaller blocks left free; does nothing where the C library is another one.</summary>
    public static bool Trim() => Ask(() => TrimTo(0));

    private static bool Apply() => Ask(() => SetAllocation(MapThreshold, LargeBlock));

    private static bool Ask(Func<int> call)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            return call() == 1;
        }
        catch (Exception failure) when (failure is DllNotFoundException or EntryPointNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int TrimTo(nuint kept);

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int SetAllocation(int parameter, int value);
}
