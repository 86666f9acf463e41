using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;

namespace FrozenSeg.Pipeline.Models;

/// <summary>How a weight file compares with the network it holds.</summary>
/// <param name="Role">What it can be used as.</param>
/// <param name="Network">The network, by its published name or the file's.</param>
/// <param name="Tensors">Number of tensors in the file.</param>
/// <param name="Missing">Official names of tensors that the network needs and the file lacks.</param>
/// <param name="Misshapen">Tensors of another shape or type than needed: name, what is there, what is needed.</param>
/// <param name="LeftOver">Names of tensors that the network does not use.</param>
internal sealed record CheckpointReport(
    ModelRole Role,
    string Network,
    int Tensors,
    IReadOnlyList<string> Missing,
    IReadOnlyList<string> Misshapen,
    IReadOnlyList<string> LeftOver)
{
    /// <summary>Whether the network can be loaded from the file.</summary>
    /// <remarks>A SAM 3 is loaded only when every tensor is known: what is left over may be renamed weights of another
    /// release.</remarks>
    public bool IsComplete =>
        Missing.Count == 0 && Misshapen.Count == 0 && (Role is not ModelRole.Sam3 || LeftOver.Count == 0);
}
