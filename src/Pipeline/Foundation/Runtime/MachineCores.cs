namespace FrozenSeg.Pipeline.Foundation.Runtime;

/// <summary>The cores of the machine, of which a process may have a share alone.</summary>
internal static class MachineCores
{
    private const string Core = "processor";

    /// <summary>
    /// Whether this process may use every core; not where its container has a share of them, or where it was put on
    /// some.
    /// </summary>
    public static bool AreAllOurs { get; } = AreAll(Environment.ProcessorCount, "/proc/cpuinfo");

    /// <summary>Whether so many cores are all that a machine has.</summary>
    /// <param name="ours">The number.</param>
    /// <param name="description">Linux's description of the machine; without one they are.</param>
    internal static bool AreAll(int ours, string description)
    {
        try
        {
            return File.ReadLines(description).Count(line => line.StartsWith(Core, StringComparison.Ordinal)) <= ours;
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }
}
