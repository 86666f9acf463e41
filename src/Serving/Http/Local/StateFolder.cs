using System.Diagnostics;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Serving.Http.Answers;
using FrozenSeg.Serving.Http.Documents;
using FrozenSeg.Shared.Problems;
using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Serving.Http.Local;

/// <summary>Says how full the folder of a service is, and when it is too full. Safe for many callers.</summary>
/// <param name="folder">The folder.</param>
/// <param name="maxBytes">Most bytes in it; null for no limit.</param>
/// <param name="minFreeBytes">Least bytes free on its disk.</param>
internal sealed class StateFolder(string folder, long? maxBytes, long minFreeBytes)
{
    // Counting a folder of many files takes a while: it is a twentieth of the time at most.
    private const int Rest = 20;
    private static readonly TimeSpan ShortestRest = TimeSpan.FromSeconds(2);

    private readonly Lock _counting = new();
    private long _bytes, _next = long.MinValue;

    /// <summary>How full it is.</summary>
    public FolderLoad Load() => new(Count(), maxBytes, Free(), minFreeBytes);

    /// <summary>Why nothing more is taken; null when there is room.</summary>
    public ServiceRefusal? FindRefusal()
    {
        if (maxBytes is long most && Count() >= most)
            return Refusal($"what is kept has reached its limit of {most >> 20:N0} MiB");
        return Free() < minFreeBytes ? Refusal($"its disk has less than {minFreeBytes >> 20:N0} MiB left") : null;
    }

    /// <summary>What is wrong with the folder, found out without writing; null when nothing is.</summary>
    public string? FindFault() =>
        !Directory.Exists(folder) ? "the folder of the service is gone" : FindRefusal()?.Problem.Found;

    private static ServiceRefusal Refusal(string found) => new(
        StatusCodes.Status507InsufficientStorage, new SegmentationProblem(
            ProblemKind.Storage, "service", found, "Try again later, or ask its operator to make room"));

    private long Count()
    {
        if (Stopwatch.GetTimestamp() < Volatile.Read(ref _next) || !_counting.TryEnter())
            return Volatile.Read(ref _bytes);
        try
        {
            long start = Stopwatch.GetTimestamp();
            var everything = new EnumerationOptions
            {
                RecurseSubdirectories = true,
                IgnoreInaccessible = true,
                AttributesToSkip = FileAttributes.ReparsePoint,
            };
            Volatile.Write(
                ref _bytes,
                Directory.Exists(folder) ? new DirectoryInfo(folder).EnumerateFiles("*", everything).Sum(Length) : 0);
            long end = Stopwatch.GetTimestamp();
            Volatile.Write(
                ref _next,
                end + Math.Max((end - start) * Rest, (long)(ShortestRest.TotalSeconds * Stopwatch.Frequency)));
        }
        finally
        {
            _counting.Exit();
        }

        return Volatile.Read(ref _bytes);
    }

    // A file may be gone again.
    private static long Length(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (Exception failure) when (DiskFailure.IsOne(failure))
        {
            return 0;
        }
    }

    private long Free()
    {
        try
        {
            return new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        }
        catch (Exception failure) when (DiskFailure.IsOne(failure))
        {
            return long.MaxValue;
        }
    }
}
