namespace FrozenSeg.Pipeline.Foundation.Weights.Torch.Archives;

/// <summary>One file of a zip archive.</summary>
/// <param name="Name">Its path.</param>
/// <param name="IsStored">Whether its bytes lie in the archive as they are; otherwise they are deflated.</param>
/// <param name="Offset">Where they begin in the archive.</param>
/// <param name="Length">Number of bytes, uncompressed.</param>
internal sealed record ZipEntry(string Name, bool IsStored, long Offset, long Length);
