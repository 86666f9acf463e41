using System.Runtime.InteropServices;

namespace FrozenSeg.Pipeline.Foundation.Files;

/// <summary>
/// Makes sure that a name is on the disk: a file that was flushed can still be missing after a power cut while the
/// folder that names it was not. Windows flushes names with their files.
/// </summary>
internal static partial class FolderFlush
{
    private const int ReadOnly = 0;

    /// <summary>Flushes a folder.</summary>
    /// <exception cref="IOException">The folder cannot be opened or flushed.</exception>
    public static void Run(string path)
    {
        if (OperatingSystem.IsWindows())
            return;
        int folder = Open(path, ReadOnly);
        if (folder < 0)
            throw Failure();
        try
        {
            if (Flush(folder) != 0)
                throw Failure();
        }
        finally
        {
            _ = Close(folder);
        }
    }

    private static IOException Failure()
    {
        int code = Marshal.GetLastPInvokeError();
        return new IOException(Marshal.GetPInvokeErrorMessage(code), code);
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(int file);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int file);
}
