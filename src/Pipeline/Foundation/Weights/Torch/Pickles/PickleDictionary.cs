using System.Diagnostics.CodeAnalysis;

namespace FrozenSeg.Pipeline.Foundation.Weights.Torch.Pickles;

/// <summary>
/// A dictionary of a pickle, or the attributes of an object, by reference; only text keys are kept, in order.
/// </summary>
internal sealed class PickleDictionary
{
    // Made with the first entry: millions of empty ones are cheap to ask for.
    private OrderedDictionary<string, object?>? _entries;

    /// <summary>Entries in the order they came; a key given again keeps its place and its last value.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Entries => _entries ?? [];

    /// <summary>Number of entries.</summary>
    public int Count => _entries?.Count ?? 0;

    /// <summary>Every key.</summary>
    public IEnumerable<string> Keys => _entries?.Keys ?? Enumerable.Empty<string>();

    /// <summary>Sets an entry. Other keys than text, as optimizers have, name no tensor and are passed over.</summary>
    public void Set(object? key, object? value)
    {
        if (key is string text)
            (_entries ??= new OrderedDictionary<string, object?>(StringComparer.Ordinal))[text] = value;
    }

    /// <summary>The entry called <paramref name="key"/>; null when there is none.</summary>
    public object? Find(string key) => _entries?.GetValueOrDefault(key);

    /// <summary>The entry called <paramref name="key"/>.</summary>
    public bool TryGet<T>(string key, [NotNullWhen(true)] out T? value)
        where T : class
    {
        value = _entries is not null && _entries.TryGetValue(key, out object? found) ? found as T : null;
        return value is not null;
    }
}
