using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.Sam.Cells;

/// <summary>The outputs of a graph of <see cref="CellGraphs"/>, for the passes and for the next graph.</summary>
internal sealed class NamedTensors : IDisposable, IMeasured
{
    private readonly Dictionary<string, TensorBuffer<float>> _tensors = [];

    private NamedTensors()
    {
    }

    /// <inheritdoc/>
    public long ByteCount => sizeof(float) * _tensors.Values.Sum(tensor => tensor.Shape.ElementCount);

    /// <summary>A tensor prompt by prompt.</summary>
    public PromptPointers this[string name] => new(_tensors[name]);

    /// <summary>Runs a graph.</summary>
    /// <param name="session">The graph.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="cancellation">Stops it.</param>
    public static NamedTensors From(ModelSession session, SessionInputs inputs, CancellationToken cancellation)
    {
        var tensors = new NamedTensors();
        using SessionOutputs outputs = session.Run(inputs, cancellation: cancellation);
        foreach (string name in session.OutputNames)
            tensors._tensors.Add(name, outputs.Take<float>(name));
        return tensors;
    }

    /// <summary>Where a tensor begins.</summary>
    public unsafe float* Start(string name) => (float*)_tensors[name].Address;

    /// <summary>A tensor as a whole; still disposed with this.</summary>
    public TensorBuffer<float> Whole(string name) => _tensors[name];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (TensorBuffer<float> tensor in _tensors.Values)
            tensor.Dispose();
    }
}
