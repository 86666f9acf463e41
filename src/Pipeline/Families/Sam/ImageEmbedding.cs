using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.Sam;

/// <summary>
/// A picture as the mask decoder sees it: encoded once, decoded for as many prompts as wanted. The caller disposes it.
/// </summary>
public sealed class ImageEmbedding : IDisposable
{
    internal ImageEmbedding(
        ResizeTransform transform,
        TensorBuffer<float> features,
        TensorBuffer<float>? earlyFeatures,
        IDisposable prepared)
    {
        Transform = transform;
        Features = features;
        EarlyFeatures = earlyFeatures;
        Prepared = prepared;
    }

    /// <summary>From the picture to the frame the encoder saw.</summary>
    public ResizeTransform Transform { get; }

    /// <summary>The encoder's output, float32, [1, C, grid, grid].</summary>
    public TensorBuffer<float> Features { get; }

    /// <summary>Early encoder tokens for HQ-SAM, [grid², E]; null otherwise.</summary>
    internal TensorBuffer<float>? EarlyFeatures { get; }

    /// <summary>The decoder's prompt-independent part, for the decoder that made it.</summary>
    internal IDisposable Prepared { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Features.Dispose();
        EarlyFeatures?.Dispose();
        Prepared.Dispose();
    }
}
