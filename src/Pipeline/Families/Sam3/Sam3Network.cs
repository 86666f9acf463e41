using System.Collections.Concurrent;
using FrozenSeg.Pipeline.Families.Clip.Text;
using FrozenSeg.Pipeline.Families.Sam3.Checkpoints;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Shared.Results;

namespace FrozenSeg.Pipeline.Families.Sam3;

/// <summary>
/// A SAM 3 of this machine: its backbone, which sees a picture once for all parts, and the parts that were asked for.
/// Safe for many callers.
/// </summary>
internal sealed class Sam3Network : IDisposable
{
    // Rows of a phrase are small; whoever asks about more phrases than these computes some again.
    private const int MostPhrases = 4096;

    private readonly string _name;
    private readonly SessionFactory _sessions;
    private readonly FeatureCache _features;
    private readonly ConcurrentDictionary<string, float[]> _phrases = new(StringComparer.Ordinal);
    private readonly Lazy<Sam3Model> _concepts;

    /// <summary>Loads the backbone; other parts follow when they are needed.</summary>
    /// <param name="name">A name of the catalogue or of an imported model, a weight file, or
    /// <c>synthetic:sam3</c>.</param>
    /// <param name="imageSize">Side of the square that pictures are squashed to; null for the model's own.</param>
    /// <param name="sessions">Where and how to run.</param>
    /// <param name="features">Keeps what was seen of pictures.</param>
    /// <exception cref="Shared.Problems.SegmentationProblemException">There is no such model, it is not whole, or its
    /// licence is not accepted.</exception>
    public Sam3Network(string name, int? imageSize, SessionFactory sessions, FeatureCache features)
    {
        _name = name;
        _sessions = sessions;
        _features = features;
        using Sam3Checkpoint checkpoint = Sam3Models.Open(name);
        Configuration = imageSize is int size ? checkpoint.Configuration with
        {
            ImageSize = size,
        } : checkpoint.Configuration;
        IsUntrained = SyntheticWeights.Are(checkpoint.Metadata);
        Title = (checkpoint.Release is Sam3Release.Sam31 ? "sam3.1" : "sam3")
            + (IsUntrained ? " (synthetic weights, untrained)" : "");
        WeightHash = checkpoint.ComputeHash();
        HasInteractive = checkpoint.HasInteractive;
        Vision = new Sam3Vision(Configuration, checkpoint.Weights, sessions);
        _concepts = new Lazy<Sam3Model>(LoadConcepts);
    }

    /// <summary>Its sizes.</summary>
    public Sam3Configuration Configuration { get; }

    /// <summary>What reports call it.</summary>
    public string Title { get; }

    /// <summary>SHA-256 of the weight file.</summary>
    public string WeightHash { get; }

    /// <summary>Whether its weights are made up.</summary>
    public bool IsUntrained { get; }

    /// <summary>Whether it answers points and boxes.</summary>
    public bool HasInteractive { get; }

    /// <summary>The backbone.</summary>
    public Sam3Vision Vision { get; }

    /// <summary>Words and exemplars to masks.</summary>
    public Sam3Model Concepts => _concepts.Value;

    /// <summary>What a result says of it.</summary>
    public ModelStamp Stamp => new(RoleNames.Sam3, Title, WeightHash)
    {
        Licence = IsUntrained ? null : Sam3Licence.Name,
    };

    /// <summary>What the backbone makes of a picture, once for all parts, <c>[G², D]</c>.</summary>
    public FeatureLease<TensorBuffer<float>> See(PixelImage image, CancellationToken cancellation) => _features.Get(
        $"sam3-tokens:{Key(image)}",
        () => Vision.Encode(image, cancellation),
        tokens => sizeof(float) * tokens.Shape.ElementCount,
        cancellation);

    /// <summary>What is kept of a picture for all phrases.</summary>
    public FeatureLease<Sam3Picture> Look(PixelImage image, CancellationToken cancellation) => _features.Get(
        $"sam3-picture:{Key(image)}",
        () =>
        {
            using FeatureLease<TensorBuffer<float>> tokens = See(image, cancellation);
            return Concepts.Prepare(tokens.Value, cancellation);
        },
        picture => picture.ByteCount,
        cancellation);

    /// <summary>A phrase as tokens.</summary>
    public TokenizedText Tokenize(string phrase) => Concepts.Tokenizer.Tokenize(phrase, Configuration.Context);

    /// <summary>A phrase as prompt rows.</summary>
    public float[] Rows(TokenizedText phrase, CancellationToken cancellation)
    {
        string key = string.Join(' ', phrase.Ids);
        if (_phrases.TryGetValue(key, out float[]? known))
            return known;
        if (_phrases.Count >= MostPhrases)
            _phrases.Clear();
        return _phrases[key] = Concepts.EncodeText(phrase.Ids, cancellation);
    }

    /// <summary>Loads the interactive head; the caller disposes it, and keeps this as long.</summary>
    /// <exception cref="Shared.Problems.SegmentationProblemException">The checkpoint has none.</exception>
    public InteractiveModel LoadInteractive()
    {
        if (!HasInteractive)
            throw Sam3Models.NoInteractive(_name);
        using Sam3Checkpoint checkpoint = Sam3Models.Open(_name);
        return new InteractiveModel(Configuration, See, checkpoint.Weights, _sessions)
        {
            Name = Title,
            WeightHash = WeightHash,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Vision.Dispose();
        if (_concepts.IsValueCreated)
            _concepts.Value.Dispose();
    }

    private string Key(PixelImage image) => $"{WeightHash}:{Configuration.ImageSize}:{PixelHash.Of(image)}";

    private Sam3Model LoadConcepts()
    {
        using Sam3Checkpoint checkpoint = Sam3Models.Open(_name);
        return new Sam3Model(Configuration, checkpoint.Weights, _sessions);
    }
}
