namespace FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Regions;

/// <summary>Which neighbours hang together.</summary>
internal enum Connectivity
{
    /// <summary>Left, right, above, below.</summary>
    Four,

    /// <summary>Diagonals as well.</summary>
    Eight,
}
