using FrozenSeg.Pipeline.Families.FrozenBackbones.Networks;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Decoding;

/// <summary>The masked transformer decoder, loaded. Pictures may have any size. Safe for many callers.</summary>
internal sealed class MaskedDecoder : IDisposable
{
    private readonly MaskedDecoderConfiguration _model;
    private readonly ModelSession _session;

    /// <summary>Loads the network.</summary>
    /// <param name="configuration">Its sizes.</param>
    /// <param name="weights">Its weights, under official names.</param>
    /// <param name="sessions">Where and how to run it.</param>
    public MaskedDecoder(MaskedDecoderConfiguration configuration, IWeightSource weights, SessionFactory sessions)
    {
        _model = configuration;
        _session = sessions.Create(MaskedDecoderGraph.Build(configuration, weights, sessions.Target).Build());
    }

    /// <summary>Decodes a picture into proposals.</summary>
    /// <param name="features">What the pixel decoder made.</param>
    /// <param name="samEmbedding">SAM's embedding <c>[1, D, g, g]</c>; unused without injectors.</param>
    /// <param name="cancellation">Stops the work.</param>
    public QueryAnswers Decode(
        PixelFeatures features, TensorBuffer<float>? samEmbedding, CancellationToken cancellation)
    {
        using var positions = new DisposableStack();
        using var inputs = new SessionInputs();
        for (int level = 0; level < features.Levels.Count; level++)
        {
            TensorBuffer<float> map = features.Levels[level];
            int height = map.Shape[2], width = map.Shape[3];
            inputs.Add($"level{level}", map).Add($"position{level}", positions.Push(TensorBuffer<float>.From(
                SinePosition.Compute(height, width, _model.Width), height * width, _model.Width)));
        }

        inputs.Add("mask_features", features.MaskFeatures);
        if (_model.HasInjectors)
            inputs.Add("sam_out", features.Sam!).Add("sam", samEmbedding!);
        using SessionOutputs outputs = _session.Run(inputs, cancellation: cancellation);
        return new QueryAnswers(outputs.Take<float>("class_vectors"), outputs.Take<float>("masks"));
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
