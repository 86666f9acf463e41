using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.Sam.Decoding;

/// <summary>SAM's mask decoder, loaded for one kind of processor. Safe for many callers.</summary>
internal interface IMaskDecoder : IDisposable
{
    /// <summary>How many prompts are best decoded at a time.</summary>
    int PromptsPerPass { get; }

    /// <summary>What decoding needs of a picture; disposed with the picture.</summary>
    /// <param name="features">The encoder's output <c>[1, C, grid, grid]</c>.</param>
    /// <param name="early">Early features for HQ-SAM <c>[grid², E]</c>, otherwise null.</param>
    /// <param name="dense">The dense prompt, <c>[1, C, grid, grid]</c> or <c>[1, C, 1, 1]</c>.</param>
    /// <param name="cancellation">Stops the work.</param>
    IDisposable Prepare(
        TensorBuffer<float> features,
        TensorBuffer<float>? early,
        TensorBuffer<float> dense,
        CancellationToken cancellation);

    /// <summary>Decodes prompts.</summary>
    /// <param name="prepared">What <see cref="Prepare"/> has made.</param>
    /// <param name="prompts">At most <see cref="PromptsPerPass"/> prompts.</param>
    /// <param name="choose">From predicted IoUs <c>[B, 4]</c> to the masks that are wanted, in order of their
    /// prompts.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The masks wanted, and their logits <c>[masks, 4·grid, 4·grid]</c>, which the caller disposes.</returns>
    (IReadOnlyList<MaskChoice> Choices, TensorBuffer<float> Logits) Decode(
        IDisposable prepared,
        PromptTensors prompts,
        Func<TensorBuffer<float>, IReadOnlyList<MaskChoice>> choose,
        CancellationToken cancellation);
}
