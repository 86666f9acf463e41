using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.Sam.Encoding;

/// <summary>
/// A picture as the mask decoder sees it: encoded once, decoded for as many prompts as wanted. The caller disposes it.
/// </summary>
internal sealed class ImageEmbedding : IDisposable
{
    private readonly FeatureLease<ImageEmbedding>? _lease;

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

    private ImageEmbedding(FeatureLease<ImageEmbedding> lease)
        : this(lease.Value.Transform, lease.Value.Features, lease.Value.EarlyFeatures, lease.Value.Prepared) =>
            _lease = lease;

    /// <summary>From the picture to the frame the encoder saw.</summary>
    public ResizeTransform Transform { get; }

    /// <summary>The encoder's output, float32, [1, C, grid, grid].</summary>
    public TensorBuffer<float> Features { get; }

    /// <summary>Bytes of everything it holds.</summary>
    public long ByteCount =>
        (sizeof(float) * (Features.Shape.ElementCount + (EarlyFeatures?.Shape.ElementCount ?? 0)))
            + ((Prepared as IMeasured)?.ByteCount ?? 0);

    /// <summary>Early encoder tokens for HQ-SAM, [grid², E]; null otherwise.</summary>
    internal TensorBuffer<float>? EarlyFeatures { get; }

    /// <summary>The decoder's prompt-independent part, for the decoder that made it.</summary>
    internal IDisposable Prepared { get; }

    /// <summary>An embedding that somebody else owns; disposing it ends the lease.</summary>
    internal static ImageEmbedding Of(FeatureLease<ImageEmbedding> lease) => new(lease);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_lease is not null)
        {
            _lease.Dispose();
            return;
        }

        Features.Dispose();
        EarlyFeatures?.Dispose();
        Prepared.Dispose();
    }
}
