using System.CommandLine;
using System.Text.Json;
using FrozenSeg.Cli.Documents;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Cli;

/// <summary>Where a command that finds masks puts them.</summary>
internal sealed class OutputArguments
{
    private readonly Option<string> _out = new("--out") { Description = "The masks, as JSON", Required = true };
    private readonly Option<string?> _overlay = new("--overlay") { Description = "The masks painted over the picture, as PNG" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_out);
        command.Add(_overlay);
    }

    /// <summary>Refuses, before any work, places that get into each other's way.</summary>
    /// <exception cref="SegmentationProblemException">Both outputs would be one file.</exception>
    public void Check(ParseResult parsed)
    {
        if (Overlay(parsed) is string overlay && Path.GetFullPath(overlay) == Path.GetFullPath(parsed.GetRequiredValue(_out)))
        {
            throw new SegmentationProblem(
                ProblemKind.InvalidRequest, "--overlay", $"'{overlay}' is also the file of --out", "Give each a file of its own")
                .ToException();
        }
    }

    /// <summary>Where the overlay goes; null for nowhere.</summary>
    public string? Overlay(ParseResult parsed) => parsed.GetValue(_overlay);

    /// <summary>Writes the masks.</summary>
    public void Write(ParseResult parsed, MasksDocument document) => AtomicFile.Write(
        parsed.GetRequiredValue(_out), JsonSerializer.SerializeToUtf8Bytes(document, CliJsonContext.Default.MasksDocument));

    /// <summary>Says where the results are.</summary>
    public void Announce(ParseResult parsed)
    {
        Console.WriteLine($"masks    {parsed.GetRequiredValue(_out)}");
        if (Overlay(parsed) is string overlay)
            Console.WriteLine($"overlay  {overlay}");
    }
}
