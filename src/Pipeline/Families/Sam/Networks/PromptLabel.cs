namespace FrozenSeg.Pipeline.Families.Sam.Networks;

/// <summary>What a prompt's coordinate pair means; the values are those the embeddings are indexed by.</summary>
internal enum PromptLabel
{
    /// <summary>Fills up a prompt without a box; its coordinates are ignored.</summary>
    Padding = -1,

    /// <summary>A point that must not be in the mask.</summary>
    Background = 0,

    /// <summary>A point that must be in the mask.</summary>
    Foreground = 1,

    /// <summary>Top-left corner of a box.</summary>
    BoxTopLeft = 2,

    /// <summary>Bottom-right corner of a box.</summary>
    BoxBottomRight = 3,
}
