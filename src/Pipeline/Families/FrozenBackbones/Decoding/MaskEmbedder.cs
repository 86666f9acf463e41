using FrozenSeg.Pipeline.Families.Clip.Backbones;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Blocks;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Decoding;

/// <summary>
/// CLIP's opinion of masks: one vector of the joint space for what lies under each. Safe for many callers.
/// </summary>
internal sealed class MaskEmbedder : IDisposable
{
    private readonly ModelSession _session;

    /// <param name="configuration">The CLIP encoder.</param>
    /// <param name="weights">Weights under <c>visual.</c>.</param>
    /// <param name="poolingScale">Features are enlarged so many times before masks are pooled.</param>
    /// <param name="sessions">Where and how to run it.</param>
    public MaskEmbedder(
        ClipBackboneConfiguration configuration, IWeightSource weights, int poolingScale, SessionFactory sessions) =>
        _session = sessions.Create(Graph(configuration, weights, poolingScale, sessions.Target).Build());

    /// <summary>
    /// <c>features</c> <c>[1, C, h, w]</c> and mask logits <c>masks</c> <c>[N, H, W]</c>, which are resized to the
    /// features and thresholded at 0 → <c>embeddings</c> <c>[N, E]</c>.
    /// </summary>
    public static GraphBuilder Graph(
        ClipBackboneConfiguration configuration, IWeightSource weights, int poolingScale, GraphTarget target)
    {
        var scope = new GraphScope(new GraphBuilder("clip_masks", target), weights, "visual");
        GraphBuilder graph = scope.Graph;
        GraphValue features = graph.FloatInput("features", 1, configuration.Channels[^1], "rows", "columns");
        GraphValue masks = graph.FloatInput("masks", "masks", "mask_rows", "mask_columns");
        if (poolingScale > 1)
        {
            GraphValue enlarged = features.ShapeOf(2) * graph.Scalar(poolingScale, ElementType.Int64);
            features = features.ResizeBilinear(
                Shaping.Concat(0, features.ShapeOf(0, 2), enlarged), "large_rows", "large_columns");
        }

        GraphValue planes = masks.Unsqueeze(0);
        GraphValue sizes = Shaping.Concat(0, planes.ShapeOf(0, 2), features.ShapeOf(2));
        GraphValue resized = planes.ResizeBilinear(sizes, features[2], features[3]);
        GraphValue hard = MaskPooling.Harden(resized).Reshape(
            Shaping.Concat(0, masks.ShapeOf(0, 1), graph.Integers(-1)), masks[0], "cells");
        GraphValue embeddings = ClipBackbones.Network(configuration).EmbedMasks(scope, features, hard);
        graph.FloatOutput("embeddings", embeddings);
        return graph;
    }

    /// <summary>Vectors of masks, N×E, not normalised; NaN where an attention pool met an empty mask.</summary>
    /// <param name="features"><c>[1, C, h, w]</c>.</param>
    /// <param name="masks"><c>[N, H, W]</c>: logits.</param>
    /// <param name="cancellation">Stops the work.</param>
    public TensorBuffer<float> Embed(
        TensorBuffer<float> features, TensorBuffer<float> masks, CancellationToken cancellation)
    {
        using SessionInputs inputs = new SessionInputs().Add("features", features).Add("masks", masks);
        using SessionOutputs outputs = _session.Run(inputs, cancellation: cancellation);
        return outputs.Take<float>("embeddings");
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
