using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;

namespace FrozenSeg.Pipeline.Methods;

/// <summary>
/// The networks of a process: each is loaded when first asked for, once, and shared by every method until the library
/// is disposed. A network that could not be loaded is tried again at the next call. Safe for many callers.
/// </summary>
/// <param name="selection">Which networks.</param>
/// <param name="sessions">Makes their sessions.</param>
/// <param name="featureBytes">
/// Most bytes of what encoders made of pictures that are kept, for the next method or prompt on the same picture.
/// Default: 0, nothing.
/// </param>
internal sealed class ModelLibrary(ModelSelection selection, SessionFactory sessions, long featureBytes = 0)
    : IDisposable
{
    private readonly ModelSelection _selection = ModelDefaults.Resolve(selection);
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private volatile bool _isDisposed;

    /// <summary>Which networks, the those of <see cref="ModelDefaults"/> where none was named.</summary>
    public ModelSelection Selection => _selection;

    /// <summary>Makes their sessions.</summary>
    public SessionFactory Sessions => sessions;

    /// <summary>
    /// Hash of which networks these are: another file under the same name has another one. Results made with different
    /// networks are never taken for each other.
    /// </summary>
    public string Fingerprint { get; } = FingerprintOf(ModelDefaults.Resolve(selection), sessions);

    /// <summary>What encoders made of pictures, kept for the next question about the same picture.</summary>
    public FeatureCache Features { get; } = new(featureBytes);

    /// <summary>Keys of what is loaded now.</summary>
    public IReadOnlyList<string> Loaded =>
        [.. _entries.Where(entry => entry.Value.Network is not null).Select(entry => entry.Key).Order(
            StringComparer.Ordinal)];

    /// <summary>The network called <paramref name="key"/>. The library disposes it.</summary>
    /// <param name="key">Names the role and the weights, for instance <c>clip:ViT-B-16.safetensors</c>.</param>
    /// <param name="load">Loads it when nobody has yet.</param>
    /// <exception cref="ObjectDisposedException">The library is disposed: it would never dispose the
    /// network.</exception>
    public T Get<T>(string key, Func<T> load)
        where T : class, IDisposable
    {
        Entry entry = _entries.GetOrAdd(key, _ => new Entry());
        lock (entry)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return (T)(entry.Network ??= load());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // First the flag, then the entries: one that is added meanwhile is either found here or refused there.
        _isDisposed = true;
        Features.Dispose();
        foreach (Entry entry in _entries.Values)
        {
            lock (entry)
            {
                entry.Network?.Dispose();
                entry.Network = null;
            }
        }
    }

    private static string FingerprintOf(ModelSelection selection, SessionFactory sessions)
    {
        IEnumerable<string?> names = ModelSelection.Roles.Select(
            role => ModelCatalogue.TryLocate(role.Name(selection)));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(
            '\n', [ProductVersion, sessions.Target.ComputeType.ToString(), .. names.Select(Version)]))));
    }

    private static string ProductVersion => typeof(ModelLibrary).Assembly.GetName().Version!.ToString();

    // A file's size and age stand for its content: hashing gigabytes would hold up the start.
    private static string Version(string? name) => name is not null && new FileInfo(name) is { Exists: true } file
        ? $"{name}:{file.Length}:{file.LastWriteTimeUtc.Ticks}"
        : name ?? "";

    private sealed class Entry
    {
        public IDisposable? Network { get; set; }
    }
}
