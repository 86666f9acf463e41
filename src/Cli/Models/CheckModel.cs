using System.CommandLine;
using System.Globalization;
using FrozenSeg.Cli.Arguments;
using FrozenSeg.Pipeline;
using FrozenSeg.Pipeline.Families.Sam3.Concepts;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Cli.Models;

/// <summary><c>frozenseg models check sam3</c>: a few pictures, what is found in them, and what should be.</summary>
internal sealed class CheckModel
{
    private readonly Argument<string> _name = new("name")
    {
        Description = "sam3, sam3.1, the name of an imported SAM 3, a weight file or synthetic:sam3",
    };
    private readonly Option<string> _samples = new("--samples")
    {
        Description = "The repository's folder of that name. Default: samples.",
        DefaultValueFactory = _ => "samples",
    };

    private readonly RuntimeArguments _runtime = new();

    public static Command Create()
    {
        var self = new CheckModel();
        var command = new Command(
            "check", "Run SAM 3 on five pictures of the repository, and compare with what is in them")
        {
            self._name,
            self._samples,
        };
        self._runtime.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() => self.Run(parsed, cancellation), cancellation));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        string samples = parsed.GetRequiredValue(_samples);
        string[] missing = [.. CheckList.All.Select(check => Path.Combine(samples, check.Picture)).Where(
            path => !File.Exists(path)).Distinct()];
        if (missing.Length > 0)
        {
            throw SegmentationProblem.Storage(
                "--samples", $"there is no {missing[0]}", "Give the folder samples of a copy of the repository");
        }

        var selection = new ModelSelection { Sam3 = parsed.GetRequiredValue(_name) };
        using var library = new ModelLibrary(selection, _runtime.CreateSessions(parsed), featureBytes: 512L << 20);
        Console.WriteLine($"{"picture",-26}{"phrase",-10}{"masks",6}{"share",8}{"presence",10}  {"expected",-30}");
        int outside = 0;
        foreach (CheckList check in CheckList.All)
        {
            (int count, double share, double presence) = Find(
                check, Path.Combine(samples, check.Picture), library, cancellation);
            bool fits = check.Fits(count, share, presence);
            outside += fits ? 0 : 1;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{check.Picture,-26}{check.Phrase,-10}{count,6}{share,8:P0}{presence,10:F3}  "
                    + $"{check.Expected,-30}{(fits ? "" : "OUTSIDE")}"));
        }

        Console.WriteLine(outside == 0 ? "all as expected" : $"{outside} of {CheckList.All.Count} are not as expected");
        return outside == 0 ? 0 : 1;
    }

    private static (int Count, double Share, double Presence) Find(
        CheckList check, string path, ModelLibrary library, CancellationToken cancellation)
    {
        PixelImage image = ImageReader.CreateDefault().ReadPicture(path).Pixels;
        using ISegmentationMethod method = MethodFactory.Create(
            Sam3Method.MethodName, library, new Dictionary<string, string>());
        SegmentationOutcome found = method.Segment(
            image,
            new SegmentationOrder(Vocabulary.Parse(check.Phrase), [SegmentationTask.Instance]),
            null,
            cancellation);
        FilterRound first = found.Trace![0];
        return (
            found.Segments.Count,
            (double)found.Segments.Sum(segment => segment.Area) / (image.Width * image.Height),
            first.Kept.Concat(first.Removed).Single().Score);
    }
}
