using System.CommandLine;
using System.Globalization;
using FrozenSeg.Cli.Arguments;
using FrozenSeg.Evaluation.Scenes;
using FrozenSeg.Pipeline;
using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;
using FrozenSeg.Shared.Vocabularies;
using Spectre.Console;

namespace FrozenSeg.Cli.Commands;

/// <summary>
/// <c>frozenseg demo</c>: every mask of photographs by the SAM in use, then every method on a folder of scenes with the
/// bundled models, and a table.
/// </summary>
internal sealed class DemoCommand
{
    private readonly Argument<string> _pictures = new("pictures") { Description = "Folder of PNGs" };
    private readonly Option<string?> _photographs =
        new("--photographs") { Description = "Folder of JPEGs; every mask of each is found first" };
    private readonly Option<string> _out = new("--out") { Description = "Folder for the results", Required = true };
    private readonly RuntimeArguments _runtime = new();

    /// <summary>The command for the root.</summary>
    public static Command Create()
    {
        var self = new DemoCommand();
        var command = new Command(
            "demo",
            "Find every mask of photographs, then run every method with the bundled models over a folder of scenes")
        {
            self._pictures,
            self._photographs,
            self._out,
        };
        self._runtime.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() => self.Run(parsed, cancellation), cancellation));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        string folder = parsed.GetRequiredValue(_pictures), results = parsed.GetRequiredValue(_out);
        string[] files = Directory.Exists(folder)
            ? [.. Directory.GetFiles(folder, "*.png").Order(StringComparer.Ordinal)]
            : [];
        if (files.Length == 0)
        {
            throw SegmentationProblem.Storage(
                folder, "there are no PNGs in it", "Make some: frozenseg scenes --out scenes");
        }

        SessionFactory sessions = _runtime.CreateSessions(parsed);
        Table table = new Table().AddColumns("picture", "method", "network", "segments", "seconds", "found");
        table.Columns[2].NoWrap();
        if (parsed.GetValue(_photographs) is string photographs)
            SegmentPhotographs(photographs, results, sessions, table, cancellation);
        using var library = new ModelLibrary(ModelSelection.Default.Or(BundledModels.Nano), sessions);
        foreach (string file in files)
        {
            foreach (MethodCapabilities method in MethodFactory.Having(library.Selection))
            {
                SegmentationResult found = Segment(
                    file, method, library, Path.Combine(results, Path.GetFileNameWithoutExtension(file)), cancellation);
                AddRow(table, file, BundledModels.Nano, found);
            }
        }

        AnsiConsole.Write(table);
        Console.WriteLine($"results  {results}");
        return 0;
    }

    // Nano would answer too, and its answer would be worth nothing.
    private static void SegmentPhotographs(
        string folder, string results, SessionFactory sessions, Table table, CancellationToken cancellation)
    {
        using var library = new ModelLibrary(ModelSelection.Default, sessions);
        if (BundledModels.IsNano(library.Selection.Sam))
        {
            Console.WriteLine($"The photographs are left out: no published SAM is on this machine (frozenseg models "
                + $"pull {ModelFamilies.Sam}).");
            return;
        }

        MethodCapabilities method = MethodFactory.Find(AutomaskMethod.MethodName).Capabilities;
        foreach (string file in Directory.GetFiles(folder, "*.jpg").Order(StringComparer.Ordinal))
        {
            SegmentationResult found = ProgressDisplay.Run(
                Path.GetFileName(file), _ => Segment(
                    file,
                    method,
                    library,
                    Path.Combine(results, Path.GetFileNameWithoutExtension(file)),
                    cancellation));
            AddRow(table, file, found.Models[0].Name.Split(',')[0], found);
        }
    }

    private static SegmentationResult Segment(
        string file, MethodCapabilities method, ModelLibrary library, string folder, CancellationToken cancellation)
    {
        Picture picture = ImageReader.CreateDefault().ReadPicture(file);
        var order = new SegmentationOrder(method.NeedsWords ? SceneVocabulary : null, [method.Tasks[0]]);
        using ISegmentationMethod made = MethodFactory.Create(method.Name, library, new Dictionary<string, string>());
        SegmentationOutcome outcome = made.Segment(picture.Pixels, order, null, cancellation);
        SegmentationResult document = ResultWriter.Document(picture.Description, method.Name, order, null, outcome);
        ResultWriter.Write(Path.Combine(folder, method.Name), picture.Pixels, document, outcome);
        return document;
    }

    private static void AddRow(Table table, string file, string network, SegmentationResult found) => table.AddRow(
        Path.GetFileNameWithoutExtension(file),
        found.Request.Method,
        network,
        found.Segments.Count.ToString(CultureInfo.InvariantCulture),
        found.Timings.Sum(timing => timing.Seconds).ToString("F2", CultureInfo.InvariantCulture),
        Markup.Escape(string.Join(
            ", ", found.Segments.Select(segment => segment.Label).Where(label => label.Length > 0).Distinct())));

    private static Vocabulary SceneVocabulary { get; } = new(
        "scenes",
        [.. SceneCategories.All.Select(category => new Category(category.Id, [category.Name], category.Kind))]);
}
