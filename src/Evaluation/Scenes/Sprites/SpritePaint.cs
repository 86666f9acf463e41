namespace FrozenSeg.Evaluation.Scenes.Sprites;

/// <summary>Where a part's colour comes from.</summary>
internal enum SpritePaint
{
    /// <summary>The thing's colour, with its pattern.</summary>
    Body,

    /// <summary>The thing's colour, darker.</summary>
    BodyDark,

    /// <summary>The thing's colour, lighter.</summary>
    BodyLight,

    /// <summary>A colour of the part's own, always the same.</summary>
    Own,
}
