using FrozenSeg.Pipeline.Families.Clip.Networks;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;

/// <summary>A layer norm taken apart: its gradient needs both parts.</summary>
/// <param name="Normal"><c>[P, D]</c>: mean 0, variance 1; x̂.</param>
/// <param name="Sigma"><c>[P, 1]</c>: √(variance + ε).</param>
internal sealed record NormalisedRows(GraphValue Normal, GraphValue Sigma)
{
    /// <summary>Takes the layer norm of rows <c>[P, D]</c> apart.</summary>
    public static NormalisedRows Of(GraphValue rows)
    {
        GraphValue centred = rows - rows.ReduceMean(-1);
        GraphValue sigma = ((centred * centred).ReduceMean(-1) + ClipTransformer.Epsilon).Sqrt();
        return new NormalisedRows(centred / sigma, sigma);
    }

    /// <summary>The layer norm's output.</summary>
    /// <param name="scope">Where its <c>weight</c> and <c>bias</c> are.</param>
    public GraphValue Scaled(GraphScope scope)
    {
        int width = Normal[-1].Value;
        return (Normal * scope.Weight("weight", width)) + scope.Weight("bias", width);
    }
}
