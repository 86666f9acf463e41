using System.Globalization;
using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Recall;
using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Families.Sam.Interaction;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Benchmarks.Sam;

/// <summary>
/// How far "more like this" finds masks of the example's class: average precision of the ranking by likeness.
/// </summary>
internal static class AlikeMasks
{
    private const double SameIoU = 0.5;

    /// <summary>
    /// Prints three lines: annotated masks of one picture, annotated masks of all other pictures, automatic masks.
    /// </summary>
    /// <param name="weights">The SAM.</param>
    /// <param name="annotations">COCO instances or panoptic JSON.</param>
    /// <param name="pictures">Folder of the pictures.</param>
    /// <param name="threads">CPU threads.</param>
    /// <param name="most">Most pictures.</param>
    /// <param name="automatic">Of them with automatic masks, which take far longer.</param>
    public static void Print(string weights, string annotations, string pictures, int threads, int most, int automatic)
    {
        using IPromptableModel model = PromptableModels.Load(weights, SyntheticSam.Sessions(threads));
        using var automask = new AutomaskMethod(model, AutomaticMaskPresets.Find(null, model));
        ImageReader reader = ImageReader.CreateDefault();
        var all = new List<(int Picture, int Category, float[] Vector)>();
        Tally within = new(), found = new(), across = new();
        int count = 0;
        foreach (RecallPicture picture in RecallTruth.Read(annotations, null, new ProblemLog()).Pictures)
        {
            string? path = new[] { ".jpg", ".png" }.Select(ending => Path.Combine(pictures, picture.Name + ending))
                .FirstOrDefault(File.Exists);
            if (path is null || count == most)
                continue;
            PixelImage image = reader.ReadFile(path);
            using ImageEmbedding embedding = model.Encode(image, default);
            var descriptor = new MaskDescriptor(embedding, model.ImageSize);
            (int Category, RunLengthEncoding Mask, float[] Vector)[] truth =
                [.. picture.Load().Select(
                    segment => (segment.Category, segment.Mask, descriptor.Describe(segment.Mask)))];
            for (int i = 0; i < truth.Length; i++)
                within.Add(truth[i].Category, truth[i].Vector, truth.Where((_, j) => j != i).Select(
                    other => (other.Category, other.Vector)));
            if (count < automatic)
                AddAutomatic(found, truth, automask, image, descriptor);
            all.AddRange(truth.Select(segment => (count, segment.Category, segment.Vector)));
            count++;
        }

        foreach ((int picture, int category, float[] vector) in all)
            across.Add(category, vector, all.Where(other => other.Picture != picture).Select(
                other => (other.Category, other.Vector)));
        Console.WriteLine($"{count} pictures, {all.Count} annotated segments; automatic masks of "
            + $"{Math.Min(count, automatic)} pictures");
        Console.WriteLine($"annotated masks of the same picture  {within}");
        Console.WriteLine($"annotated masks of other pictures    {across}");
        Console.WriteLine($"automatic masks of the same picture  {found}");
    }

    // An automatic mask has the class of the annotated one it covers; the example's own cover is not to be found again.
    private static void AddAutomatic(
        Tally tally,
        (int Category, RunLengthEncoding Mask, float[] Vector)[] truth,
        AutomaskMethod automask,
        PixelImage image,
        MaskDescriptor descriptor)
    {
        (int Owner, float[] Vector)[] masks =
        [
            .. automask.Segment(image, new SegmentationOrder(null, [SegmentationTask.Masks]), null, default).Segments
                .Select(segment => segment.Segmentation.Decode())
                .Select(mask => (
                    Owner: Array.FindIndex(truth, known => RunLengths.IoU(known.Mask, mask) >= SameIoU),
                    descriptor.Describe(mask))),
        ];
        for (int i = 0; i < truth.Length; i++)
        {
            tally.Add(truth[i].Category, truth[i].Vector, masks.Where(mask => mask.Owner != i)
                .Select(mask => (mask.Owner < 0 ? -1 : truth[mask.Owner].Category, mask.Item2)));
        }
    }

    private sealed class Tally
    {
        private readonly List<(double Precision, double Chance, bool IsFirstRight)> _examples = [];

        // An example says something where there is its like and something else.
        public void Add(int category, float[] example, IEnumerable<(int Category, float[] Vector)> others)
        {
            (int Category, float[] Vector)[] candidates = [.. others];
            int alike = candidates.Count(candidate => candidate.Category == category);
            if (alike == 0 || alike == candidates.Length)
                return;
            bool[] ranked = [.. Likeness.Rank(example, [.. candidates.Select(candidate => candidate.Vector)], -2)
                .Select(entry => candidates[entry.Index].Category == category)];
            double sum = 0;
            for (int rank = 0, hits = 0; rank < ranked.Length; rank++)
            {
                if (ranked[rank])
                    sum += (double)++hits / (rank + 1);
            }

            _examples.Add((sum / alike, (double)alike / candidates.Length, ranked[0]));
        }

        public override string ToString() => string.Create(
            CultureInfo.InvariantCulture,
            $"{_examples.Count} examples: AP {Mean(e => e.Precision):F3}, first right "
                + $"{Mean(e => e.IsFirstRight ? 1 : 0):F3}; share of the class {Mean(e => e.Chance):F3}");

        private double Mean(Func<(double Precision, double Chance, bool IsFirstRight), double> value) =>
            _examples.Count == 0 ? double.NaN : _examples.Average(value);
    }
}
