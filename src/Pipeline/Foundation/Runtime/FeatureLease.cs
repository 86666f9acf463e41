namespace FrozenSeg.Pipeline.Foundation.Runtime;

/// <summary>The use of a value that a <see cref="FeatureCache"/> owns, until it is disposed.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
/// <param name="value">The value.</param>
/// <param name="release">Tells the owner that it is no longer used.</param>
internal sealed class FeatureLease<T>(T value, Action release) : IDisposable
{
    private Action? _release = release;

    /// <summary>The value; not the caller's to dispose.</summary>
    public T Value { get; } = value;

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
