using FrozenSeg.Pipeline.Families.FrozenBackbones.Networks;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Attention;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Decoding;

/// <summary>A deformable encoder on the CPU: a session between every two samplings. Safe for many callers.</summary>
internal sealed class DeformableEncoder : IDisposable
{
    private readonly ModelSession _first;
    private readonly List<ModelSession> _between = [];
    private readonly ModelSession _last;
    private readonly PixelDecoderConfiguration _model;
    private readonly int _threads;

    /// <param name="graphs">The graphs.</param>
    /// <param name="configuration">Sizes.</param>
    /// <param name="isSam">Whether it is the SAM branch's encoder.</param>
    /// <param name="sessions">Where and how to run them.</param>
    public DeformableEncoder(
        PixelDecoderGraphs graphs, PixelDecoderConfiguration configuration, bool isSam, SessionFactory sessions)
    {
        _model = configuration;
        _threads = sessions.ThreadCount;
        string transformer = isSam ? PixelDecoderGraphs.SamTransformer : "transformer";
        using var loaded = new DisposableStack();
        _first = loaded.Push(sessions.Create((isSam ? graphs.SamTokens() : graphs.Tokens()).Build()));
        for (int layer = 1; layer < (isSam ? configuration.SamLayers : configuration.Layers); layer++)
            _between.Add(loaded.Push(sessions.Create(graphs.Between(transformer, layer).Build())));
        _last = loaded.Push(sessions.Create((isSam ? graphs.SamMap() : graphs.Maps()).Build()));
        loaded.Release();
    }

    /// <summary>Encodes maps.</summary>
    /// <param name="sizes">Height and width of each map.</param>
    /// <param name="first">Inputs of the first graph.</param>
    /// <param name="last">Inputs of the last graph besides <c>tokens</c> and <c>sampled</c>, which are added.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>Outputs of the last graph.</returns>
    public SessionOutputs Run(
        IReadOnlyList<(int Height, int Width)> sizes,
        SessionInputs first,
        SessionInputs last,
        CancellationToken cancellation)
    {
        var maps = new DeformableMaps(sizes, _model.Heads, _model.Levels, _model.Points);
        SessionOutputs query = _first.Run(first, cancellation: cancellation);
        using TensorBuffer<float> positions = query.Take<float>("placed");
        foreach (ModelSession session in _between)
        {
            using TensorBuffer<float> before = query.Take<float>("tokens_out");
            using TensorBuffer<float> seen = Sample(maps, query);
            using SessionInputs inputs = new SessionInputs().Add("tokens", before).Add("sampled", seen)
                .Add("positions", positions);
            query = session.Run(inputs, cancellation: cancellation);
        }

        using TensorBuffer<float> tokens = query.Take<float>("tokens_out");
        using TensorBuffer<float> sampled = Sample(maps, query);
        return _last.Run(last.Add("tokens", tokens).Add("sampled", sampled), cancellation: cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _first.Dispose();
        _between.ForEach(session => session.Dispose());
        _last.Dispose();
    }

    private TensorBuffer<float> Sample(DeformableMaps maps, SessionOutputs query)
    {
        using SessionOutputs rest = query;
        using TensorBuffer<float> value = query.Take<float>("value");
        using TensorBuffer<float> offsets = query.Take<float>("offsets");
        using TensorBuffer<float> weights = query.Take<float>("weights");
        return DeformableSampling.Apply(maps, value, offsets, weights, _threads);
    }
}
