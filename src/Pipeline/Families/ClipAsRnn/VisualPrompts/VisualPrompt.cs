namespace FrozenSeg.Pipeline.Families.ClipAsRnn.VisualPrompts;

/// <summary>
/// What is done to a picture to point CLIP at a mask (CaR section 3.2 and Table 4). Prompts combine; they are applied
/// in the order of this list, whatever order they are named in.
/// </summary>
[Flags]
public enum VisualPrompt
{
    /// <summary>The picture as it is.</summary>
    None = 0,

    /// <summary>Blurs what lies outside the mask.</summary>
    BackgroundBlur = 1,

    /// <summary>Turns what lies outside the mask gray.</summary>
    BackgroundGray = 2,

    /// <summary>Blackens what lies outside the mask.</summary>
    BackgroundMask = 4,

    /// <summary>A red ellipse around the mask's centre, as wide and high as the mask.</summary>
    Circle = 8,

    /// <summary>A red rectangle around the mask's centre, as wide and high as the mask.</summary>
    Rectangle = 16,

    /// <summary>A red line along the outer border of the mask.</summary>
    Contour = 32,
}
