namespace FrozenSeg.Pipeline.Foundation.Graphs;

/// <summary>A graph that ONNX would refuse: a bug in a network definition, found while it is being built.</summary>
internal sealed class GraphException(string message) : InvalidOperationException(message);
