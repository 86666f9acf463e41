namespace FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;

/// <summary>What a class activation map is the gradient of.</summary>
public enum CamTarget
{
    /// <summary>The softmax probability among queries and background: CLIP-ES, and CaR.</summary>
    ClipEs,

    /// <summary>The cosine itself, without competition: plain Grad-CAM.</summary>
    GradCam,
}
