namespace FrozenSeg.Pipeline.Foundation.Runtime;

/// <summary>One value of a <see cref="FeatureCache"/>, which guards all of it but the value's making.</summary>
/// <param name="key">Names it.</param>
internal sealed class FeatureEntry(string key) : IDisposable
{
    /// <summary>Names it.</summary>
    public string Key => key;

    /// <summary>Held while the value is made.</summary>
    public SemaphoreSlim Gate { get; } = new(1);

    /// <summary>The value; null until it is made.</summary>
    public IDisposable? Value { get; set; }

    /// <summary>Bytes of the value.</summary>
    public long Bytes { get; set; }

    /// <summary>Callers that make it, wait for it or use it.</summary>
    public int Users { get; set; }

    /// <summary>Whether the cache still knows it.</summary>
    public bool IsKept { get; set; } = true;

    /// <inheritdoc/>
    public void Dispose()
    {
        Value?.Dispose();
        Value = null;
        Gate.Dispose();
    }
}
