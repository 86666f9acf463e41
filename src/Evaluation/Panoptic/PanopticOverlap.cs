using System.Runtime.InteropServices;
using FrozenSeg.Evaluation.Formats.Labels;
using FrozenSeg.Pipeline.Foundation.Imaging;

namespace FrozenSeg.Evaluation.Panoptic;

/// <summary>How many pixels each pair of an annotated and a predicted segment shares.</summary>
/// <param name="truth">RGB segment ids.</param>
/// <param name="prediction">RGB segment ids of the same size.</param>
internal sealed class PanopticOverlap(Raster truth, Raster prediction)
{
    /// <summary>Every pair that meets, with its number of pixels.</summary>
    public Dictionary<(int Truth, int Prediction), int> Pairs { get; } = LabelPairs.Count(truth, prediction);

    /// <summary>Pixels two segments share.</summary>
    public int this[int truthId, int predictionId] => Pairs.GetValueOrDefault((truthId, predictionId));

    /// <summary>Pixels of each annotated segment.</summary>
    public Dictionary<int, int> TruthAreas() => Areas(pair => pair.Truth);

    /// <summary>Pixels of each predicted segment.</summary>
    public Dictionary<int, int> PredictionAreas() => Areas(pair => pair.Prediction);

    private Dictionary<int, int> Areas(Func<(int Truth, int Prediction), int> side)
    {
        var areas = new Dictionary<int, int>();
        foreach (((int, int) pair, int pixels) in Pairs)
            CollectionsMarshal.GetValueRefOrAddDefault(areas, side(pair), out _) += pixels;
        return areas;
    }
}
