namespace FrozenSeg.Functions.Tests.Host;

/// <summary>A function of the worker threw.</summary>
/// <param name="type">Type of what it threw.</param>
/// <param name="message">Its message.</param>
internal sealed class InvocationFailedException(string type, string message) : Exception($"{type}: {message}")
{
    /// <summary>The worker's own message.</summary>
    public string WorkerMessage { get; } = message;
}
