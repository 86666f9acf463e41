using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Evaluation.Runs.Datasets;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;

namespace FrozenSeg.Evaluation.Runs.Reporting;

/// <summary>Paints the pictures that did worst: what was annotated and what was found, in the same colours.</summary>
internal static class WorstPictures
{
    private const int Most = 8;
    private const string Folder = "worst";

    /// <summary>Paints the worst pictures of every measure into the run's folder.</summary>
    public static IReadOnlyList<WorstPicture> Paint(
        string root, IReadOnlyList<EvaluationReport> measures, IReadOnlyList<DatasetPicture> pictures)
    {
        Dictionary<string, string> paths = pictures.ToDictionary(picture => picture.Name, picture => picture.Path);
        ImageReader reader = ImageReader.CreateDefault();
        return [.. measures.SelectMany(measure => measure.PictureScores.OrderBy(score => score.Score).Take(Most)
            .Select((score, i) => Paint(root, $"{measure.Metric}-{i + 1}", measure.Metric, score, paths, reader)))];
    }

    private static WorstPicture Paint(
        string root,
        string file,
        string metric,
        PictureScore score,
        Dictionary<string, string> paths,
        ImageReader reader)
    {
        if (score.Look?.Invoke() is not ComparedPicture compared || !paths.TryGetValue(compared.Name, out string? path))
            return new WorstPicture(metric, score.Picture, score.Score, null, null);
        PixelImage picture = reader.ReadFile(path);
        string annotated = $"{Folder}/{file}-annotated.png", found = $"{Folder}/{file}-found.png";
        AtomicFile.Write(Path.Combine(root, annotated), ImageCodec.EncodePng(Paint(picture, compared.Annotated)));
        AtomicFile.Write(Path.Combine(root, found), ImageCodec.EncodePng(Paint(picture, compared.Found)));
        return new WorstPicture(metric, score.Picture, score.Score, annotated, found);
    }

    private static PixelImage Paint(PixelImage picture, IReadOnlyList<NamedMask> masks) => OverlayPainter.PaintLegibly(
        picture,
        [.. masks.Where(mask => (mask.Mask.Width, mask.Mask.Height) == (
            picture.Width, picture.Height)).OrderByDescending(mask => mask.Mask.Area)
            .Select(mask => new OverlayMask(mask.Mask, Palette.Colour(mask.Class), mask.Name))]);
}
