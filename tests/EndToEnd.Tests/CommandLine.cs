using System.Diagnostics;

namespace FrozenSeg.EndToEnd.Tests;

/// <summary>Runs the <c>frozenseg</c> program as a user does: in a process of its own.</summary>
internal sealed record CommandLine(int ExitCode, string Output, string Errors)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public static CommandLine Run(params string[] arguments) => RunWithInput("", arguments);

    /// <summary>Runs it with something in its standard input.</summary>
    public static CommandLine RunWithInput(string input, params string[] arguments) =>
        Run(input, home: null, arguments);

    /// <summary>Runs it as a user whose home is a folder.</summary>
    public static CommandLine RunAtHome(string home, params string[] arguments) => Run("", home, arguments);

    private static CommandLine Run(string input, string? home, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "frozenseg.dll") },
        };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        if (home is not null)
            (start.Environment["HOME"], start.Environment["XDG_CACHE_HOME"]) = (home, null);

        using Process process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"frozenseg {string.Join(' ', arguments)} did not end.");
        }

        return new CommandLine(process.ExitCode, output.Result, errors.Result);
    }

    /// <summary>The one line of a refusal.</summary>
    public string SingleError()
    {
        string line = Assert.Single(Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("   at ", Errors, StringComparison.Ordinal);
        return line;
    }
}
