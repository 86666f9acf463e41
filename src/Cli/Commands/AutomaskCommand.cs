using System.CommandLine;
using FrozenSeg.Cli.Arguments;
using FrozenSeg.Cli.Pictures;
using FrozenSeg.Pipeline;
using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Cli.Commands;

/// <summary><c>frozenseg automask</c>: every mask of pictures, without a prompt.</summary>
internal sealed class AutomaskCommand
{
    private static readonly SegmentationOrder Order = new(null, [SegmentationTask.Masks]);

    private readonly PictureArguments _pictures = new();
    private readonly SettingOptions _settings = new(MethodFactory.Find(AutomaskMethod.MethodName).Settings, []);
    private readonly OutputArguments _outputs = new(
        "The masks, as a result.json, of several pictures a folder each below it; - prints them");
    private readonly ModelArgument _model = new();
    private readonly RuntimeArguments _runtime = new();

    /// <summary>The command for the root.</summary>
    public static Command Create()
    {
        var self = new AutomaskCommand();
        var command = new Command("automask", "Find every mask of pictures with SAM's automatic mask generator");
        self._pictures.AddTo(command);
        self._outputs.AddTo(command);
        self._model.AddTo(command);
        foreach (Option option in self._settings.Options)
            command.Add(option);
        self._runtime.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() => self.Run(parsed, cancellation), cancellation));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        PictureList pictures = _pictures.Read(parsed);
        PictureSegmenter segmenter = _pictures.Segmenter(parsed);
        string target = _outputs.Target(parsed);
        _pictures.CheckTarget(parsed, pictures, target);
        CheckPlaces(parsed, pictures, target);
        var given = new MethodSettings(_settings.Given(parsed));
        _settings.Check(parsed, AutomaskSettings.Problems(given), []);
        string sam = _model.Read(parsed);
        SessionFactory sessions = _runtime.CreateSessions(parsed, _pictures.AtOnce, pictures.Jobs.Count);
        var loading = new StepClock();
        using IPromptableModel model = loading.Time("load", () => PromptableModels.Load(sam, sessions));
        AutomaticMaskOptions settings = AutomaskSettings.Read(given, model);
        using var method = new AutomaskMethod(model, settings);
        var work = new PictureWork(
            "Masks", Segment, place => place, document => _outputs.Announce(parsed, Summary(document)));
        string?[] request =
        [
            model.WeightHash ?? model.Name,
            .. AutomaskSettings.Values(settings)
                .OrderBy(value => value.Key, StringComparer.Ordinal)
                .Select(value => $"{value.Key}={value.Value}"),
        ];
        return _pictures.Run(parsed, pictures, sessions.PicturesAtOnce, target, request, work, cancellation);

        SegmentationResult Segment(string path, string place, IProgress<double> progress)
        {
            var clock = new StepClock();
            string[] warnings = [];
            (ResultImage description, PixelImage? pixels, SegmentationOutcome found) = clock.Time(
                "masks", () => segmenter.Segment(
                    path,
                    method,
                    Order,
                    image => warnings = Warned([.. NanoWarnings.OfSam(sam, image)]),
                    progress,
                    cancellation));
            if (pictures.IsSingle && _outputs.Overlay(parsed) is string overlay && pixels is not null)
                clock.Time("overlay", () => Paint(overlay, pixels, found));
            SegmentationResult document = ResultWriter.Document(
                description, method.Name, Order, null, found, pixels is null ? [] : null) with
            {
                Timings = [.. loading.Timings, .. clock.Timings],
                Warnings = [.. warnings.Concat(found.Warnings).Distinct()],
            };
            if (pictures.IsSingle)
                _outputs.Write(parsed, document, hasOverlay: pixels is not null);
            else
                ResultWriter.Write(place, pixels, document, found);
            return document;
        }

        string Summary(SegmentationResult document) =>
            $"{Counted.Of(document.Segments.Count, "mask")} in "
                + $"{document.Timings.Sum(timing => timing.Seconds):F1} s with "
                + $"{model.Name} on {sessions.ActiveProvider.ToString().ToLowerInvariant()}";
    }

    private void CheckPlaces(ParseResult parsed, PictureList pictures, string target)
    {
        if (pictures.IsSingle)
        {
            _outputs.Check(parsed);
            return;
        }

        if (_outputs.Overlay(parsed) is not null)
        {
            throw SegmentationProblem.InvalidRequest(
                "--overlay",
                "several overlays cannot be one file",
                "Leave it out: each picture's folder gets its overlay.png");
        }

        OutputPlace.CheckFolder(target);
    }

    private static string[] Warned(string[] warnings)
    {
        foreach (string warning in warnings)
            Console.Error.WriteLine($"Warning: {warning}");
        return warnings;
    }

    private static void Paint(string overlay, PixelImage pixels, SegmentationOutcome found)
    {
        PixelImage painted = OverlayPainter.Paint(
            pixels, OverlayPainter.Coloured(found.Segments.Select(segment => segment.Segmentation.Decode())));
        AtomicFile.Write(overlay, ImageCodec.EncodePng(painted));
    }
}
