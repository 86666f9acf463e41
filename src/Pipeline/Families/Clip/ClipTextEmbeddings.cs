using System.Numerics.Tensors;
using FrozenSeg.Pipeline.Families.Clip.Text;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Families.Clip;

/// <summary>
/// Unit vectors of texts, each computed once: kept in memory and, with a folder, on disk, by model, template and text.
/// The text tower is loaded when a text is met that is not known, and a large one let go again: it would take half a
/// gigabyte beside the pictures. Safe for many callers.
/// </summary>
internal sealed class ClipTextEmbeddings : IDisposable
{
    // Memory for about 100 MB of the largest embeddings; beyond that the memory starts anew, the disk keeps all.
    private const int MostKept = 40_000;

    // A tower with fewer weights stays loaded.
    private const long LargeTower = 20_000_000;

    private readonly ClipFile _clip;
    private readonly SessionFactory _sessions;
    private readonly EmbeddingStore? _store;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, float[]> _known = [];
    private ClipTextEncoder? _encoder;
    private bool _isRead;

    /// <param name="clip">The model; stays the caller's and must outlive this.</param>
    /// <param name="sessions">Where and how to run it.</param>
    /// <param name="folder">Where embeddings are kept between runs; null keeps none.</param>
    public ClipTextEmbeddings(ClipFile clip, SessionFactory sessions, string? folder)
    {
        _clip = clip;
        _sessions = sessions;
        ClipTextConfiguration text = clip.Configuration.Text;
        string name = $"{clip.Hash[..16]}-{text.Activation}-{text.Heads}-{text.EmbeddingSize}.bin".ToLowerInvariant();
        _store = folder is null ? null : new EmbeddingStore(Path.Combine(folder, name), text.EmbeddingSize);
    }

    /// <summary>The folder that is shared by every process of a user.</summary>
    public static string DefaultFolder => Path.Combine(ModelFolders.Root, "text-embeddings");

    /// <summary>How many texts were encoded, not found; for tests and measurements.</summary>
    public int Computed { get; private set; }

    /// <summary>The tokens of a text, cut to what the model reads.</summary>
    public TokenizedText Tokenize(string text) => _clip.Tokenizer.Tokenize(text, _clip.Configuration.Text.Context);

    /// <summary>
    /// The vectors of texts in a template. The same text gives the same array every time, unless memory had to start
    /// again.
    /// </summary>
    /// <param name="texts">Any number of texts.</param>
    /// <param name="template">A sentence with <c>{}</c>.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>For each text E floats.</returns>
    public float[][] Get(
        IReadOnlyList<string> texts, string template = PromptTemplates.Plain, CancellationToken cancellation = default)
    {
        var sentences = new string[texts.Count];
        var keys = new string[texts.Count];
        for (int i = 0; i < sentences.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            sentences[i] = PromptTemplates.Wrap(template, texts[i]);
            keys[i] = EmbeddingStore.KeyOf(sentences[i]);
        }

        lock (_lock)
        {
            ReadStore();
            if (_known.Count > MostKept)
                _known.Clear();
            Compute(sentences, keys, cancellation);
            return Array.ConvertAll(keys, key => _known[key]);
        }
    }

    /// <summary>
    /// Computes what is not known of texts in several templates, all at once: <see cref="Get"/> then finds it.
    /// </summary>
    public void Prepare(
        IReadOnlyList<string> texts, IReadOnlyList<string> templates, CancellationToken cancellation = default) =>
        Get(
            [.. templates.SelectMany(template => texts.Select(text => PromptTemplates.Wrap(template, text)))],
            PromptTemplates.Plain,
            cancellation);

    /// <summary>
    /// For each text the mean of its vectors in several templates, of length 1: a class as CLIP's authors make it.
    /// </summary>
    public float[][] Mean(
        IReadOnlyList<string> texts, IReadOnlyList<string> templates, CancellationToken cancellation = default)
    {
        float[][] sums = [.. texts.Select(_ => new float[_clip.Configuration.Text.EmbeddingSize])];
        foreach (string template in templates)
        {
            float[][] vectors = Get(texts, template, cancellation);
            for (int i = 0; i < sums.Length; i++)
                TensorPrimitives.Add(sums[i], vectors[i], sums[i]);
        }

        foreach (float[] sum in sums)
            TensorPrimitives.Divide(sum, TensorPrimitives.Norm<float>(sum), sum);
        return sums;
    }

    /// <inheritdoc/>
    public void Dispose() => _encoder?.Dispose();

    private void ReadStore()
    {
        if (_isRead || _store is null)
            return;
        foreach ((string key, float[] vector) in _store.ReadAll())
            _known[key] = vector;
        _isRead = true;
    }

    private void Compute(string[] sentences, string[] keys, CancellationToken cancellation)
    {
        int[] missing =
            [.. Enumerable.Range(0, keys.Length).Where(i => !_known.ContainsKey(keys[i])).DistinctBy(i => keys[i])];
        if (missing.Length == 0)
            return;
        _encoder ??= new ClipTextEncoder(_clip.Configuration.Text, _clip.Weights, _sessions);
        float[][] vectors;
        try
        {
            vectors = _encoder.Encode(missing.Select(i => sentences[i]), cancellation);
        }
        finally
        {
            ReleaseIfLarge();
        }

        for (int i = 0; i < missing.Length; i++)
            _known[keys[missing[i]]] = vectors[i];
        _store?.Add([.. missing.Select((at, i) => (keys[at], vectors[i]))]);
        Computed += missing.Length;
    }

    private void ReleaseIfLarge()
    {
        ClipTextConfiguration text = _clip.Configuration.Text;
        if ((12L * text.Layers * text.Width * text.Width) + ((long)text.Vocabulary * text.Width) < LargeTower)
            return;
        _encoder?.Dispose();
        _encoder = null;
    }
}
