namespace FrozenSeg.Pipeline.Families.Sam.Models;

/// <summary>Knows what it holds, so that it can be kept within a number of bytes.</summary>
internal interface IMeasured
{
    /// <summary>Bytes of its tensors.</summary>
    long ByteCount { get; }
}
