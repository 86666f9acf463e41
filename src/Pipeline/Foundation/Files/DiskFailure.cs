using System.Text.RegularExpressions;

namespace FrozenSeg.Pipeline.Foundation.Files;

/// <summary>
/// Failures of a disk in words that anybody may read: without paths, which say more about a machine than callers need.
/// </summary>
internal static partial class DiskFailure
{
    // errno of Linux and macOS, and of Windows: no room, quota, read-only.
    private static readonly int[] Full = [28, 122, 69, 112, 39], ReadOnly = [30, 19];

    /// <summary>Whether a failure is one of the disk, or of a path that cannot be.</summary>
    public static bool IsOne(Exception failure) =>
        failure is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    /// <summary>Whether there is no room.</summary>
    public static bool IsFull(Exception failure) => failure is IOException && Full.Contains(failure.HResult & 0xFFFF);

    /// <summary>The failure in words, the middle of a sentence.</summary>
    public static string Words(Exception failure) => failure switch
    {
        FileNotFoundException or DirectoryNotFoundException => "it is not there",
        UnauthorizedAccessException => "access is denied, or a folder stands in its place",
        PathTooLongException => "its name is too long",
        _ when IsFull(failure) => "the disk is full",
        IOException when ReadOnly.Contains(failure.HResult & 0xFFFF) => "the disk is read-only",
        ArgumentException or NotSupportedException => "its name is not a file's",
        _ => Paths().Replace(failure.Message.Split('\n', 2)[0], "").Trim().TrimEnd('.', ':', ' '),
    };

    [GeneratedRegex(@"\s*:?\s*'[^']*[/\\][^']*'")]
    private static partial Regex Paths();
}
