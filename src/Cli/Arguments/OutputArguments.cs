using System.CommandLine;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Cli.Arguments;

/// <summary>Where a command that finds masks puts them.</summary>
/// <param name="masks">What goes where <c>--out</c> says.</param>
internal sealed class OutputArguments(string masks = "The masks, as a result.json; - prints them")
{
    private readonly Option<string> _out = new("--out") { Description = masks, Required = true };
    private readonly Option<string?> _overlay = new("--overlay")
    {
        Description = "The masks painted over the picture, as PNG",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_out);
        command.Add(_overlay);
    }

    /// <summary>Refuses, before any work, places that get into each other's way or cannot be written.</summary>
    /// <exception cref="SegmentationProblemException">Both outputs would be one file, or one cannot be
    /// written.</exception>
    public void Check(ParseResult parsed)
    {
        if (Overlay(parsed) is string overlay)
            CheckOverlay(overlay, parsed.GetRequiredValue(_out));
        foreach (string path in ((string?[])[parsed.GetRequiredValue(_out), Overlay(parsed)]).OfType<string>().Where(
            path => !StandardOutput.Is(path)))
            OutputPlace.CheckFile(path);
    }

    private static void CheckOverlay(string overlay, string masks)
    {
        if (StandardOutput.Is(overlay))
            throw SegmentationProblem.InvalidRequest("--overlay", "an overlay is a file", "Name one that ends in .png");
        if (Path.GetFullPath(overlay) == Path.GetFullPath(masks))
        {
            throw SegmentationProblem.InvalidRequest(
                "--overlay", $"'{overlay}' is also the file of --out", "Give each a file of its own");
        }

        if (PictureEndings.Has(overlay) && !overlay.EndsWith(".png", StringComparison.OrdinalIgnoreCase))
        {
            throw SegmentationProblem.InvalidRequest(
                "--overlay",
                $"'{overlay}' would hold a PNG under another name",
                $"Use {Path.ChangeExtension(overlay, ".png")}");
        }
    }

    /// <summary>Where the masks go.</summary>
    public string Target(ParseResult parsed) => parsed.GetRequiredValue(_out);

    /// <summary>Where the overlay goes; null for nowhere.</summary>
    public string? Overlay(ParseResult parsed) => parsed.GetValue(_overlay);

    /// <summary>Writes the masks, with the overlay named where it lies beside them.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="document">The masks.</param>
    /// <param name="hasOverlay">Whether the overlay that was asked for is there.</param>
    public void Write(ParseResult parsed, SegmentationResult document, bool hasOverlay = true)
    {
        string path = parsed.GetRequiredValue(_out);
        string? overlay = hasOverlay && Overlay(parsed) is string picture && Folder(picture) == Folder(path)
            ? Path.GetFileName(picture)
            : null;
        byte[] json = ResultJsonContext.Write(document with { Files = new ResultFiles(null, null, null, overlay) });
        if (StandardOutput.Is(path))
            StandardOutput.Write(json);
        else
            AtomicFile.Write(path, json);
    }

    private static string? Folder(string path) => Path.GetDirectoryName(Path.GetFullPath(path));

    /// <summary>Says what was found and where it is; on the error stream when the masks were printed.</summary>
    public void Announce(ParseResult parsed, string summary)
    {
        string path = parsed.GetRequiredValue(_out);
        bool isPrinted = StandardOutput.Is(path);
        TextWriter screen = isPrinted ? Console.Error : Console.Out;
        screen.WriteLine(summary);
        if (!isPrinted)
            screen.WriteLine($"masks    {path}");
        if (Overlay(parsed) is string overlay)
            screen.WriteLine($"overlay  {overlay}");
    }
}
