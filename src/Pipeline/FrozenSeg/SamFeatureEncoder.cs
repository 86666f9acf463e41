using FrozenSeg.Pipeline.Runtime;
using FrozenSeg.Pipeline.Sam;
using FrozenSeg.Pipeline.Tensors;
using FrozenSeg.Pipeline.Weights;

namespace FrozenSeg.Pipeline.FrozenSeg;

/// <summary>SAM's image encoder without the rest of SAM. Safe for many callers.</summary>
internal sealed class SamFeatureEncoder : IDisposable
{
    private readonly ModelSession _session;

    /// <param name="model">Sizes.</param>
    /// <param name="weights">Weights under official names.</param>
    /// <param name="sessions">Where and how to run it.</param>
    public SamFeatureEncoder(SamConfiguration model, IWeightSource weights, SessionFactory sessions)
    {
        ImageSize = model.ImageSize;
        _session = sessions.Create(new SamGraphs(model, weights, sessions.Target).ImageEncoder().Build());
    }

    /// <summary>Side of its input, pixels.</summary>
    public int ImageSize { get; }

    /// <summary>The embedding <c>[1, C, grid, grid]</c> of a picture <c>[1, 3, S, S]</c>.</summary>
    public TensorBuffer<float> Encode(TensorBuffer<float> image, CancellationToken cancellation)
    {
        using SessionInputs inputs = new SessionInputs().Add("image", image);
        using SessionOutputs outputs = _session.Run(inputs, outputs: ["embedding"], cancellation: cancellation);
        return outputs.Take<float>("embedding");
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
