using Microsoft.ML.OnnxRuntime;

namespace FrozenSeg.Pipeline.Foundation.Runtime;

/// <summary>A loaded network: named inputs to named outputs. Safe for many callers at once.</summary>
internal sealed class ModelSession : IDisposable
{
    private static int _alive;

    private readonly InferenceSession _session;
    private readonly OrtMemoryInfo? _device;
    private int _disposed;

    /// <param name="name">What the network is.</param>
    /// <param name="session">The session; disposed with this.</param>
    /// <param name="device">Memory of the GPU it runs on; null on the CPU. Disposed with this.</param>
    internal ModelSession(string name, InferenceSession session, OrtMemoryInfo? device)
    {
        Name = name;
        _session = session;
        _device = device;
        Interlocked.Increment(ref _alive);
    }

    /// <summary>How many sessions have been made and not disposed; tests watch it for leaks.</summary>
    public static int Alive => Volatile.Read(ref _alive);

    /// <summary>What the network is.</summary>
    public string Name { get; }

    /// <summary>Names of the inputs.</summary>
    public IReadOnlyList<string> InputNames => _session.InputNames;

    /// <summary>Names of the outputs.</summary>
    public IReadOnlyList<string> OutputNames => _session.OutputNames;

    /// <summary>Runs the network. The caller disposes the result.</summary>
    /// <param name="inputs">Every input.</param>
    /// <param name="outputs">The outputs wanted; none means all. What only feeds other outputs is not computed.</param>
    /// <param name="staying">Those of them that stay on the device, for
    /// <see cref="SessionOutputs.TakeOnDevice"/>.</param>
    /// <param name="cancellation">Stops a run under way.</param>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    public SessionOutputs Run(
        SessionInputs inputs,
        IReadOnlyCollection<string>? outputs = null,
        IReadOnlyCollection<string>? staying = null,
        CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        IReadOnlyCollection<string> wanted = outputs ?? OutputNames;
        using var run = new RunOptions();
        // Every call has options of its own, so that stopping it stops no other.
        using CancellationTokenRegistration stop = cancellation.Register(() => run.Terminate = true);
        try
        {
            return new SessionOutputs(wanted, _device is null || staying is null
                ? _session.Run(run, inputs.Names, inputs.Values, wanted)
                : RunOnDevice(run, inputs, wanted, staying, _device));
        }
        catch (OnnxRuntimeException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
    }

    private IDisposableReadOnlyCollection<OrtValue> RunOnDevice(
        RunOptions run,
        SessionInputs inputs,
        IReadOnlyCollection<string> wanted,
        IReadOnlyCollection<string> staying,
        OrtMemoryInfo device)
    {
        using OrtIoBinding binding = _session.CreateIoBinding();
        foreach ((string name, OrtValue value) in inputs.Names.Zip(inputs.Values))
            binding.BindInput(name, value);
        foreach (string name in wanted)
            binding.BindOutputToDevice(name, staying.Contains(name) ? device : OrtMemoryInfo.DefaultInstance);
        _session.RunWithBinding(run, binding);
        binding.SynchronizeBoundOutputs();
        return binding.GetOutputValues();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _session.Dispose();
        _device?.Dispose();
        Interlocked.Decrement(ref _alive);
    }
}
