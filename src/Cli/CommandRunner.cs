using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text;
using FrozenSeg.Cli.Arguments;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Serving.Workflow.Failures;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Cli;

/// <summary>Runs a command and turns whatever goes wrong into clear lines and an exit code.</summary>
internal static class CommandRunner
{
    // 2 is what shells and their programs end with when they were called in a way they do not understand; the last is
    // that of sysexits.h for a fault of the program itself.
    private const int Failed = 1, Misused = 2, Cancelled = 130, Broken = 70;

    // Set, an unexpected failure ends the program with all that is known of it.
    private const string TraceVariable = "FROZENSEG_TRACE";

    // More of one kind, of a folder of wrong results for instance, hides the first.
    private const int MostProblems = 20;

    // ONNX Runtime reads the command line of its process when it starts, and ends the process where that is longer than
    // 32 KiB.
    private const int MostBytes = 32_000;

    public static async Task<int> RunAsync(ParseResult parsed)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += Stop;
        try
        {
            if (parsed.Action is ParseErrorAction && parsed.Tokens.Count > 0)
                throw new SegmentationProblemException([.. ParseProblems.Of(parsed)]);
            CheckLength();
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
            return await parsed.InvokeAsync(configuration, stop.Token);
        }
        catch (SegmentationProblemException failure)
        {
            foreach (SegmentationProblem problem in failure.Problems.Take(MostProblems))
                await Console.Error.WriteLineAsync(problem.Message);
            if (failure.Problems.Count > MostProblems)
                await Console.Error.WriteLineAsync($"… and {failure.Problems.Count - MostProblems:N0} more.");
            return failure.Problems.All(problem => IsMisuse(parsed, problem)) ? Misused : Failed;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return Cancelled;
        }
        catch (IOException failure) when (DiskFailure.IsFull(failure))
        {
            // Whoever writes a file says which; what is left is where the output goes.
            await Console.Error.WriteLineAsync("The output cannot be written: the disk is full. Make room.");
            return Failed;
        }
        catch (Exception failure) when (FailureClassifier.IsOutOfMemory(failure))
        {
            await Console.Error.WriteLineAsync(
                "There is not enough memory. Use a smaller model, or close other programs.");
            return Failed;
        }
        catch (Exception failure) when (Environment.GetEnvironmentVariable(TraceVariable) is null)
        {
            await Console.Error.WriteLineAsync(
                $"frozenseg: a fault of the program, {failure.GetType().Name}: "
                    + $"{failure.Message.ReplaceLineEndings(" ")} "
                + $"Report it with what {TraceVariable}=1 shows.");
            return Broken;
        }
        finally
        {
            // Whoever presses again now finds no source to cancel any more; the system ends the program.
            Console.CancelKeyPress -= Stop;
        }

        void Stop(object? sender, ConsoleCancelEventArgs press)
        {
            press.Cancel = true;
            stop.Cancel();
        }
    }

    // What is wrong with annotations, or with results to convert, is not a mistake of the call.
    private static bool IsMisuse(ParseResult parsed, SegmentationProblem problem)
    {
        Command command = parsed.CommandResult.Command;
        bool isData = command.Name == "convert" || command.Parents.Any(parent => parent.Name == "eval");
        return parsed.Errors.Count > 0
            || (problem.Kind is ProblemKind.InvalidRequest && (!isData || problem.Where.StartsWith(
                "--", StringComparison.Ordinal)));
    }

    private static void CheckLength()
    {
        int bytes = Environment.GetCommandLineArgs().Sum(argument => Encoding.UTF8.GetByteCount(argument) + 1);
        if (OperatingSystem.IsLinux() && bytes > MostBytes)
        {
            throw SegmentationProblem.InvalidRequest(
                "command line",
                $"it has {bytes:N0} bytes; {MostBytes:N0} are allowed",
                $"Put prompts into a file, and name that with {VocabularyArguments.FileName}");
        }
    }
}
