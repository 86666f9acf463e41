namespace FrozenSeg.Pipeline.Foundation.Runtime;

/// <summary>
/// Holds what a constructor has made so far, and disposes it if the constructor does not come to its end.
/// </summary>
internal sealed class DisposableStack : IDisposable
{
    private readonly Stack<IDisposable> _items = new();

    /// <summary>Takes charge of <paramref name="item"/> until <see cref="Release"/>.</summary>
    public T Push<T>(T item)
        where T : IDisposable
    {
        _items.Push(item);
        return item;
    }

    /// <summary>Lets go: everything was made.</summary>
    public void Release() => _items.Clear();

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_items.TryPop(out IDisposable? item))
            item.Dispose();
    }
}
