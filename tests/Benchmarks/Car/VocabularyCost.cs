using System.Globalization;
using FrozenSeg.Pipeline.Families.ClipAsRnn;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Results;
using FrozenSeg.Shared.Vocabularies;
using FrozenSeg.Testing;

namespace FrozenSeg.Benchmarks.Car;

/// <summary>
/// What a picture costs as the vocabulary grows, stage by stage; every query stays, which is the dearest case.
/// </summary>
internal static class VocabularyCost
{
    private const int Side = 500;

    private static readonly PixelImage Picture = TestPicture.Make(Side, Side);

    /// <summary>Seconds by stage for each number of queries.</summary>
    /// <param name="clip">The CLIP in both roles.</param>
    /// <param name="counts">Numbers of queries.</param>
    /// <param name="threads">CPU threads.</param>
    public static IReadOnlyList<(int Queries, IReadOnlyList<StageTiming> Stages)> Measure(
        string clip, IReadOnlyList<int> counts, int threads)
    {
        using var car = new LoadedCar(clip, clip, threads);
        var method = new CarMethod(car.Networks, new CarOptions { QueryThreshold = 0, UsesCrf = false });
        Run(method, 2, "warm");
        var costs = new List<(int, IReadOnlyList<StageTiming>)>();
        foreach (int count in counts)
        {
            costs.Add((count, Run(method, count, $"thing of {count},")));
            Console.WriteLine($"{count}: " + string.Join(", ", costs[^1].Item2.Select(
                stage => string.Create(CultureInfo.InvariantCulture, $"{stage.Stage} {stage.Seconds:F2}"))));
        }

        return costs;
    }

    private static IReadOnlyList<StageTiming> Run(CarMethod method, int count, string word)
    {
        Category[] categories =
            [.. Enumerable.Range(0, count).Select(i => new Category(i, [$"{word} {i}"], CategoryKind.Thing))];
        var order = new SegmentationOrder(new Vocabulary("numbers", categories), [SegmentationTask.Semantic]);
        return method.Segment(Picture, order, null, default).Timings;
    }
}
