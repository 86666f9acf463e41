using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FrozenSeg.Cli.Arguments;
using FrozenSeg.Evaluation.Runs;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Serving.Workflow.Failures;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Results;
using Spectre.Console;

namespace FrozenSeg.Cli.Pictures;

/// <summary>
/// Many pictures, a few at a time, with the same networks: a bad one is named and passed over, what is done is not done
/// again, and a table ends it.
/// </summary>
/// <param name="folder">Where results go, each into a folder of its picture's name.</param>
/// <param name="isJson">Whether the standard output is for a program: the outcomes as JSON alone.</param>
/// <param name="again">Whether what is done is done again.</param>
/// <param name="request">Names what is asked, networks included: a result of another request is not taken for this
/// one.</param>
internal sealed class BatchRun(string folder, bool isJson, bool again, string request)
{
    private const string MarkName = ".frozenseg";

    private const int Failed = 1;

    /// <summary>Segments every picture.</summary>
    /// <param name="pictures">The pictures.</param>
    /// <param name="atOnce">How many at a time.</param>
    /// <param name="segment">Segments the picture at a path into a folder; called by several threads.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The exit code: 1 when a picture failed.</returns>
    public int Run(
        IReadOnlyList<PictureJob> pictures,
        int atOnce,
        Func<string, string, IProgress<double>, SegmentationResult> segment,
        CancellationToken cancellation)
    {
        var outcomes = new BatchOutcome[pictures.Count];
        double seconds = ProgressDisplay.Run("Pictures", progress =>
        {
            long start = Stopwatch.GetTimestamp();
            double[] shares = new double[pictures.Count];
            var telling = new Lock();
            int told = 0;
            SideBySide.Run([.. Enumerable.Range(0, pictures.Count)], atOnce, number =>
            {
                var share = new ShareOfAll(progress, shares, number);
                outcomes[number] = Run(pictures[number], (path, target) => segment(path, target, share), cancellation);
                lock (telling)
                    Tell(outcomes[number], ++told, pictures.Count);
                share.Report(1);
            }, cancellation);
            return Seconds(start);
        });
        Summarise(outcomes, seconds);
        return outcomes.Any(outcome => outcome.Problem is not null) ? Failed : 0;
    }

    /// <summary>
    /// Segments one picture that was named alone, into the place itself, and prints how it ended as JSON.
    /// </summary>
    /// <returns>The exit code: 1 when it failed.</returns>
    public int RunAlone(PictureJob picture, PictureWork work, CancellationToken cancellation)
    {
        BatchOutcome outcome = ProgressDisplay.Run(work.Title, progress => Guard(picture, () =>
        {
            long start = Stopwatch.GetTimestamp();
            SegmentationResult result = work.Segment(picture.Path, folder, progress);
            return new BatchOutcome(picture.Name, work.ResultOf(folder), result.Segments.Count, Seconds(start), null);
        }, cancellation));
        Tell(outcome, 1, 1);
        Summarise([outcome], outcome.Seconds ?? 0);
        return outcome.Problem is null ? 0 : Failed;
    }

    private BatchOutcome Run(
        PictureJob picture, Func<string, string, SegmentationResult> segment, CancellationToken cancellation)
    {
        string target = Path.Combine(folder, picture.Name), document = Path.Combine(target, ResultWriter.ResultName);
        return Guard(picture, () =>
        {
            string mark = MarkOf(picture.Path);
            if (!again && Earlier(target, mark) is SegmentationResult earlier)
                return new BatchOutcome(picture.Name, document, earlier.Segments.Count, null, null);
            long start = Stopwatch.GetTimestamp();
            // What is half written when this ends early is no result of any request.
            AtomicFile.Delete(Path.Combine(target, MarkName));
            SegmentationResult result = segment(picture.Path, target);
            AtomicFile.Write(Path.Combine(target, MarkName), stream => stream.Write(Encoding.UTF8.GetBytes(mark)));
            return new BatchOutcome(picture.Name, document, result.Segments.Count, Seconds(start), null);
        }, cancellation);
    }

