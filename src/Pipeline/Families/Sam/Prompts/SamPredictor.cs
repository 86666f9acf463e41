using FrozenSeg.Pipeline.Families.Sam.Decoding;
using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Imaging;

namespace FrozenSeg.Pipeline.Families.Sam.Prompts;

/// <summary>Segments what a prompt shows; SAM's <c>SamPredictor</c>. Safe for many callers.</summary>
/// <param name="model">The network.</param>
internal sealed class SamPredictor(IPromptableModel model)
{
    /// <summary>Encodes the picture and answers one prompt.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="prompt">Points, a box, or both.</param>
    /// <param name="multimask">Several masks, for an ambiguous prompt.</param>
    /// <param name="cancellation">Stops the work.</param>
    public IReadOnlyList<PredictedMask> Predict(
        PixelImage image, SamPrompt prompt, bool multimask, CancellationToken cancellation = default)
    {
        using ImageEmbedding embedding = model.Encode(image, cancellation);
        return Predict(embedding, prompt, multimask, cancellation);
    }

    /// <summary>Answers one prompt about a picture that is encoded already.</summary>
    /// <param name="embedding">The encoded picture.</param>
    /// <param name="prompt">Points, a box, or both.</param>
    /// <param name="multimask">Several masks, for an ambiguous prompt.</param>
    /// <param name="cancellation">Stops the work.</param>
    public IReadOnlyList<PredictedMask> Predict(
        ImageEmbedding embedding, SamPrompt prompt, bool multimask, CancellationToken cancellation = default)
    {
        using MaskCandidates candidates = model.Decode(
            embedding, [prompt], multimask, float.NegativeInfinity, cancellation);
        var upscaler = new MaskUpscaler(model.MaskSize, model.ImageSize, embedding.Transform);
        return [.. Enumerable.Range(0, candidates.Entries.Count).Select(i => new PredictedMask(
            upscaler.Rasterise(candidates.Logits(i), stabilityOffset: 0).Runs,
            candidates.Entries[i].PredictedIoU,
            candidates.Logits(i).ToArray()))];
    }

    /// <summary>Answers a prompt starting from the logits of an earlier answer.</summary>
    /// <param name="embedding">The encoded picture.</param>
    /// <param name="prompt">Points, a box, or both.</param>
    /// <param name="logits">Logits of the earlier answer.</param>
    /// <param name="multimask">Several masks, for an ambiguous prompt.</param>
    /// <param name="cancellation">Stops the work.</param>
    public IReadOnlyList<PredictedMask> Predict(
        ImageEmbedding embedding,
        SamPrompt prompt,
        ReadOnlySpan<float> logits,
        bool multimask,
        CancellationToken cancellation = default)
    {
        using ImageEmbedding masked = model.WithMask(embedding, logits, cancellation);
        return Predict(masked, prompt, multimask, cancellation);
    }
}
