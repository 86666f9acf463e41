using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Tensors.Kernels.Attention;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Families.Sam.Encoding;

/// <summary>
/// SAM's image encoder, loaded: one session, or on the CPU one for each part of <see cref="SamEncoderGraphs"/>. Safe
/// for many callers.
/// </summary>
internal sealed class SamImageEncoder : IDisposable
{
    /// <summary>Name of its input.</summary>
    public const string InputName = "image";

    private const string Early = "early", Attended = "attended";

    private readonly List<ModelSession> _parts = [];
    private readonly int _threads;

    /// <param name="configuration">Sizes.</param>
    /// <param name="weights">Weights under official names.</param>
    /// <param name="sessions">Where and how to run it.</param>
    public SamImageEncoder(SamConfiguration configuration, IWeightSource weights, SessionFactory sessions)
    {
        ImageSize = configuration.ImageSize;
        _threads = sessions.ThreadCount;
        var graphs = new SamEncoderGraphs(configuration, weights, sessions.Target);
        using var loaded = new DisposableStack();
        int count = graphs.PartCount;
        // Whatever its parts, the whole says at once which weights are missing.
        GraphModel whole = graphs.Whole().Build();
        for (int part = 0; part < count; part++)
            _parts.Add(loaded.Push(sessions.Create(count == 1 ? whole : graphs.Part(part).Build())));
        loaded.Release();
    }

    /// <summary>Side of its input, pixels.</summary>
    public int ImageSize { get; }

    /// <summary>Encodes a picture.</summary>
    /// <param name="image"><c>[1, 3, S, S]</c>, preprocessed.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The embedding <c>[1, C, grid, grid]</c>; the caller disposes it.</returns>
    public TensorBuffer<float> Encode(TensorBuffer<float> image, CancellationToken cancellation)
    {
        using SessionInputs inputs = new SessionInputs().Add(InputName, image);
        return Encode(inputs, wantsEarly: false, cancellation).Embedding;
    }

    /// <inheritdoc cref="Encode(TensorBuffer{float}, CancellationToken)"/>
    /// <param name="image"><see cref="InputName"/> <c>[1, 3, S, S]</c>, preprocessed, wherever it lies.</param>
    /// <param name="wantsEarly">Whether the early features of an HQ-SAM are wanted, <c>[grid², E]</c>.</param>
    /// <param name="cancellation">Stops the work.</param>
    public (TensorBuffer<float> Embedding, TensorBuffer<float>? Early) Encode(
        SessionInputs image, bool wantsEarly, CancellationToken cancellation)
    {
        using var made = new DisposableStack();
        TensorBuffer<float>? early = null;
        SessionOutputs outputs = Run(_parts[0], image);
        foreach (ModelSession part in _parts.Skip(1))
        {
            using SessionOutputs before = outputs;
            using TensorBuffer<float> tokens = before.Take<float>("tokens_out");
            using TensorBuffer<float>? attended =
                part.InputNames.Contains(Attended) ? Attend(before, cancellation) : null;
            using SessionInputs inputs = new SessionInputs().Add("tokens", tokens);
            if (attended is not null)
                inputs.Add(Attended, attended);
            outputs = Run(part, inputs);
        }

        using SessionOutputs last = outputs;
        TensorBuffer<float> embedding = last.Take<float>("embedding");
        made.Release();
        return (embedding, early);

        SessionOutputs Run(ModelSession part, SessionInputs inputs)
        {
            bool givesEarly = wantsEarly && part.OutputNames.Contains(Early);
            SessionOutputs results = part.Run(
                inputs, [.. part.OutputNames.Where(name => givesEarly || name != Early)], cancellation: cancellation);
            early = givesEarly ? made.Push(results.Take<float>(Early)) : early;
            return results;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _parts.ForEach(part => part.Dispose());

    private TensorBuffer<float> Attend(SessionOutputs outputs, CancellationToken cancellation)
    {
        using TensorBuffer<float> query = outputs.Take<float>("query");
        using TensorBuffer<float> key = outputs.Take<float>("key");
        using TensorBuffer<float> value = outputs.Take<float>("value");
        using TensorBuffer<float> rows = outputs.Take<float>("rows");
        using TensorBuffer<float> columns = outputs.Take<float>("columns");
        return RelativeAttention.Apply(query, key, value, rows, columns, _threads, cancellation);
    }
}
