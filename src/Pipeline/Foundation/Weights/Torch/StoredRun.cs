namespace FrozenSeg.Pipeline.Foundation.Weights.Torch;

/// <summary>Where the bytes of a storage are.</summary>
/// <param name="Offset">Where they begin in the file; null when they are compressed.</param>
/// <param name="Length">Number of bytes.</param>
/// <param name="Entry">The archive's name for them; empty in a file that is no archive.</param>
internal readonly record struct StoredRun(long? Offset, long Length, string Entry);
