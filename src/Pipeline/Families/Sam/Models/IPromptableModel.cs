using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Families.Sam.Decoding;
using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Foundation.Imaging;

namespace FrozenSeg.Pipeline.Families.Sam.Models;

/// <summary>
/// A network that turns prompts into masks: SAM in all its sizes, or the procedural stand-in. Safe for many callers.
/// </summary>
internal interface IPromptableModel : IDisposable
{
    /// <summary>Name for reports; says when a model is not trained.</summary>
    string Name { get; }

    /// <summary>The settings of automatic masks that suit it (<see cref="AutomaticMaskPresets"/>).</summary>
    string MaskPreset { get; }

    /// <summary>SHA-256 of the weight file, lower-case hex; null without one.</summary>
    string? WeightHash { get; }

    /// <summary>Side of the square frame the encoder sees, pixels.</summary>
    int ImageSize { get; }

    /// <summary>Side of the decoder's mask logits, pixels.</summary>
    int MaskSize { get; }

    /// <summary>Encodes a picture. The caller disposes the result.</summary>
    ImageEmbedding Encode(PixelImage image, CancellationToken cancellation);

    /// <summary>
    /// The same picture with a mask prompt: decoding then starts from those logits. The caller disposes it.
    /// </summary>
    /// <param name="image">The encoded picture.</param>
    /// <param name="logits">Mask logits of an earlier decoding, <see cref="MaskSize"/>² row-major.</param>
    /// <param name="cancellation">Stops the work.</param>
    ImageEmbedding WithMask(ImageEmbedding image, ReadOnlySpan<float> logits, CancellationToken cancellation);

    /// <summary>
    /// Decodes a batch of prompts. Only masks whose predicted IoU is above <paramref name="iouThreshold"/> are
    /// computed.
    /// </summary>
    /// <param name="image">The encoded picture.</param>
    /// <param name="prompts">Prompts of one form (see <see cref="SamPrompt"/>).</param>
    /// <param name="multimask">Several masks a prompt, for ambiguous prompts; otherwise one.</param>
    /// <param name="iouThreshold">Masks at or below it are left out; negative infinity keeps all.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The masks, prompt by prompt; the caller disposes them.</returns>
    MaskCandidates Decode(
        ImageEmbedding image,
        IReadOnlyList<SamPrompt> prompts,
        bool multimask,
        float iouThreshold,
        CancellationToken cancellation);
}
