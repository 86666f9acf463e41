using FrozenSeg.Pipeline.Families.FrozenBackbones.Networks;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Attention;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Decoding;

/// <summary>
/// The pixel decoder, loaded: multi-scale deformable attention over the backbone's levels, the FPN, and the SAM branch.
/// Pictures may have any size. Safe for many callers.
/// </summary>
internal sealed class PixelDecoder : IDisposable
{
    private readonly PixelDecoderConfiguration _model;
    private readonly DeformableEncoder? _encoder;
    private readonly DeformableEncoder? _samEncoder;
    private readonly ModelSession? _whole;

    /// <summary>Loads the network.</summary>
    /// <param name="configuration">Its sizes.</param>
    /// <param name="weights">Its weights, under official names.</param>
    /// <param name="sessions">Where and how to run it.</param>
    public PixelDecoder(PixelDecoderConfiguration configuration, IWeightSource weights, SessionFactory sessions)
    {
        _model = configuration;
        var graphs = new PixelDecoderGraphs(configuration, weights, sessions.Target);
        if (sessions.Target.Device is GraphDevice.Gpu)
        {
            _whole = sessions.Create(graphs.Whole().Build());
            return;
        }

        using var loaded = new DisposableStack();
        _encoder = loaded.Push(new DeformableEncoder(graphs, configuration, isSam: false, sessions));
        _samEncoder = configuration.HasSam
            ? loaded.Push(new DeformableEncoder(graphs, configuration, isSam: true, sessions))
            : null;
        loaded.Release();
    }

    /// <summary>Decodes a picture.</summary>
    /// <param name="backbone">res2 to res5, each <c>[1, c, h, w]</c>.</param>
    /// <param name="samEmbedding">SAM's embedding <c>[1, D, g, g]</c>; unused without a SAM branch.</param>
    /// <param name="cancellation">Stops the work.</param>
    public PixelFeatures Decode(
        IReadOnlyList<TensorBuffer<float>> backbone, TensorBuffer<float>? samEmbedding, CancellationToken cancellation)
    {
        using var inputs = new PixelDecoderInputs(_model, backbone, samEmbedding);
        return _whole is null ? DecodeInStages(inputs, cancellation) : DecodeWhole(_whole, inputs, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _encoder?.Dispose();
        _samEncoder?.Dispose();
        _whole?.Dispose();
    }

    private PixelFeatures DecodeInStages(PixelDecoderInputs tensors, CancellationToken cancellation)
    {
        using var parts = new DisposableStack();
        TensorBuffer<float>? sam = null;
        if (_samEncoder is not null)
        {
            using var first = new SessionInputs();
            using var last = new SessionInputs();
            tensors.AddSam(first);
            using SessionOutputs encoded = _samEncoder.Run(
                tensors.SamSizes, first, last.Add("shape", tensors.SamShape!), cancellation);
            sam = parts.Push(encoded.Take<float>("sam_out"));
        }

        using var tokens = new SessionInputs();
        using var maps = new SessionInputs();
        tensors.AddLevels(tokens);
        tensors.AddShapes(maps);
        using SessionOutputs outputs = _encoder!.Run(
            tensors.Sizes, tokens, maps.Add("finest", tensors.Finest), cancellation);
        parts.Release();
        return Take(outputs, sam);
    }

    private PixelFeatures DecodeWhole(ModelSession session, PixelDecoderInputs tensors, CancellationToken cancellation)
    {
        using var inputs = new SessionInputs();
        using TensorBuffer<float> places = Places(tensors.Sizes);
        tensors.AddLevels(inputs);
        inputs.Add("finest", tensors.Finest).Add("places", places);
        using TensorBuffer<float>? samPlaces = _model.HasSam ? Places(tensors.SamSizes) : null;
        if (samPlaces is not null)
        {
            tensors.AddSam(inputs);
            inputs.Add("sam_places", samPlaces);
        }

        using SessionOutputs outputs = session.Run(inputs, cancellation: cancellation);
        return Take(outputs, _model.HasSam ? outputs.Take<float>("sam_out") : null);
    }

    private PixelFeatures Take(SessionOutputs outputs, TensorBuffer<float>? sam) => new(
        [.. Enumerable.Range(0, _model.Levels).Select(level => outputs.Take<float>($"level{level}"))],
        outputs.Take<float>("mask_features"),
        sam);

    private TensorBuffer<float> Places(IReadOnlyList<(int Height, int Width)> sizes)
    {
        float[] places = new DeformableMaps(sizes, _model.Heads, _model.Levels, _model.Points).Places();
        return TensorBuffer<float>.From(places, places.Length / 2, 2);
    }
}
