using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Foundation.Graphs.Blocks;

/// <summary>Linear layers with ReLU between them; weights <c>layers.{i}</c>.</summary>
internal static class MultilayerPerceptron
{
    /// <param name="scope">At the perceptron.</param>
    /// <param name="x"><c>[…, in]</c>.</param>
    /// <param name="widths">Width of each layer's output.</param>
    public static GraphValue Apply(GraphScope scope, GraphValue x, params ReadOnlySpan<int> widths)
    {
        for (int layer = 0; layer < widths.Length; layer++)
        {
            x = scope["layers"][layer].Linear(x, widths[layer]);
            if (layer < widths.Length - 1)
                x = x.Relu();
        }

        return x;
    }
}
