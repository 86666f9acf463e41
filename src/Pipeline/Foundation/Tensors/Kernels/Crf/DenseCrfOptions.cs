using System.ComponentModel.DataAnnotations;

namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Crf;

/// <summary>
/// Constants of a dense CRF: Krähenbühl and Koltun 2011, equations 2 to 4, with the values CaR's released code uses
/// (car.md 8).
/// </summary>
internal sealed record DenseCrfOptions
{
    /// <summary>Mean-field iterations. Default: 10.</summary>
    [Range(0, 1000)]
    public int Iterations { get; init; } = 10;

    /// <summary>Standard deviation of the smoothness kernel, pixels. Default: 1.</summary>
    [Range(1e-3, 1e6)]
    public float SmoothnessDeviation { get; init; } = 1;

    /// <summary>Potts weight of the smoothness kernel. Default: 3.</summary>
    [Range(0, 1e6)]
    public float SmoothnessWeight { get; init; } = 3;

    /// <summary>Standard deviation of position in the appearance kernel, pixels. Default: 67.</summary>
    [Range(1e-3, 1e6)]
    public float AppearancePositionDeviation { get; init; } = 67;

    /// <summary>Standard deviation of each colour channel in the appearance kernel, of 256. Default: 3.</summary>
    [Range(1e-3, 1e6)]
    public float AppearanceColourDeviation { get; init; } = 3;

    /// <summary>Potts weight of the appearance kernel. Default: 4.</summary>
    [Range(0, 1e6)]
    public float AppearanceWeight { get; init; } = 4;

    /// <summary>Threads; 0 takes every core.</summary>
    [Range(0, 1024)]
    public int Threads { get; init; }
}
