using System.Text.Json;
using FrozenSeg.Evaluation.Panoptic;
using FrozenSeg.Evaluation.Semantic;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests;

/// <summary>
/// What is alive at the end of an evaluation, with everything it still holds, hardly grows with the number of pictures:
/// names and scores, and no pixels. Bytes are counted for the whole process, so these tests run while no other does.
/// </summary>
[Collection(nameof(EvaluationMemoryTests))]
[CollectionDefinition(nameof(EvaluationMemoryTests), DisableParallelization = true)]
public sealed class EvaluationMemoryTests : IDisposable
{
    private const int Few = 20, Many = 200, Height = 300, Width = 400;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Panoptic_TenTimesThePictures_HoldsNoMorePixels()
    {
        long few = Panoptic(Few), many = Panoptic(Many);

        AssertFlat(few, many, Height * Width * 3);
    }

    [Fact]
    public void Semantic_TenTimesThePictures_HoldsNoMorePixels()
    {
        long few = Semantic(Few), many = Semantic(Many);

        AssertFlat(few, many, Height * Width);
    }

    // A picture leaves less than a fiftieth of its pixels.
    private static void AssertFlat(long few, long many, int pictureBytes)
    {
        double each = (double)(many - few) / (Many - Few);
        Assert.True(
            each < pictureBytes / 50.0,
            $"each picture leaves {each:N0} bytes; {few:N0} bytes after {Few} pictures, {many:N0} after {Many}");
    }

    private long Panoptic(int pictures)
    {
        string truth = WritePanoptic("gt", pictures), prediction = WritePanoptic("pred", pictures);
        return Measure(options => PanopticEvaluation.Run(truth, prediction, null, options));
    }

    private long Semantic(int pictures)
    {
        byte[] map = LabelMapPng.Write(Map(label => label));
        foreach (string side in (string[])["gt", "pred"])
        {
            Directory.CreateDirectory(_folder.Path($"{side}-{pictures}"));
            for (int i = 0; i < pictures; i++)
                _folder.Write(Path.Combine($"{side}-{pictures}", $"{i:D6}.png"), map);
        }

        return Measure(options => SemanticEvaluation.Run(
            _folder.Path($"gt-{pictures}"), _folder.Path($"pred-{pictures}"), new SemanticOptions(), options));
    }

    private string WritePanoptic(string side, int pictures)
    {
        byte[] map = PanopticPng.Write(Map(label => label + 1));
        string name = $"{side}-panoptic-{pictures}";
        Directory.CreateDirectory(_folder.Path(name));
        for (int i = 0; i < pictures; i++)
            _folder.Write(Path.Combine(name, $"{i:D6}.png"), map);
        return _folder.Write($"{name}.json", JsonSerializer.SerializeToUtf8Bytes(new
        {
            annotations = Enumerable.Range(0, pictures).Select(i => new
            {
                image_id = i,
                file_name = $"{i:D6}.png",
                segments_info = Enumerable.Range(1, 6).Select(id => new { id, category_id = id }),
            }),
            categories = Enumerable.Range(1, 6).Select(id => new { id, name = $"class {id}", isthing = 1 }),
        }));
    }

    private static LabelMap Map(Func<int, int> label)
    {
        var map = new LabelMap(Height, Width);
        for (int at = 0; at < map.Labels.Length; at++)
            map.Labels[at] = label(at % Width * 6 / Width);
        return map;
    }

    private static long Measure(Action<EvaluationOptions> run)
    {
        var last = new LastReport();
        run(new EvaluationOptions { Threads = 1, Progress = last });
        return last.Alive;
    }

    private sealed class LastReport : IProgress<double>
    {
        public long Alive { get; private set; }

        public void Report(double value)
        {
            if (value == 1)
                Alive = GC.GetTotalMemory(forceFullCollection: true);
        }
    }
}
