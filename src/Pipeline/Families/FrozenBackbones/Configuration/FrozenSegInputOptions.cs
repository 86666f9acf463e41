namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Configuration;

/// <summary>How a picture is prepared (frozenseg.md 1).</summary>
internal sealed record FrozenSegInputOptions
{
    /// <summary>Pixels of the shortest side after the resize; 800, for Cityscapes and Mapillary 1024.</summary>
    public int MinSize { get; init; } = 800;

    /// <summary>Most pixels of the longest side; 1333, for Cityscapes and Mapillary 2560.</summary>
    public int MaxSize { get; init; } = 1333;

    /// <summary>The picture is padded to a multiple of it, pixels.</summary>
    public int Divisibility { get; init; } = 32;

    /// <summary>Mean of red, green and blue, 0..255: CLIP's.</summary>
    public IReadOnlyList<float> Mean { get; init; } = [122.7709383f, 116.7460125f, 104.09373615f];

    /// <summary>Standard deviation of red, green and blue, 0..255: CLIP's.</summary>
    public IReadOnlyList<float> StandardDeviation { get; init; } = [68.5005327f, 66.6321579f, 70.32316305f];
}
