using System.CommandLine;
using System.CommandLine.Invocation;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Cli;

/// <summary>Runs a command and turns whatever goes wrong into clear lines and an exit code.</summary>
internal static class CommandRunner
{
    private const int Failed = 1, Cancelled = 130;

    public static async Task<int> RunAsync(ParseResult parsed)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, press) =>
        {
            press.Cancel = true;
            stop.Cancel();
        };
        try
        {
            if (parsed.Action is ParseErrorAction && parsed.Tokens.Count > 0)
                throw new SegmentationProblemException([.. ParseProblems.Of(parsed)]);
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
            return await parsed.InvokeAsync(configuration, stop.Token);
        }
        catch (SegmentationProblemException failure)
        {
            foreach (SegmentationProblem problem in failure.Problems)
                await Console.Error.WriteLineAsync(problem.Message);
            return Failed;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return Cancelled;
        }
    }
}
