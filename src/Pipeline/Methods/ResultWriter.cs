using System.Text.Json;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Pipeline.Methods;

/// <summary>
/// Turns an outcome into the files a user keeps: <c>result.json</c>, <c>panoptic.png</c> and <c>.json</c>,
/// <c>semantic.png</c>, <c>overlay.png</c>.
/// </summary>
internal static class ResultWriter
{
    /// <summary>Name of the document.</summary>
    public const string ResultName = "result.json";

    /// <summary>The document of an outcome.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="method">Name of the method.</param>
    /// <param name="order">What was asked.</param>
    /// <param name="prompts">The prompts as the user wrote them; null with a named vocabulary.</param>
    /// <param name="outcome">What was found.</param>
    /// <param name="outputs">The files wanted; null is all there are.</param>
    public static SegmentationResult Document(
        ResultImage picture,
        string method,
        SegmentationOrder order,
        string? prompts,
        SegmentationOutcome outcome,
        IReadOnlyCollection<OutputFormat>? outputs = null) => new()
        {
            Image = picture,
            Request = new ResultRequest(
                method,
                [.. order.Tasks.Select(task => JsonNamingPolicy.SnakeCaseLower.ConvertName(task.ToString()))],
                prompts,
                order.Vocabulary?.Name,
                outcome.Settings),
            Vocabulary = Categories(order, outcome),
            Segments = outcome.Segments,
            Files = FilesOf(outcome, outputs),
            Models = outcome.Models,
            Timings = outcome.Timings,
            Trace = outcome.Trace,
            Warnings = outcome.Warnings,
        };

    /// <summary>
    /// Every file of a result, by name; the document last, so that it appears when all else is there.
    /// </summary>
    /// <param name="image">The picture; null where it was too large to hold, and the document names no overlay.</param>
    /// <param name="document">The document.</param>
    /// <param name="outcome">What was found.</param>
    public static IEnumerable<(string Name, byte[] Content)> Files(
        PixelImage? image, SegmentationResult document, SegmentationOutcome outcome)
    {
        if (outcome.Panoptic is LabelMap panoptic && document.Files.Panoptic is not null)
        {
            yield return (ResultFiles.Names.Panoptic!, PanopticPng.Write(panoptic));
            yield return (ResultFiles.Names.PanopticJson!, PanopticDocument.Write(document, panoptic));
        }

        if (outcome.Semantic is LabelMap semantic && document.Files.Semantic is not null)
            yield return (ResultFiles.Names.Semantic!, LabelMapPng.Write(
                WithRest(semantic, document, outcome), largest: VoidLabel(document.Vocabulary.Count)));
        if (document.Files.Overlay is not null && image is not null)
            yield return (ResultFiles.Names.Overlay!, ImageCodec.EncodePng(Overlay(image, document, outcome)));
        yield return (ResultName, ResultJsonContext.Write(document));
    }

    /// <summary>
    /// Writes every file of a result into a folder. What an earlier <c>result.json</c> there names and this one does
    /// not is taken away in the end: a map of another picture beside it would be taken for its own.
    /// </summary>
    /// <exception cref="SegmentationProblemException">The folder cannot be written.</exception>
    public static void Write(string folder, PixelImage? image, SegmentationResult document, SegmentationOutcome outcome)
    {
        string[] stale = [.. EarlierFiles(folder).Except(document.Files.Given)];
        foreach ((string name, byte[] content) in Files(image, document, outcome))
            AtomicFile.Write(Path.Combine(folder, name), content);
        foreach (string name in stale)
            AtomicFile.Delete(Path.Combine(folder, name));
    }

    // Somebody else's document of that name says nothing about the files beside it.
    private static IEnumerable<string> EarlierFiles(string folder)
    {
        string path = Path.Combine(folder, ResultName);
        try
        {
            return FileKind.IsRegular(path) && ResultJsonContext.Read(File.ReadAllBytes(path)) is { Files: { } files }
                ? files.Given.Intersect(ResultFiles.Names.Given)
                : [];
        }
        catch (Exception failure) when (failure is JsonException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The value that stands for "no class" in a semantic map of so many classes.</summary>
    public static int VoidLabel(int classes) => classes <= LabelMapPng.MaxByte ? LabelMapPng.MaxByte : LabelMapPng.Max;

    private static ResultFiles FilesOf(SegmentationOutcome outcome, IReadOnlyCollection<OutputFormat>? outputs)
    {
        bool hasPanoptic = outcome.Panoptic is not null && IsWanted(OutputFormat.Panoptic);
        return new ResultFiles(
            hasPanoptic ? ResultFiles.Names.Panoptic : null,
            hasPanoptic ? ResultFiles.Names.PanopticJson : null,
            outcome.Semantic is not null && IsWanted(OutputFormat.Semantic) ? ResultFiles.Names.Semantic : null,
            IsWanted(OutputFormat.Overlay) ? ResultFiles.Names.Overlay : null);

        bool IsWanted(OutputFormat format) => outputs is null || outputs.Contains(format);
    }

    // The background comes last, so that every class keeps its index; datasets that have one give it the id 0.
    private static IReadOnlyList<ResultCategory> Categories(SegmentationOrder order, SegmentationOutcome outcome)
    {
        IReadOnlyList<Category> classes = order.Vocabulary?.Categories ?? [];
        IEnumerable<ResultCategory> listed = classes.Select(ResultCategory.From);
        if (outcome.Background is not string background)
            return [.. listed];
        int id = classes.Any(category => category.Id == 0) ? classes.Max(category => category.Id) + 1 : 0;
        return [.. listed, new ResultCategory(id, background, [background], IsThing: false)];
    }

    // Pixels of no class are background where that is a class, else void.
    private static LabelMap WithRest(LabelMap semantic, SegmentationResult document, SegmentationOutcome outcome)
    {
        int classes = document.Vocabulary.Count, rest = outcome.Background is null ? VoidLabel(classes) : classes - 1;
        return new LabelMap(
            semantic.Height,
            semantic.Width,
            Array.ConvertAll(
                semantic.Labels.ToArray(), label => label == SegmentationOutcome.VoidIndex ? rest : label));
    }

    // Instances and panoptic segments carry their label; a semantic map is explained by a legend.
    internal static PixelImage Overlay(PixelImage image, SegmentationResult document, SegmentationOutcome outcome)
    {
        if (outcome.Semantic is LabelMap semantic && outcome.Panoptic is null)
            return SemanticOverlay(image, semantic, document.Vocabulary);
        HashSet<int>? ids = outcome.Panoptic is LabelMap panoptic ? [.. panoptic.Labels] : null;
        return OverlayPainter.PaintLegibly(image, [.. outcome.Segments
            .Where(segment => ids?.Contains(segment.Id) ?? true)
            .OrderByDescending(segment => segment.Area)
            .Select((segment, i) => new OverlayMask(
                segment.Segmentation.Decode(),
                Palette.Colour(segment.IsThing ? i : segment.Category ?? i),
                segment.Label))]);
    }

    private static PixelImage SemanticOverlay(
        PixelImage image, LabelMap semantic, IReadOnlyList<ResultCategory> categories)
    {
        int[] present = [.. semantic.Labels.ToArray().Where(label => label >= 0).Distinct().Order()];
        PixelImage painted = OverlayPainter.PaintLegibly(
            image,
            [.. present.Select(
                label => new OverlayMask(RunLengthEncoding.FromMask(semantic.MaskOf(label)), Palette.Colour(label)))]);
        return LegendPainter.Append(
            painted, [.. present.Select(label => (categories[label].Name, Palette.Colour(label)))]);
    }
}
