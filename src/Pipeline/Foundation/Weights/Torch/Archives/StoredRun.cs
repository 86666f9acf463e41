namespace FrozenSeg.Pipeline.Foundation.Weights.Torch.Archives;

/// <summary>Where the bytes of a storage are.</summary>
/// <param name="Offset">Where they begin in the file.</param>
/// <param name="Length">Number of bytes, unpacked.</param>
/// <param name="IsPacked">Whether they are deflated.</param>
internal readonly record struct StoredRun(long Offset, long Length, bool IsPacked);
