using System.Buffers;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Shared.Problems;
using Microsoft.Win32.SafeHandles;

namespace FrozenSeg.Evaluation.Formats;

/// <summary>Reads whole files and names those that cannot be read.</summary>
internal static class EvaluationFiles
{
    // What is no file may have no end.
    private const int MostOfPipe = 256 << 20;

    /// <exception cref="SegmentationProblemException">The file cannot be read.</exception>
    public static byte[] Load(string path)
    {
        try
        {
            return FileKind.IsSpecial(path)
                ? BoundedFile.Read(path, MostOfPipe) ?? throw new IOException($"it goes on after {MostOfPipe:N0} bytes")
                : File.ReadAllBytes(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, failure);
        }
    }

    /// <summary>A whole file in an array that the caller gives back.</summary>
    /// <exception cref="SegmentationProblemException">The file cannot be read.</exception>
    public static ArraySegment<byte> Load(string path, ArrayPool<byte> pool)
    {
        byte[]? rented = null;
        try
        {
            using SafeFileHandle file = File.OpenHandle(path);
            int length = checked((int)RandomAccess.GetLength(file)), read = 0;
            rented = pool.Rent(length);
            while (read < length
                && RandomAccess.Read(file, rented.AsSpan(read, length - read), read) is > 0 and int count)
                read += count;
            return new ArraySegment<byte>(rented, 0, read);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or OverflowException)
        {
            if (rented is not null)
                pool.Return(rented);
            throw Unreadable(path, failure);
        }
    }

    private static SegmentationProblemException Unreadable(string path, Exception failure) =>
        SegmentationProblem.Storage(path, $"the file cannot be read ({failure.Message})", "Check the path", failure);
}
