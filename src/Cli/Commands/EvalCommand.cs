using System.CommandLine;
using FrozenSeg.Cli.Evaluation;
using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Instances;
using FrozenSeg.Evaluation.Panoptic;
using FrozenSeg.Evaluation.Recall;
using FrozenSeg.Evaluation.Referring;
using FrozenSeg.Evaluation.Semantic;
using FrozenSeg.Evaluation.Video;

namespace FrozenSeg.Cli.Commands;

/// <summary><c>frozenseg eval</c>: measures predictions with the field's own definitions.</summary>
internal static class EvalCommand
{
    private const string Results = "a result.json, or a folder of results";

    /// <summary>The command for the root.</summary>
    public static Command Create() => new("eval", "Measure predictions against annotations")
    {
        Panoptic(), Instance(), Lvis(), Semantic(), Recall(), Referring(), Video(), EvalRunCommand.Create(),
    };

    private static Command Panoptic()
    {
        var classes = new Option<string?>("--classes")
        {
            Description = "List of classes that says which were seen, as generated scenes have it",
        };
        return new EvaluationArguments(
            "COCO panoptic JSON; its PNGs in the folder beside it of the same name", $"The same, or {Results}").Command(
                "panoptic",
                "Panoptic quality: PQ, SQ, RQ",
                [classes],
                (parsed, truth, prediction, options) =>
                    PanopticEvaluation.Run(truth, prediction, parsed.GetValue(classes), options));
    }

    private static Command Instance()
    {
        var boxes = new Option<bool>("--boxes") { Description = "Compare boxes instead of masks" };
        return new EvaluationArguments("COCO instances JSON", $"COCO results JSON, or {Results}").Command(
            "instance",
            "COCO average precision and recall",
            [boxes],
            (parsed, truth, prediction, options) => InstanceEvaluation.Run(
                truth, prediction, AveragePrecisionOptions.Coco with { Boxes = parsed.GetValue(boxes) }, options));
    }

    private static Command Lvis()
    {
        var boxes = new Option<bool>("--boxes") { Description = "Compare boxes instead of masks" };
        return new EvaluationArguments("LVIS JSON", $"COCO results JSON, or {Results}").Command(
            "lvis",
            "LVIS average precision: rare, common and frequent classes",
            [boxes],
            (parsed, truth, prediction, options) => InstanceEvaluation.Run(
                truth, prediction, AveragePrecisionOptions.Lvis with { Boxes = parsed.GetValue(boxes) }, options));
    }

    private static Command Semantic()
    {
        var ignore = new Option<int[]>("--ignore")
        {
            Description = "Labels that are not evaluated, besides void (255)",
            AllowMultipleArgumentsPerToken = true,
        };
        var background = new Option<int?>("--background")
        {
            Description = "The background class; figures without it are given too",
        };
        var classes = new Option<string?>("--classes")
        {
            Description = "The classes: names, one a line, or JSON; without it whatever labels occur",
        };
        var truthLabels = new Option<LabelScheme>("--gt-labels")
        {
            Description = "What annotated labels mean: plain, ade, cityscapes, voc",
        };
        var predictionLabels = new Option<LabelScheme>("--pred-labels")
        {
            Description = "What predicted labels mean: plain, ade, cityscapes, voc",
        };
        return new EvaluationArguments(
            "Folder of annotated PNGs", $"Folder of predicted PNGs of the same names, or {Results}").Command(
                "semantic",
                "Semantic segmentation: mIoU, frequency-weighted IoU, accuracies",
                [ignore, background, classes, truthLabels, predictionLabels],
                (parsed, truth, prediction, options) => SemanticEvaluation.Run(
                    truth,
                    prediction,
                    new SemanticOptions
                    {
                        Ignored = parsed.GetValue(ignore) ?? [],
                        Background = parsed.GetValue(background),
                        Classes = parsed.GetValue(classes) is string path ? ClassesFile.ReadIndices(path) : null,
                        TruthLabels = parsed.GetValue(truthLabels),
                        PredictionLabels = parsed.GetValue(predictionLabels),
                    },
                    options));
    }

    private static Command Recall()
    {
        var classes = new Option<string?>("--classes")
        {
            Description = "List of classes that says which were seen, as generated scenes have it",
        };
        return new EvaluationArguments("COCO instances or panoptic JSON", $"COCO results JSON, or {Results}").Command(
            "recall",
            "Mask recall at IoU 0.5, 0.75 and 0.9, whatever the classes",
            [classes],
            (parsed, truth, prediction, options) =>
                RecallEvaluation.Run(truth, prediction, parsed.GetValue(classes), options));
    }

    private static Command Referring()
    {
        var split = new Option<string?>("--split")
        {
            Description = "Only references of this split: val, testA, testB …",
        };
        return new EvaluationArguments(
            "References: JSON, RefCOCO's pickle, or their folder", $"JSON list of answers, or {Results}").Command(
                "referring",
                "Referring expressions: mIoU, oIoU, precision, GRES's gIoU",
                [split],
                (parsed, truth, prediction, options) =>
                    ReferringEvaluation.Run(truth, prediction, parsed.GetValue(split), options));
    }

    private static Command Video()
    {
        var skipEnds = new Option<bool?>("--skip-ends")
        {
            Description = "Leave out first and last frames, as DAVIS does; by default for a DAVIS root only",
        };
        var matchObjects = new Option<bool>("--match-objects")
        {
            Description = "Match predicted objects to annotated ones, whatever their numbers: DAVIS's unsupervised "
                + "task, Ref-DAVIS",
        };
        return new EvaluationArguments(
            "Folder of annotated frames, of sequences, or a DAVIS root", "Folder of the same form").Command(
                "video",
                "Video object segmentation: J, F, J&F",
                [skipEnds, matchObjects],
                (parsed, truth, prediction, options) => VideoEvaluation.Run(
                    truth,
                    prediction,
                    new VideoOptions
                    {
                        SkipEnds = parsed.GetValue(skipEnds),
                        MatchObjects = parsed.GetValue(matchObjects),
                    },
                    options));
    }
}
