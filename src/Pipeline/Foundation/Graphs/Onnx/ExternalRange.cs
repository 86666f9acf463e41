namespace FrozenSeg.Pipeline.Foundation.Graphs.Onnx;

/// <summary>Bytes of a weight file that are used in place.</summary>
/// <param name="FileName">The file's name without its folder.</param>
/// <param name="Offset">First byte.</param>
/// <param name="Length">Number of bytes.</param>
internal sealed record ExternalRange(string FileName, long Offset, long Length);
