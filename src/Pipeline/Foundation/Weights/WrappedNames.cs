namespace FrozenSeg.Pipeline.Foundation.Weights;

/// <summary>
/// Takes away what trainers put before the names of a network's tensors: data-parallel training and averaging
/// <c>module.</c>, <c>torch.compile</c> <c>_orig_mod.</c>, Lightning <c>model.</c>, one inside the other.
/// </summary>
internal static class WrappedNames
{
    private const string Compiled = "_orig_mod.";

    private static readonly string[] Prefixes = ["module.", "model."];

    // Averaging counts its steps in a tensor of its own.
    private const string Counter = "n_averaged";

    /// <summary>The tensors under the network's own names; those of a trainer alone are left out.</summary>
    public static IReadOnlyList<WeightTensor> Unwrap(IReadOnlyList<WeightTensor> tensors)
    {
        (WeightTensor Tensor, string Name)[] named =
        [
            .. tensors.Select(tensor => (tensor, tensor.Name.Replace(Compiled, "", StringComparison.Ordinal)))
                .Where(tensor => tensor.Item2 != Counter),
        ];
        while (named.Length > 0 && Prefixes.FirstOrDefault(
            prefix => named.Count(tensor => Has(tensor.Name, prefix)) * 2 > named.Length) is string prefix)
            named = Array.ConvertAll(
                named,
                tensor => (tensor.Tensor, Has(tensor.Name, prefix) ? tensor.Name[prefix.Length..] : tensor.Name));
        // Two that would have one name are not a wrapper's doing: the file is taken as it is.
        return named.DistinctBy(tensor => tensor.Name).Count() < named.Length
            ? tensors
            : [.. named.Select(
                tensor =>
                    tensor.Tensor.Name == tensor.Name ? tensor.Tensor : tensor.Tensor with { Name = tensor.Name })];
    }

    private static bool Has(string name, string prefix) =>
        name.Length > prefix.Length && name.StartsWith(prefix, StringComparison.Ordinal);
}
