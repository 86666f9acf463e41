using System.Diagnostics;
using System.Globalization;
using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Recall;
using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Benchmarks.Sam;

/// <summary>
/// How well a SAM segments what a box around it shows: mean IoU over the annotated segments of photographs.
/// </summary>
internal static class BoxPrompts
{
    /// <summary>Prints one line.</summary>
    /// <param name="weights">The SAM.</param>
    /// <param name="annotations">COCO instances or panoptic JSON.</param>
    /// <param name="pictures">Folder of the pictures.</param>
    /// <param name="threads">CPU threads.</param>
    public static void Print(string weights, string annotations, string pictures, int threads)
    {
        using IPromptableModel model = PromptableModels.Load(weights, SyntheticSam.Sessions(threads));
        var predictor = new SamPredictor(model);
        ImageReader reader = ImageReader.CreateDefault();
        var ious = new List<double>();
        TimeSpan encoding = TimeSpan.Zero, answering = TimeSpan.Zero;
        int count = 0;
        foreach (RecallPicture picture in RecallTruth.Read(annotations, null, new ProblemLog()).Pictures)
        {
            string path = Path.Combine(pictures, picture.Name + ".jpg");
            if (!File.Exists(path))
                continue;
            PixelImage image = reader.ReadFile(path);
            long start = Stopwatch.GetTimestamp();
            using ImageEmbedding embedding = model.Encode(image, default);
            encoding += Stopwatch.GetElapsedTime(start);
            start = Stopwatch.GetTimestamp();
            ious.AddRange(picture.Load().Select(segment => RunLengths.IoU(
                segment.Mask, predictor.Predict(
                    embedding, SamPrompt.FromBox(BoxOf(segment.Mask)), multimask: false)[0].Segmentation)));
            answering += Stopwatch.GetElapsedTime(start);
            count++;
        }

        using Process process = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count} pictures, {ious.Count} boxes: mIoU {ious.Average():F3}; {encoding.TotalSeconds / count:F2} s to "
                + $"encode, {answering.TotalSeconds / ious.Count:F3} s a box, {process.PeakWorkingSet64 / 1e6:F0} MB "
                + $"at most"));
    }

    private static BoxXyxy BoxOf(RunLengthEncoding runs)
    {
        BinaryMask mask = runs.ToMask();
        (int left, int top, int right, int bottom) = (mask.Width, mask.Height, 0, 0);
        for (int y = 0; y < mask.Height; y++)
        {
            ReadOnlySpan<byte> row = mask.Row(y);
            int first = row.IndexOf((byte)1);
            if (first < 0)
                continue;
            (left, top) = (Math.Min(left, first), Math.Min(top, y));
            (right, bottom) = (Math.Max(right, row.LastIndexOf((byte)1) + 1), y + 1);
        }

        return new BoxXyxy(left, top, right, bottom);
    }
}
