using System.CommandLine;
using System.Globalization;
using FrozenSeg.Cli.Arguments;
using FrozenSeg.Pipeline;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam.Networks;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Cli.Commands;

/// <summary><c>frozenseg predict</c>: the mask of what a point or a box shows.</summary>
internal sealed class PredictCommand
{
    private readonly Argument<string> _image = new("image")
    {
        Description = "PNG, JPEG, WebP, BMP, GIF, TIFF, PBM or TGA",
    };
    private readonly Option<string[]> _points = new("--point")
    {
        Description = "A point x,y or x,y,label in pixels; label 1 is inside, 0 outside; may be repeated",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string?> _box = new("--box") { Description = "A box x0,y0,x1,y1 in pixels" };
    private readonly Option<bool> _single = new("--single-mask")
    {
        Description = "One mask instead of three for an ambiguous prompt",
    };
    private readonly OutputArguments _outputs = new();
    private readonly ModelArgument _model = new();
    private readonly RuntimeArguments _runtime = new();

    /// <summary>The command for the root.</summary>
    public static Command Create()
    {
        var self = new PredictCommand();
        var command = new Command("predict", "Segment what points or a box show")
        {
            self._image, self._points, self._box, self._single,
        };
        self._model.AddTo(command);
        self._outputs.AddTo(command);
        self._runtime.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.Run(() => self.Run(parsed, cancellation), cancellation));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        _outputs.Check(parsed);
        string sam = _model.Read(parsed);
        var clock = new StepClock();
        string path = parsed.GetRequiredValue(_image);
        Picture picture = clock.Time("read", () => ImageReader.CreateDefault().ReadPicture(path));
        PixelImage image = picture.Pixels;
        SamPrompt prompt = ReadPrompt(parsed, image);
        string[] warnings = [.. NanoWarnings.OfSam(sam, image)];
        foreach (string warning in warnings)
            Console.Error.WriteLine($"Warning: {warning}");
        SessionFactory sessions = _runtime.CreateSessions(parsed);
        using IPromptableModel model = clock.Time("load", () => PromptableModels.Load(sam, sessions));
        var predictor = new SamPredictor(model);
        IReadOnlyList<PredictedMask> masks = clock.Time(
            "masks", () => predictor.Predict(image, prompt, multimask: !parsed.GetValue(_single), cancellation));

        if (_outputs.Overlay(parsed) is string overlay)
        {
            RunLengthEncoding best = masks.MaxBy(mask => mask.PredictedIoU)!.Segmentation;
            AtomicFile.Write(
                overlay, ImageCodec.EncodePng(OverlayPainter.Paint(image, OverlayPainter.Coloured([best]))));
        }

        _outputs.Write(parsed, new SegmentationResult
        {
            Image = picture.Description,
            Request = new ResultRequest(
                "predict", ["masks"], null, null, Settings(prompt)),
            Segments = [.. masks.Select((mask, i) => Segment(mask, i + 1))],
            Files = new ResultFiles(null, null, null, null),
            Models = [new ModelStamp(RoleNames.Sam, model.Name, model.WeightHash)],
            Timings = clock.Timings,
            Warnings = warnings,
        });
        _outputs.Announce(parsed, $"{Counted.Of(masks.Count, "mask")} in {clock.Total:F1} s with {model.Name}");
        return 0;
    }

    // Each point and box as the command line takes it.
    private static Dictionary<string, string> Settings(SamPrompt prompt)
    {
        var settings = new Dictionary<string, string>();
        if (prompt.Points.Count > 0)
        {
            settings["points"] = string.Join("; ", prompt.Points.Select(point => string.Create(
                CultureInfo.InvariantCulture,
                $"{point.X},{point.Y},{(point.Label is PromptLabel.Foreground ? 1 : 0)}")));
        }

        if (prompt.Box is BoxXyxy box)
            settings["box"] = string.Create(CultureInfo.InvariantCulture, $"{box.X0},{box.Y0},{box.X1},{box.Y1}");
        return settings;
    }

    private static ResultSegment Segment(PredictedMask mask, int id) => ResultSegment.Of(
        id,
        mask.Segmentation,
        null,
        "",
        null,
        Math.Clamp(mask.PredictedIoU, 0, 1),
        isThing: true,
        SegmentSource.Prompted) with
    {
        Sam = new SamScores(mask.PredictedIoU),
    };

    private SamPrompt ReadPrompt(ParseResult parsed, PixelImage image)
    {
        string[] points = parsed.GetValue(_points) ?? [];
        string? box = parsed.GetValue(_box);
        if (points.Length == 0 && box is null)
            throw SegmentationProblem.InvalidRequest(
                "predict", "neither a point nor a box was given", "Use --point x,y or --box x0,y0,x1,y1");
        return new SamPrompt
        {
            Points = [.. points.Select(point => ReadPoint(point, image))],
            Box = box is null ? null : ReadBox(box, image),
        };
    }

    private static (double X, double Y, PromptLabel Label) ReadPoint(string text, PixelImage image)
    {
        double[] numbers = Numbers("--point", text, 2, 3);
        if (numbers.Length == 3 && numbers[2] is not (0 or 1))
            throw SegmentationProblem.InvalidRequest(
                "--point", $"'{text}' has the label {numbers[2]}", "Use 1 for inside or 0 for outside");
        CheckInside("--point", text, numbers[0], numbers[1], image);
        return (numbers[0], numbers[1], numbers is [_, _, 0] ? PromptLabel.Background : PromptLabel.Foreground);
    }

    private static BoxXyxy ReadBox(string text, PixelImage image)
    {
        double[] numbers = Numbers("--box", text, 4, 4);
        CheckInside("--box", text, numbers[0], numbers[1], image);
        CheckInside("--box", text, numbers[2], numbers[3], image);
        if (numbers[2] <= numbers[0] || numbers[3] <= numbers[1])
            throw SegmentationProblem.InvalidRequest(
                "--box", $"'{text}' has no area", "Give the top-left corner first, then the bottom-right one");
        return new BoxXyxy((float)numbers[0], (float)numbers[1], (float)numbers[2], (float)numbers[3]);
    }

    private static double[] Numbers(string option, string text, int least, int most)
    {
        var numbers = new List<double>();
        foreach (string part in text.Split(','))
        {
            if (!double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
                || !double.IsFinite(number))
                throw SegmentationProblem.InvalidRequest(
                    option, $"'{text}' is not a list of numbers", "Separate pixel coordinates with commas");
            numbers.Add(number);
        }

        return numbers.Count >= least && numbers.Count <= most
            ? [.. numbers]
            : throw SegmentationProblem.InvalidRequest(
                option, $"'{text}' has {numbers.Count} numbers", $"Give {least}{(most > least ? $" or {most}" : "")}");
    }

    private static void CheckInside(string option, string text, double x, double y, PixelImage image)
    {
        if (x < 0 || y < 0 || x > image.Width || y > image.Height)
            throw SegmentationProblem.InvalidRequest(
                option,
                $"'{text}' lies outside the picture of {image.Width}×{image.Height}",
                "Use pixel coordinates of the picture");
    }
}
