using FrozenSeg.Pipeline.Families.Sam.Decoding;
using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Runtime;

namespace FrozenSeg.Pipeline.Families.Sam.Models;

/// <summary>
/// A network that encodes a picture once for all callers: automatic masks, prompts, other methods' snapping.
/// </summary>
/// <param name="model">The network; disposed with this.</param>
/// <param name="name">Names the network in the cache.</param>
/// <param name="features">Where embeddings are kept.</param>
internal sealed class RememberingModel(IPromptableModel model, string name, FeatureCache features) : IPromptableModel
{
    /// <inheritdoc/>
    public string Name => model.Name;

    /// <inheritdoc/>
    public string MaskPreset => model.MaskPreset;

    /// <inheritdoc/>
    public string? WeightHash => model.WeightHash;

    /// <inheritdoc/>
    public int ImageSize => model.ImageSize;

    /// <inheritdoc/>
    public int MaskSize => model.MaskSize;

    /// <inheritdoc/>
    public ImageEmbedding Encode(PixelImage image, CancellationToken cancellation) =>
        Encode(PixelHash.Of(image), () => image, cancellation);

    /// <summary>Encodes a picture whose hash is known, and which need not be at hand while its embedding is.</summary>
    public ImageEmbedding Encode(string pixelHash, Func<PixelImage> load, CancellationToken cancellation)
    {
        FeatureLease<ImageEmbedding> lease = features.Get(
            $"sam:{name}:{pixelHash}",
            () => model.Encode(load(), cancellation),
            embedding => embedding.ByteCount,
            cancellation);
        return ImageEmbedding.Of(lease);
    }

    /// <inheritdoc/>
    public ImageEmbedding WithMask(ImageEmbedding image, ReadOnlySpan<float> logits, CancellationToken cancellation) =>
        model.WithMask(image, logits, cancellation);

    /// <inheritdoc/>
    public MaskCandidates Decode(
        ImageEmbedding image,
        IReadOnlyList<SamPrompt> prompts,
        bool multimask,
        float iouThreshold,
        CancellationToken cancellation) => model.Decode(image, prompts, multimask, iouThreshold, cancellation);

    /// <inheritdoc/>
    public void Dispose() => model.Dispose();
}
