using System.Diagnostics;
using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests;

/// <summary>A program in a folder of its own, which is removed with it.</summary>
internal sealed class SampleProgram(TemporaryFolder folder, string command, params string[] first) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>A file in the folder.</summary>
    public string Path(string name) => folder.Path(name);

    /// <summary>Runs it to its end.</summary>
    public (int ExitCode, string Output) Run(string[] arguments, string input = "")
    {
        using Process process = Start(arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{command} did not end.");
        }

        return (process.ExitCode, output.Result + errors.Result);
    }

    /// <summary>Starts it as a server, on a port that is free.</summary>
    public ServedSample Serve() => new(Start(["--urls", "http://127.0.0.1:0"]));

    public void Dispose() => folder.Dispose();

    private Process Start(string[] arguments) => Process.Start(new ProcessStartInfo(command, [.. first, .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        WorkingDirectory = folder.Root,
    })!;
}
