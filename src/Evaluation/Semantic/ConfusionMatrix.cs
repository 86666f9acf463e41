using System.Runtime.InteropServices;

namespace FrozenSeg.Evaluation.Semantic;

/// <summary>Pixels by annotated and predicted class; sparse, since most of a large vocabulary never meet.</summary>
internal sealed class ConfusionMatrix
{
    private readonly Dictionary<(int Truth, int Prediction), long> _pixels = [];

    /// <summary>Counts pixels; <see cref="SemanticPicture.Void"/> as prediction is a miss.</summary>
    public void Add(int truth, int prediction, long pixels) =>
        CollectionsMarshal.GetValueRefOrAddDefault(_pixels, (truth, prediction), out _) += pixels;

    /// <summary>Adds another matrix.</summary>
    public void Add(ConfusionMatrix other)
    {
        foreach (((int truth, int prediction), long pixels) in other._pixels)
            Add(truth, prediction, pixels);
    }

    /// <summary>The largest class that occurs on either side; −1 when there is none.</summary>
    public int LargestClass() =>
        _pixels.Keys.Select(pair => Math.Max(pair.Truth, pair.Prediction)).DefaultIfEmpty(-1).Max();

    /// <summary>Hits, annotated and predicted pixels of every class.</summary>
    /// <param name="excluded">A class whose annotated pixels are left out; null for none.</param>
    public IReadOnlyDictionary<int, ClassPixels> Classes(int? excluded = null)
    {
        var classes = new Dictionary<int, ClassPixels>();
        foreach (((int truth, int prediction), long pixels) in _pixels.Where(entry => entry.Key.Truth != excluded))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(classes, truth, out _) += new ClassPixels(
                truth == prediction ? pixels : 0, pixels, 0);
            if (prediction != SemanticPicture.Void)
                CollectionsMarshal.GetValueRefOrAddDefault(classes, prediction, out _) += new ClassPixels(0, 0, pixels);
        }

        return classes;
    }
}
