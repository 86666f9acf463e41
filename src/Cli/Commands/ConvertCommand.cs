using System.CommandLine;
using FrozenSeg.Evaluation.Conversion;

namespace FrozenSeg.Cli.Commands;

/// <summary><c>frozenseg convert</c>: results in the forms of datasets and annotation tools.</summary>
internal sealed class ConvertCommand
{
    private readonly Argument<string> _results = new("results") { Description = "A result.json, or a folder with results" };
    private readonly Option<string> _to = new("--to") { Description = string.Join(", ", ResultConversion.Names), Required = true };
    private readonly Option<string?> _out = new("--out") { Description = "Folder for the files; a folder named like the form, beside the results, without it" };

    /// <summary>The command for the root.</summary>
    public static Command Create()
    {
        var self = new ConvertCommand();
        var command = new Command("convert", "Turn results into the forms of datasets and annotation tools") { self._results, self._to, self._out };
        command.SetAction((parsed, cancellation) => Task.Run(() => self.Run(parsed), cancellation));
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string results = parsed.GetRequiredValue(_results), form = parsed.GetRequiredValue(_to);
        string beside = Directory.Exists(results) ? results : Path.GetDirectoryName(Path.GetFullPath(results))!;
        (IReadOnlyList<string> files, IReadOnlyList<string> warnings) = ResultConversion.Convert(
            results, form, parsed.GetValue(_out) ?? Path.Combine(beside, form));
        foreach (string warning in warnings)
            Console.Error.WriteLine($"Warning: {warning}");
        Console.WriteLine($"{files.Count} files");
        Console.WriteLine($"{form}  {files[^1]}");
        return 0;
    }
}
