using System.CommandLine;
using FrozenSeg.Pipeline;
using FrozenSeg.Pipeline.Families.Sam;
using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Cli.Commands;

/// <summary><c>frozenseg automask</c>: every mask of a picture, without a prompt.</summary>
internal sealed class AutomaskCommand
{
    private readonly Argument<string> _image = new("image") { Description = "PNG, JPEG, WebP, BMP, GIF, TIFF, PBM or TGA" };
    private readonly SettingOptions _settings = new(MethodFactory.Find(AutomaskMethod.MethodName).Settings, []);
    private readonly OutputArguments _outputs = new();
    private readonly ModelArgument _model = new();
    private readonly RuntimeArguments _runtime = new();

    /// <summary>The command for the root.</summary>
    public static Command Create()
    {
        var self = new AutomaskCommand();
        var command = new Command("automask", "Find every mask of a picture with SAM's automatic mask generator") { self._image };
        self._model.AddTo(command);
        foreach (Option option in self._settings.Options)
            command.Add(option);
        self._outputs.AddTo(command);
        self._runtime.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() => self.Run(parsed, cancellation), cancellation));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        _outputs.Check(parsed);
        var given = new MethodSettings(_settings.Given(parsed));
        _settings.Check(parsed, AutomaskSettings.Problems(given), []);
        string sam = _model.Read(parsed);
        var clock = new StepClock();
        string path = parsed.GetRequiredValue(_image);
        Picture picture = clock.Time("read", () => ImageReader.CreateDefault().ReadPicture(path));
        SessionFactory sessions = _runtime.CreateSessions(parsed);
        using IPromptableModel model = clock.Time("load", () => PromptableModels.Load(sam, sessions));
        AutomaticMaskOptions settings = AutomaskSettings.Read(given, model);
        string[] warnings = [.. NanoWarnings.OfSam(sam, picture.Pixels)];
        foreach (string warning in warnings)
            Console.Error.WriteLine($"Warning: {warning}");
        using var method = new AutomaskMethod(model, settings);
        var order = new SegmentationOrder(null, [SegmentationTask.Masks]);
        SegmentationOutcome found = clock.Time("masks", () => ProgressDisplay.Run(
            "Masks", progress => method.Segment(picture.Pixels, order, progress, cancellation)));

        if (_outputs.Overlay(parsed) is string overlay)
        {
            PixelImage painted = clock.Time("overlay", () => OverlayPainter.Paint(
                picture.Pixels, OverlayPainter.Coloured(found.Segments.Select(segment => segment.Segmentation.Decode()))));
            AtomicFile.Write(overlay, ImageCodec.EncodePng(painted));
        }

        SegmentationResult document = ResultWriter.Document(picture.Description, method.Name, order, null, found) with
        {
            Timings = clock.Timings,
            Warnings = [.. warnings.Concat(found.Warnings).Distinct()],
        };
        _outputs.Write(parsed, document);
        _outputs.Announce(
            parsed,
            $"{found.Segments.Count} masks in {clock.Total:F1} s with {model.Name} on {sessions.ActiveProvider.ToString().ToLowerInvariant()}");
        return 0;
    }
}
