namespace FrozenSeg.Pipeline.Foundation.Weights.Torch.Pickles;

/// <summary>A name of a Python module that a pickle mentions. It is only ever compared, never looked up.</summary>
/// <param name="Module">For instance <c>torch._utils</c>.</param>
/// <param name="Name">For instance <c>_rebuild_tensor_v2</c>.</param>
internal sealed record PickleGlobal(string Module, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Module}.{Name}";
}
