using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Decoding;

/// <summary>What the pixel decoder hands to the transformer decoder. The caller disposes it.</summary>
/// <param name="Levels">The coarsest first, each <c>[1, D, h, w]</c>.</param>
/// <param name="MaskFeatures"><c>[1, D, H/4, W/4]</c>.</param>
/// <param name="Sam"><c>[1, D, s, s]</c>; null without a SAM branch.</param>
internal sealed record PixelFeatures(
    IReadOnlyList<TensorBuffer<float>> Levels, TensorBuffer<float> MaskFeatures, TensorBuffer<float>? Sam) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (TensorBuffer<float> level in Levels)
            level.Dispose();
        MaskFeatures.Dispose();
        Sam?.Dispose();
    }
}