    private static BatchOutcome Guard(PictureJob picture, Func<BatchOutcome> work, CancellationToken cancellation)
    {
        try
        {
            return work();
        }
        catch (SegmentationProblemException failure)
        {
            return new BatchOutcome(
                picture.Name, null, 0, null, string.Join(' ', failure.Problems.Select(problem => problem.Message)));
        }
        catch (Exception failure) when (
            FailureClassifier.IsOutOfMemory(failure) && !cancellation.IsCancellationRequested)
        {
            return new BatchOutcome(
                picture.Name,
                null,
                0,
                null,
                $"{picture.Name}: there is not enough memory. Use --tile, or close other programs.");
        }
    }

    private static double Seconds(long start) => Math.Round(Stopwatch.GetElapsedTime(start).TotalSeconds, 3);

    // The mark is written after the result, and says of which picture and request that is.
    private string MarkOf(string path)
    {
        // Nobody may be writing to a pipe, and a device may have no end.
        if (FileKind.IsSpecial(path))
            throw SegmentationProblem.Storage(path, "it is not a file", "Give files, or a pipe alone");
        try
        {
            using FileStream content = File.OpenRead(path);
            return $"{request} {Convert.ToHexStringLower(SHA256.HashData(content))}";
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw SegmentationProblem.Storage(
                path.Length > 0 ? path : "image",
                "the picture cannot be read",
                $"Check the path ({failure.Message})",
                failure);
        }
    }

    private static SegmentationResult? Earlier(string target, string mark)
    {
        try
        {
            string known = Path.Combine(target, MarkName);
            return File.Exists(known) && File.ReadAllText(known) == mark
                ? ResultJsonContext.Read(File.ReadAllBytes(Path.Combine(target, ResultWriter.ResultName)))
                : null;
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // Where nobody watches a bar, a line a picture says how far it is.
    private static void Tell(BatchOutcome outcome, int number, int count)
    {
        if (outcome.Problem is not null)
            Console.Error.WriteLine(outcome.Problem);
        else if (!ProgressDisplay.IsWatched)
            Console.Error.WriteLine(
                $"{number}/{count} {outcome.Picture}: {Counted.Of(outcome.Segments, "segment")}, {Time(outcome)}"
                + (outcome.Seconds is null ? "" : " s"));
    }

    private void Summarise(BatchOutcome[] outcomes, double seconds)
    {
        if (isJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(outcomes, BatchJsonContext.Default.IReadOnlyListBatchOutcome));
            return;
        }

        Table table = new Table().Border(TableBorder.Simple).AddColumns("picture", "segments", "seconds");
        foreach (BatchOutcome outcome in outcomes)
            table.AddRow(
                Markup.Escape(outcome.Picture),
                outcome.Problem is null ? Text(outcome.Segments) : "failed",
                Time(outcome));
        IAnsiConsole screen = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        screen.Profile.Width = Math.Max(screen.Profile.Width, 100);
        screen.Write(table);
        int failed = outcomes.Count(outcome => outcome.Problem is not null), known = outcomes.Count(
            outcome => outcome is { Problem: null, Seconds: null });
        Console.WriteLine(
            $"{outcomes.Length} pictures: {outcomes.Length - failed - known} done, {known} known, {failed} failed in "
            + $"{seconds.ToString("F1", CultureInfo.InvariantCulture)} s");
        Console.WriteLine($"results  {folder}");
    }

    private static string Time(BatchOutcome outcome) =>
        outcome.Seconds is double seconds
            ? seconds.ToString("F2", CultureInfo.InvariantCulture)
            : outcome.Problem is null
            ? "known"
            : "–";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class ShareOfAll(IProgress<double> all, double[] shares, int number) : IProgress<double>
    {
        public void Report(double value)
        {
            lock (shares)
            {
                shares[number] = value;
                all.Report(shares.Average());
            }
        }
    }
}
