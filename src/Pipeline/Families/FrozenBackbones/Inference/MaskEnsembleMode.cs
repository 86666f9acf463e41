namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Inference;

/// <summary>Whether SAM's masks help to classify, and how they are placed.</summary>
public enum MaskEnsembleMode
{
    /// <summary>SAM's masks are not asked.</summary>
    Off,

    /// <summary>Masks lie on the feature map where the picture does.</summary>
    Corrected,

    /// <summary>
    /// Masks are placed as the released code places them, squeezed to a corner; for reproducing published numbers.
    /// </summary>
    Official,
}
