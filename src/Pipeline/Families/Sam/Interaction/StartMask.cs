using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Families.Sam.Interaction;

/// <summary>Where a prediction starts from: the logits of an earlier answer, or any mask of the picture.</summary>
internal sealed class StartMask
{
    // As sure as SAM is in the middle of a large mask.
    private const float Sure = 10;

    // Samples a cell of the decoder's raster, along each side.
    private const int Samples = 4;

    private readonly float[]? _logits;

    private StartMask(float[]? logits, RunLengthEncoding? mask)
    {
        _logits = logits;
        Mask = mask;
    }

    /// <summary>The mask; null when it starts from logits.</summary>
    public RunLengthEncoding? Mask { get; }

    /// <summary>Starts from an earlier answer, exactly as it was.</summary>
    public static StartMask From(PredictedMask earlier) => new(earlier.Logits, null);

    /// <summary>Starts from an earlier answer's logits, row-major.</summary>
    public static StartMask FromLogits(float[] logits) => new(logits, null);

    /// <summary>
    /// Starts from a mask of the picture; each cell of the decoder's raster gets the share of it that is covered.
    /// </summary>
    public static StartMask From(RunLengthEncoding mask) => new(null, mask);

    /// <summary>Logits as the mask decoder takes them, size × size, row-major.</summary>
    internal float[] ToLogits(ResizeTransform transform, int imageSize, int maskSize)
    {
        if (_logits is not null)
        {
            return _logits.Length == maskSize * maskSize
                ? _logits
                : throw new ArgumentException($"{_logits.Length} logits are not {maskSize}×{maskSize}.");
        }

        BinaryMask mask = Mask!.ToMask();
        double scaleX = (double)imageSize / maskSize * transform.Width / transform.NewWidth;
        double scaleY = (double)imageSize / maskSize * transform.Height / transform.NewHeight;
        var logits = new float[maskSize * maskSize];
        for (int row = 0; row < maskSize; row++)
        {
            for (int column = 0; column < maskSize; column++)
                logits[(row * maskSize) + column] =
                    Sure * ((2f * Covered(mask, column * scaleX, row * scaleY, scaleX, scaleY)) - 1);
        }

        return logits;
    }

    private static float Covered(BinaryMask mask, double left, double top, double width, double height)
    {
        int covered = 0;
        for (int sample = 0; sample < Samples * Samples; sample++)
        {
            int x = (int)(left + (((sample % Samples) + 0.5) / Samples * width));
            int y = (int)(top + (((sample / Samples) + 0.5) / Samples * height));
            covered += x < mask.Width && y < mask.Height && mask[y, x] ? 1 : 0;
        }

        return (float)covered / (Samples * Samples);
    }
}
