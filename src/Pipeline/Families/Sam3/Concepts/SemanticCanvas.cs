using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Families.Sam3.Concepts;

/// <summary>
/// The classes' maps on one picture: each pixel belongs to the class with the largest product of presence and
/// probability, if it is inside that class's map.
/// </summary>
/// <param name="width">Columns.</param>
/// <param name="height">Rows.</param>
/// <param name="classes">Number of classes.</param>
/// <param name="threshold">A pixel whose logit is not above it is outside.</param>
internal sealed class SemanticCanvas(int width, int height, int classes, float threshold)
{
    private readonly float[] _best = new float[width * height];
    private readonly double[] _presence = new double[classes];

    /// <summary>The class of each pixel; <see cref="SegmentationOutcome.VoidIndex"/> for none.</summary>
    public LabelMap Labels { get; } = Void(width, height);

    /// <summary>How sure the model is of a class wherever it was looked for, 0..1.</summary>
    public double Presence(int category) => _presence[category];

    /// <summary>Adds what a view says of a class.</summary>
    /// <param name="category">The class.</param>
    /// <param name="presence">How sure the model is that it is there, 0..1.</param>
    /// <param name="logits">side × side.</param>
    /// <param name="side">Side of the map.</param>
    /// <param name="view">Where it lies.</param>
    public void Add(int category, double presence, ReadOnlySpan<float> logits, int side, CropBox view)
    {
        var full = new float[view.Width * view.Height];
        PlaneResizer.Resize(logits, side, side, full, view.Height, view.Width);
        _presence[category] = Math.Max(_presence[category], presence);
        for (int y = 0; y < view.Height; y++)
        {
            int row = ((view.Y0 + y) * width) + view.X0;
            for (int x = 0; x < view.Width; x++)
            {
                float logit = full[(y * view.Width) + x];
                if (logit <= threshold)
                    continue;
                float value = (float)presence / (1 + MathF.Exp(-logit));
                if (value <= _best[row + x])
                    continue;
                _best[row + x] = value;
                Labels.Labels[row + x] = category;
            }
        }
    }

    private static LabelMap Void(int width, int height)
    {
        var map = new LabelMap(height, width);
        map.Labels.Fill(SegmentationOutcome.VoidIndex);
        return map;
    }
}
