using FrozenSeg.Pipeline.Families.Clip;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Configuration;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Decoding;
using FrozenSeg.Pipeline.Families.FrozenBackbones.Vocabularies;
using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones;

/// <summary>
/// FrozenSeg or FC-CLIP, loaded: frozen CLIP and SAM encoders, the pixel decoder, the masked transformer decoder, and
/// CLIP's say about masks and words. Safe for many callers.
/// </summary>
internal sealed class FrozenSegModel : IDisposable
{
    private const string DecoderScaleName = "sem_seg_head.predictor.logit_scale", VoidName = "void_embedding.weight";

    private readonly FrozenSegCheckpoint _checkpoint;
    private readonly SessionFactory _sessions;
    private readonly ModelSession _backbone;
    private readonly MaskEmbedder _embedder;
    private readonly SamImageEncoder? _sam;
    private readonly PixelDecoder _pixelDecoder;
    private readonly MaskedDecoder _decoder;
    private readonly VocabularyEncoder _vocabularies;
    private readonly Lazy<SamModel> _promptableSam;

    /// <summary>Loads the networks.</summary>
    /// <param name="checkpoint">The weights; disposed with the model, or when loading fails.</param>
    /// <param name="sessions">Where and how to run them.</param>
    /// <param name="classifierFolder">Where the classifiers of vocabularies are kept; null is the cache.</param>
    /// <exception cref="SegmentationProblemException">Tensors are missing, have other shapes or are not
    /// numbers.</exception>
    public FrozenSegModel(FrozenSegCheckpoint checkpoint, SessionFactory sessions, string? classifierFolder = null)
    {
        using var loaded = new DisposableStack();
        _checkpoint = loaded.Push(checkpoint);
        _sessions = sessions;
        FrozenSegConfiguration configuration = checkpoint.Configuration;
        DecoderScale = checkpoint.ReadFloats(DecoderScaleName)[0];
        ClipScale = checkpoint.ReadClipLogitScale();
        Hash = checkpoint.ComputeHash();
        _backbone = loaded.Push(sessions.Create(
            FrozenSegGraphs.Backbone(configuration.Backbone, checkpoint.Clip, sessions.Target).Build()));
        _embedder = loaded.Push(
            new MaskEmbedder(configuration.Backbone, checkpoint.Clip, configuration.PoolingScale, sessions));
        _sam = configuration.Sam is null
            ? null
            : loaded.Push(new SamImageEncoder(configuration.Sam, checkpoint.Sam!, sessions));
        _pixelDecoder = loaded.Push(new PixelDecoder(configuration.PixelDecoder, checkpoint.Decoder, sessions));
        _decoder = loaded.Push(new MaskedDecoder(configuration.Decoder, checkpoint.Decoder, sessions));
        _vocabularies = new VocabularyEncoder(
            () => new ClipTextEncoder(configuration.Text, checkpoint.Clip, sessions),
            checkpoint.ReadFloats(VoidName),
            configuration.Templates,
            Hash,
            classifierFolder ?? Path.Combine(ModelFolders.Root, "classifiers"));
        _promptableSam = new Lazy<SamModel>(() => new SamModel(configuration.Sam!, checkpoint.Sam!, sessions));
        loaded.Release();
    }

    /// <summary>Sizes and settings.</summary>
    public FrozenSegConfiguration Configuration => _checkpoint.Configuration;

    /// <summary>SHA-256 of the weights, lower-case hex.</summary>
    public string Hash { get; }

    /// <summary>Threads for what is done beside the networks.</summary>
    public int ThreadCount => _sessions.ThreadCount;

    /// <summary>The decoder's own <c>logit_scale</c>, the logarithm.</summary>
    internal float DecoderScale { get; }

    /// <summary>CLIP's <c>logit_scale</c>, the logarithm.</summary>
    internal float ClipScale { get; }

    /// <summary>The whole SAM, for masks of its own; loaded when first asked for.</summary>
    internal IPromptableModel PromptableSam => _promptableSam.Value;

    /// <summary>The classifier of a vocabulary; kept on disk.</summary>
    public VocabularyClassifier Classifier(Vocabulary vocabulary, CancellationToken cancellation) =>
        _vocabularies.Encode(vocabulary, cancellation);

    /// <summary>Prepares a picture.</summary>
    internal static EncoderInputs Prepare(PixelImage image, FrozenSegInputOptions options) =>
        EncoderInputs.From(image, options);

    /// <summary>CLIP's features of a picture, res2 to res5; the caller disposes them.</summary>
    internal IReadOnlyList<TensorBuffer<float>> EncodeClip(EncoderInputs picture, CancellationToken cancellation)
    {
        using SessionInputs inputs = new SessionInputs().Add("image", picture.Clip);
        using SessionOutputs outputs = _backbone.Run(inputs, cancellation: cancellation);
        return [.. Enumerable.Range(0, Configuration.Backbone.Channels.Count).Select(
            level => outputs.Take<float>(FrozenSegGraphs.LevelName(level)))];
    }

    /// <summary>SAM's embedding of a picture; null for FC-CLIP. The caller disposes it.</summary>
    internal TensorBuffer<float>? EncodeSam(EncoderInputs picture, CancellationToken cancellation)
    {
        if (_sam is null)
            return null;
        using TensorBuffer<float> input = picture.ForSam(_sam.ImageSize, Configuration.Input.Divisibility);
        return _sam.Encode(input, cancellation);
    }

    /// <summary>The pixel decoder's features; the caller disposes them.</summary>
    internal PixelFeatures DecodePixels(
        IReadOnlyList<TensorBuffer<float>> backbone, TensorBuffer<float>? sam, CancellationToken cancellation) =>
        _pixelDecoder.Decode(backbone, sam, cancellation);

    /// <summary>The queries' answers; the caller disposes them.</summary>
    internal QueryAnswers DecodeMasks(
        PixelFeatures features, TensorBuffer<float>? sam, CancellationToken cancellation) =>
        _decoder.Decode(features, sam, cancellation);

    /// <summary>CLIP's vectors of masks; the caller disposes them.</summary>
    internal TensorBuffer<float> EmbedMasks(
        TensorBuffer<float> dense, TensorBuffer<float> masks, CancellationToken cancellation) =>
        _embedder.Embed(dense, masks, cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        _backbone.Dispose();
        _embedder.Dispose();
        _sam?.Dispose();
        _pixelDecoder.Dispose();
        _decoder.Dispose();
        if (_promptableSam.IsValueCreated)
            _promptableSam.Value.Dispose();
        _checkpoint.Dispose();
    }
}
