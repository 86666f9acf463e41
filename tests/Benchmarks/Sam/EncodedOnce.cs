using FrozenSeg.Pipeline.Families.Sam.Decoding;
using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Foundation.Imaging;

namespace FrozenSeg.Benchmarks.Sam;

/// <summary>A model that has encoded its one picture already, so that only decoding is timed.</summary>
internal sealed class EncodedOnce(SamModel model, ImageEmbedding embedding) : IPromptableModel
{
    public string Name => model.Name;

    public string MaskPreset => model.MaskPreset;

    public string? WeightHash => null;

    public int ImageSize => model.ImageSize;

    public int MaskSize => model.MaskSize;

    // A copy, because the generator disposes what it asked for.
    public ImageEmbedding Encode(PixelImage image, CancellationToken cancellation) =>
        model.FromFeatures(embedding.Features, embedding.EarlyFeatures, embedding.Transform);

    public ImageEmbedding WithMask(ImageEmbedding image, ReadOnlySpan<float> logits, CancellationToken cancellation) =>
        model.WithMask(image, logits, cancellation);

    public MaskCandidates Decode(
        ImageEmbedding image,
        IReadOnlyList<SamPrompt> prompts,
        bool multimask,
        float iouThreshold,
        CancellationToken cancellation) =>
        model.Decode(image, prompts, multimask, iouThreshold, cancellation);

    public void Dispose()
    {
    }
}
