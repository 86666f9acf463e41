using FrozenSeg.Pipeline.Evaluation.Reports;
using FrozenSeg.Pipeline.Files;
using FrozenSeg.Pipeline.Imaging;
using FrozenSeg.Pipeline.Imaging.Codecs;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Evaluation.Runs;

/// <summary>Paints the pictures that did worst: what was annotated and what was found, in the same colours.</summary>
internal static class WorstPictures
{
    private const int Most = 8, SmallSide = 480, MostEnlarged = 8;
    private const string Folder = "worst";

    /// <summary>Paints the worst pictures of every measure into the run's folder.</summary>
    public static IReadOnlyList<WorstPicture> Paint(string root, IReadOnlyList<Reports.Evaluation> measures, IReadOnlyList<DatasetPicture> pictures)
    {
        Dictionary<string, string> paths = pictures.ToDictionary(picture => picture.Name, picture => picture.Path);
        ImageReader reader = ImageReader.CreateDefault();
        return [.. measures.SelectMany(measure => measure.PictureScores.OrderBy(score => score.Score).Take(Most)
            .Select((score, i) => Paint(root, $"{measure.Metric}-{i + 1}", measure.Metric, score, paths, reader)))];
    }

    private static WorstPicture Paint(
        string root, string file, string metric, PictureScore score, Dictionary<string, string> paths, ImageReader reader)
    {
        if (score.Look?.Invoke() is not ComparedPicture compared || !paths.TryGetValue(compared.Name, out string? path))
            return new WorstPicture(metric, score.Picture, score.Score, null, null);
        PixelImage picture = reader.ReadFile(path);
        string annotated = $"{Folder}/{file}-annotated.png", found = $"{Folder}/{file}-found.png";
        AtomicFile.Write(Path.Combine(root, annotated), ImageCodecs.Default.EncodePng(Paint(picture, compared.Annotated)));
        AtomicFile.Write(Path.Combine(root, found), ImageCodecs.Default.EncodePng(Paint(picture, compared.Found)));
        return new WorstPicture(metric, score.Picture, score.Score, annotated, found);
    }

    // Small pictures are enlarged before outlines and names are painted, so that these stay thin and readable.
    private static PixelImage Paint(PixelImage picture, IReadOnlyList<NamedMask> masks)
    {
        int scale = Math.Clamp((SmallSide + Math.Max(picture.Width, picture.Height) - 1) / Math.Max(picture.Width, picture.Height), 1, MostEnlarged);
        return OverlayPainter.Paint(
            Enlarge(picture, scale),
            [.. masks.Where(mask => (mask.Mask.Width, mask.Mask.Height) == (picture.Width, picture.Height)).OrderByDescending(mask => mask.Mask.Area)
                .Select(mask => new OverlayMask(Enlarge(mask.Mask, scale), Palette.Colour(mask.Class), mask.Name))]);
    }

    private static PixelImage Enlarge(PixelImage picture, int scale)
    {
        var large = new PixelImage(picture.Width * scale, picture.Height * scale);
        for (int y = 0; y < large.Height; y++)
        {
            for (int x = 0; x < large.Width; x++)
                picture.Pixel(x / scale, y / scale).CopyTo(large.Pixel(x, y));
        }

        return large;
    }

    private static RunLengthEncoding Enlarge(RunLengthEncoding mask, int scale)
    {
        if (scale == 1)
            return mask;
        BinaryMask small = mask.ToMask();
        var large = new BinaryMask(small.Height * scale, small.Width * scale);
        for (int y = 0; y < large.Height; y++)
        {
            for (int x = 0; x < large.Width; x++)
                large[y, x] = small[y / scale, x / scale];
        }

        return RunLengthEncoding.FromMask(large);
    }
}
