namespace FrozenSeg.Pipeline.Families.Clip;

/// <summary>The non-linearity inside a CLIP's blocks; the weights do not tell which.</summary>
internal enum ClipActivation
{
    /// <summary>x·sigmoid(1.702 x): OpenAI's models.</summary>
    QuickGelu,

    /// <summary>The exact (erf) GELU: most models trained with open_clip.</summary>
    Gelu,
}
