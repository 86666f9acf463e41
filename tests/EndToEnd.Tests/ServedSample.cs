using System.Diagnostics;

namespace FrozenSeg.EndToEnd.Tests;

/// <summary>A server that runs until this is disposed.</summary>
internal sealed class ServedSample : IDisposable
{
    private const string Mark = "Now listening on: ";

    private readonly Process _process;

    public ServedSample(Process process)
    {
        _process = process;
        string? line;
        do
            line = process.StandardOutput.ReadLine()
                ?? throw new InvalidOperationException(process.StandardError.ReadToEnd());
        while (!line.Contains(Mark, StringComparison.Ordinal));
        Address = new Uri(line[(line.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)..].Trim());
        // Nobody reads what it says from now on, and a full pipe would stop it.
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
    }

    public Uri Address { get; }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}
