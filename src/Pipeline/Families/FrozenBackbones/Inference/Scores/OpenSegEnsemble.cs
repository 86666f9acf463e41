using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Pixels;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Scores;

/// <summary>
/// The OpenSeg mask ensemble (paper Eq. 4): SAM's masks, classified by CLIP, speak for classes that were not seen in
/// training. For the semantic answer alone.
/// </summary>
/// <param name="mode">Where the masks are placed on the feature map.</param>
/// <param name="epsilon">Share of SAM's masks in unseen classes.</param>
/// <param name="threshold">A mask is kept when its largest unseen class is more probable (ξ).</param>
internal sealed class OpenSegEnsemble(MaskEnsembleMode mode, double epsilon, double threshold)
{
    /// <summary>
    /// Mask logits on the feature map, M×h×w. As released they are taken there by nearest neighbour, padded as if the
    /// map were a picture, and squeezed back (frozenseg.md 8.2); corrected they lie where the picture lies on the map.
    /// </summary>
    /// <param name="masks">M logit planes of the picture's size.</param>
    /// <param name="frame">Sizes.</param>
    /// <param name="height">Rows of the feature map.</param>
    /// <param name="width">Columns of the feature map.</param>
    /// <param name="divisibility">What pictures are padded to a multiple of.</param>
    public float[] Place(IReadOnlyList<float[]> masks, InferenceFrame frame, int height, int width, int divisibility)
    {
        int area = height * width;
        var placed = new float[masks.Count * area];
        Parallel.For(0, masks.Count, i =>
        {
            Span<float> target = placed.AsSpan(i * area, area);
            if (mode is MaskEnsembleMode.Official)
                PlaceAsReleased(masks[i], frame, target, height, width, divisibility);
            else
                PlaceOnPicture(masks[i], frame, target, height, width);
        });
        return placed;
    }

    /// <summary>
    /// How much each mask speaks for each class, M×C: 0 for seen classes and for masks that are not kept.
    /// </summary>
    /// <param name="classes">Class probabilities of the masks, void among them.</param>
    /// <param name="seen">Whether each class was seen in training.</param>
    public float[] Weights(QueryClasses classes, bool[] seen)
    {
        var weights = new float[classes.Count * seen.Length];
        for (int mask = 0; mask < classes.Count; mask++)
        {
            if (!IsKept(classes, seen, mask))
                continue;
            for (int label = 0; label < seen.Length; label++)
                weights[(mask * seen.Length) + label] = seen[label] ? 0 : (float)(epsilon * classes.Of(mask)[label]);
        }

        return weights;
    }

    /// <summary>Whether a mask is sure enough of a class that was not seen.</summary>
    public bool IsKept(QueryClasses classes, bool[] seen, int mask)
    {
        ReadOnlySpan<float> probabilities = classes.Of(mask);
        for (int label = 0; label < seen.Length; label++)
        {
            if (!seen[label] && probabilities[label] > threshold)
                return true;
        }

        return false;
    }

    /// <summary>What is left of a query's say for a class.</summary>
    public float QueryShare(bool isSeen) => isSeen ? 1 : (float)(1 - epsilon);

    private static void PlaceAsReleased(
        ReadOnlySpan<float> mask, InferenceFrame frame, Span<float> target, int height, int width, int divisibility)
    {
        int paddedHeight = RoundUp(height, divisibility), paddedWidth = RoundUp(width, divisibility);
        var padded = new float[paddedHeight * paddedWidth];
        for (int y = 0; y < height; y++)
        {
            int row = Nearest(y, frame.Height, height);
            for (int x = 0; x < width; x++)
                padded[(y * paddedWidth) + x] = mask[(row * frame.Width) + Nearest(x, frame.Width, width)];
        }

        PlaneResizer.Resize(padded, paddedHeight, paddedWidth, target, height, width);
    }

    // To the resized picture, zeros around it, and down to the map; only the places that count are worked out.
    private static void PlaceOnPicture(
        ReadOnlySpan<float> mask, InferenceFrame frame, Span<float> target, int height, int width)
    {
        BilinearTaps rows = new(frame.PaddedHeight, height), columns = new(frame.PaddedWidth, width);
        BilinearTaps toRows = new(frame.Height, frame.NetworkHeight), toColumns = new(frame.Width, frame.NetworkWidth);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                float t = columns.Weight[x], s = rows.Weight[y];
                float above = ((1 - t) * At(mask, rows.Lower[y], columns.Lower[x]))
                    + (t * At(mask, rows.Lower[y], columns.Upper[x]));
                float below = ((1 - t) * At(mask, rows.Upper[y], columns.Lower[x]))
                    + (t * At(mask, rows.Upper[y], columns.Upper[x]));
                target[(y * width) + x] = ((1 - s) * above) + (s * below);
            }
        }

        float At(ReadOnlySpan<float> plane, int y, int x)
        {
            if (y >= frame.NetworkHeight || x >= frame.NetworkWidth)
                return 0;
            float t = toColumns.Weight[x], s = toRows.Weight[y];
            int upper = toRows.Lower[y] * frame.Width, lower = toRows.Upper[y] * frame.Width;
            float above = ((1 - t) * plane[upper + toColumns.Lower[x]]) + (t * plane[upper + toColumns.Upper[x]]);
            float below = ((1 - t) * plane[lower + toColumns.Lower[x]]) + (t * plane[lower + toColumns.Upper[x]]);
            return ((1 - s) * above) + (s * below);
        }
    }

    // PyTorch's nearest neighbour, in float32.
    private static int Nearest(int index, int input, int output) =>
        Math.Min((int)MathF.Floor(index * ((float)input / output)), input - 1);

    private static int RoundUp(int size, int multiple) => (size + multiple - 1) / multiple * multiple;
}
