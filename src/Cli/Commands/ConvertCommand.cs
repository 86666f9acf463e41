using System.CommandLine;
using FrozenSeg.Cli.Arguments;
using FrozenSeg.Evaluation.Conversion;

namespace FrozenSeg.Cli.Commands;

/// <summary><c>frozenseg convert</c>: results in the forms of datasets and annotation tools.</summary>
internal sealed class ConvertCommand
{
    private readonly Argument<string> _results = new("results")
    {
        Description = "A result.json, or a folder with results",
    };
    private readonly Option<string> _to = new("--to")
    {
        Description = string.Join(", ", ResultConversion.Names),
        Required = true,
    };
    private readonly Option<string?> _out = new("--out")
    {
        Description = "Folder for the files; a folder named like the form, beside the results, without it",
    };

    private readonly Option<double> _tolerance = new("--tolerance")
    {
        Description = "Simplify polygons: how far they may be from the exact ones, pixels. Default: 0",
    };

    /// <summary>The command for the root.</summary>
    public static Command Create()
    {
        var self = new ConvertCommand();
        var command = new Command("convert", "Turn results into the forms of datasets and annotation tools")
        {
            self._results,
            self._to,
            self._out,
            self._tolerance,
        };
        command.SetAction((parsed, cancellation) => Task.Run(() => self.Run(parsed), cancellation));
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string results = parsed.GetRequiredValue(_results), form = parsed.GetRequiredValue(_to);
        string beside = Directory.Exists(results) ? results : Path.GetDirectoryName(Path.GetFullPath(results))!;
        ConversionReport written = ResultConversion.Convert(
            results, form, parsed.GetValue(_out) ?? Path.Combine(beside, form), parsed.GetValue(_tolerance));
        foreach (string warning in written.Warnings)
            Console.Error.WriteLine($"Warning: {warning}");
        Console.WriteLine(Counted.Of(written.Files.Count, "file"));
        if (written.Overlaps.Count > 0)
            Console.WriteLine($"polygons keep the masks to an IoU of {written.Overlaps.Average():F3}, "
                + $"{written.Overlaps.Min():F3} at worst");
        Console.WriteLine($"{form}  {written.Files[^1]}");
        return 0;
    }
}
