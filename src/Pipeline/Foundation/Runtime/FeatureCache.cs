namespace FrozenSeg.Pipeline.Foundation.Runtime;

/// <summary>
/// What encoders made of pictures, kept within a number of bytes: the least recently used goes first, and what somebody
/// still uses is disposed when the last one is done. A caller that asks for what another is just making waits for it.
/// Safe for many callers.
/// </summary>
/// <param name="capacity">Most bytes that are kept; 0 keeps nothing.</param>
internal sealed class FeatureCache(long capacity) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<FeatureEntry>> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<FeatureEntry> _recent = new();
    private long _bytes, _hits, _misses, _evictions;

    /// <summary>Most bytes that are kept; 0 keeps nothing.</summary>
    public long Capacity => capacity;

    /// <summary>What it holds, and how often that helped.</summary>
    public FeatureCacheFigures Figures
    {
        get
        {
            lock (_lock)
                return new FeatureCacheFigures(_hits, _misses, _evictions, _entries.Count, _bytes, capacity);
        }
    }

    /// <summary>
    /// What is known under a key, made when nothing is. The caller disposes the lease, not the value.
    /// </summary>
    /// <param name="key">Names the network and the picture.</param>
    /// <param name="make">Makes the value.</param>
    /// <param name="measure">Bytes of the value.</param>
    /// <param name="cancellation">Stops the waiting; making has to look at it itself.</param>
    public FeatureLease<T> Get<T>(string key, Func<T> make, Func<T, long> measure, CancellationToken cancellation)
        where T : class, IDisposable
    {
        FeatureEntry entry = Enter(key);
        try
        {
            entry.Gate.Wait(cancellation);
            try
            {
                bool isNew = entry.Value is null;
                var value = (T)(entry.Value ??= make());
                Count(entry, isNew ? measure(value) : 0, isNew);
                return new FeatureLease<T>(value, () => Leave(entry));
            }
            finally
            {
                entry.Gate.Release();
            }
        }
        catch
        {
            Leave(entry);
            throw;
        }
    }

    /// <summary>What is known under a key; null when nothing is, or it is still being made.</summary>
    public FeatureLease<T>? Find<T>(string key)
        where T : class, IDisposable
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out LinkedListNode<FeatureEntry>? node) || node.Value.Value is not T value)
                return null;
            Touch(node);
            FeatureEntry entry = node.Value;
            entry.Users++;
            _hits++;
            return new FeatureLease<T>(value, () => Leave(entry));
        }
    }

    /// <summary>Lets go of everything; what is in use goes when its users are done.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            while (_recent.Last is LinkedListNode<FeatureEntry> last)
                Remove(last);
        }
    }

    private FeatureEntry Enter(string key)
    {
        lock (_lock)
        {
            if (_entries.TryGetValue(key, out LinkedListNode<FeatureEntry>? node))
                Touch(node);
            else
                _entries[key] = node = _recent.AddFirst(new FeatureEntry(key));
            node.Value.Users++;
            return node.Value;
        }
    }

    private void Count(FeatureEntry entry, long bytes, bool isNew)
    {
        lock (_lock)
        {
            if (!isNew)
            {
                _hits++;
                return;
            }

            _misses++;
            entry.Bytes = bytes;
            if (entry.IsKept)
                _bytes += bytes;
            while (_bytes > capacity && Oldest() is LinkedListNode<FeatureEntry> oldest)
            {
                Remove(oldest);
                _evictions++;
            }
        }
    }

    // One that is still being made has no bytes to give back.
    private LinkedListNode<FeatureEntry>? Oldest()
    {
        LinkedListNode<FeatureEntry>? node = _recent.Last;
        while (node is not null && node.Value.Bytes == 0)
            node = node.Previous;
        return node;
    }

    private void Leave(FeatureEntry entry)
    {
        lock (_lock)
        {
            entry.Users--;
            if (entry.Users > 0)
                return;
            // Nobody made it: the next one tries again.
            if (entry.IsKept && entry.Value is null)
                Remove(_entries[entry.Key]);
            else if (!entry.IsKept)
                entry.Dispose();
        }
    }

    private void Remove(LinkedListNode<FeatureEntry> node)
    {
        FeatureEntry entry = node.Value;
        _entries.Remove(entry.Key);
        _recent.Remove(node);
        _bytes -= entry.Bytes;
        entry.IsKept = false;
        if (entry.Users == 0)
            entry.Dispose();
    }

    private void Touch(LinkedListNode<FeatureEntry> node)
    {
        _recent.Remove(node);
        _recent.AddFirst(node);
    }
}
