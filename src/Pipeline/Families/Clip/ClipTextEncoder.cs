using FrozenSeg.Pipeline.Families.Clip.Networks;
using FrozenSeg.Pipeline.Families.Clip.Text;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.Clip;

/// <summary>CLIP's text tower, loaded: texts to unit vectors. Safe for many callers.</summary>
internal sealed class ClipTextEncoder : IDisposable
{
    // Texts of one pass; those of about the same length go together, and padding is not computed.
    private const int TextsPerPass = 64;

    private readonly ModelSession _session;

    /// <summary>Loads a text tower.</summary>
    /// <param name="configuration">Its sizes.</param>
    /// <param name="weights">Under OpenAI's names (<see cref="ClipWeightNames.Official"/>).</param>
    /// <param name="sessions">Where and how to run it.</param>
    /// <exception cref="SegmentationProblemException">Tensors are missing, have other shapes or are not
    /// numbers.</exception>
    public ClipTextEncoder(ClipTextConfiguration configuration, IWeightSource weights, SessionFactory sessions)
    {
        Configuration = configuration;
        Tokenizer = ClipTokenizer.ForVocabulary(configuration.Vocabulary)
            ?? throw new ArgumentException(
                $"No tokenizer has {configuration.Vocabulary} tokens.", nameof(configuration));
        _session = sessions.Create(new ClipTextNetwork(configuration).Graph(weights, sessions.Target).Build());
        using var loaded = new DisposableStack();
        loaded.Push(_session);
        LogitScale = ReadScale();
        loaded.Release();
    }

    /// <summary>The sizes.</summary>
    public ClipTextConfiguration Configuration { get; }

    /// <summary>The tokenizer of this model.</summary>
    public ClipTokenizer Tokenizer { get; }

    /// <summary>The learned factor of cosines, τ: exp of the stored logarithm; 100 in the published models.</summary>
    public float LogitScale { get; }

    /// <summary>The tokens of a text, cut to what this model reads.</summary>
    public TokenizedText Tokenize(string text) => Tokenizer.Tokenize(text, Configuration.Context);

    /// <summary>Encodes texts.</summary>
    /// <param name="texts">Any number of texts.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>For each text E floats, a vector of length 1.</returns>
    public float[][] Encode(IReadOnlyList<TokenizedText> texts, CancellationToken cancellation = default)
    {
        var features = new float[texts.Count][];
        int[] byLength = [.. Enumerable.Range(0, texts.Count).OrderBy(i => texts[i].Ids.Count)];
        foreach (int[] pass in byLength.Chunk(TextsPerPass))
        {
            using TensorBuffer<float> vectors = Run([.. pass.Select(i => texts[i])], cancellation).Features;
            for (int row = 0; row < pass.Length; row++)
                features[pass[row]] = vectors.View[row].Span.ToArray();
        }

        return features;
    }

    /// <inheritdoc cref="Encode(IReadOnlyList{TokenizedText}, CancellationToken)"/>
    public float[][] Encode(IEnumerable<string> texts, CancellationToken cancellation = default)
    {
        var tokens = new List<TokenizedText>();
        foreach (string text in texts)
        {
            cancellation.ThrowIfCancellationRequested();
            tokens.Add(Tokenize(text));
        }

        return Encode(tokens, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private float ReadScale()
    {
        (TensorBuffer<float> features, float scale) = Run([Tokenize("")], default);
        features.Dispose();
        return scale;
    }

    private (TensorBuffer<float> Features, float Scale) Run(TokenizedText[] texts, CancellationToken cancellation)
    {
        int length = texts.Max(text => text.Ids.Count);
        using var ids = new TensorBuffer<long>(texts.Length, length);
        using var ends = new TensorBuffer<long>(texts.Length);
        using var positions = new TensorBuffer<long>(length);
        for (int row = 0; row < texts.Length; row++)
        {
            Span<long> target = ids.View[row].Span;
            for (int i = 0; i < texts[row].Ids.Count; i++)
                target[i] = texts[row].Ids[i];
            // An end mark inside the text counts as its end: the first of the largest ids.
            ends.Span[row] = IndexOfEnd(texts[row]);
        }

        for (int i = 0; i < length; i++)
            positions.Span[i] = i;
        using SessionInputs inputs = new SessionInputs().Add("ids", ids).Add("ends", ends).Add("positions", positions);
        using SessionOutputs outputs = _session.Run(inputs, cancellation: cancellation);
        using TensorBuffer<float> scale = outputs.Take<float>("scale");
        return (outputs.Take<float>("features"), scale.Span[0]);
    }

    private int IndexOfEnd(TokenizedText text)
    {
        int at = 0;
        while (text.Ids[at] != Tokenizer.EndId)
            at++;
        return at;
    }
}
