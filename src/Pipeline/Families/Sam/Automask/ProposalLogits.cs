using FrozenSeg.Pipeline.Families.Sam.Decoding;

namespace FrozenSeg.Pipeline.Families.Sam.Automask;

/// <summary>A proposal's logits as the decoder gave them, with the way to the picture's (or crop's) size.</summary>
/// <param name="upscaler">Knows the sizes.</param>
/// <param name="lowResolution">The decoder's logits, row-major.</param>
internal sealed class ProposalLogits(MaskUpscaler upscaler, float[] lowResolution)
{
    /// <summary>Logits at the picture's (or crop's) size, row-major.</summary>
    public float[] Upscale() => upscaler.Upscale(lowResolution);
}
