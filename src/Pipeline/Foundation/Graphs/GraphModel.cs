using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Foundation.Graphs;

/// <summary>A finished graph: the ONNX model without its weights, and where those lie.</summary>
/// <param name="Name">What the graph is.</param>
/// <param name="Onnx">ModelProto; weights are external data.</param>
/// <param name="WeightFolder">The folder of the weight files; null when there are none.</param>
/// <param name="Weights">Every tensor the graph refers to.</param>
internal sealed record GraphModel(
    string Name, byte[] Onnx, string? WeightFolder, IReadOnlyList<WeightTensor> Weights);
