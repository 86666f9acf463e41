using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights.Torch.Archives;

namespace FrozenSeg.Pipeline.Foundation.Weights.Torch;

/// <summary>What a PyTorch checkpoint holds, and where: nothing of the tensors is read yet.</summary>
/// <param name="Path">The file.</param>
/// <param name="Tensors">Tensors by full name, in file order.</param>
/// <param name="Storages">Where the bytes of each storage are.</param>
internal sealed record TorchCheckpoint(
    string Path,
    IReadOnlyList<KeyValuePair<string, TorchTensor>> Tensors,
    IReadOnlyDictionary<string, StoredRun> Storages)
{
    /// <summary>
    /// Whether every tensor can be used where it lies: uncompressed, row-major, aligned to its elements.
    /// </summary>
    public bool CanBeMapped() => Tensors.All(tensor =>
        tensor.Value.IsContiguous
            && Offset(tensor.Value) is long offset
            && offset % tensor.Value.Storage.Type.Size() == 0);

    /// <summary>The tensors as places in the file.</summary>
    /// <exception cref="InvalidOperationException">The tensors cannot be used where they lie.</exception>
    public IEnumerable<WeightTensor> Mapped() => Tensors.Select(tensor => new WeightTensor(
        tensor.Key,
        tensor.Value.Storage.Type,
        tensor.Value.Shape,
        Path,
        Offset(tensor.Value) ?? throw new InvalidOperationException("A compressed storage cannot be mapped.")));

    private long? Offset(TorchTensor tensor) => Storages[tensor.Storage.Key] is { IsPacked: false } run
        ? run.Offset + (tensor.Offset * tensor.Storage.Type.Size())
        : null;
}
