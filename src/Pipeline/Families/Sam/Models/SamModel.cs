using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Families.Sam.Decoding;
using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.Sam.Models;

/// <summary>A SAM network, loaded: SAM, MobileSAM or HQ-SAM.</summary>
internal sealed class SamModel : IPromptableModel
{
    private const int MaskTokens = 4;

    private readonly DevicePreprocessing? _devicePreprocessing;
    private readonly SamImageEncoder _imageEncoder;
    private readonly IMaskDecoder _decoder;
    private readonly ModelSession _maskPrompt;
    private readonly TensorBuffer<float> _noMask;

    /// <summary>Loads a network.</summary>
    /// <param name="configuration">Its sizes.</param>
    /// <param name="weights">Its weights, under official or Hugging Face names.</param>
    /// <param name="sessions">Where and how to run it.</param>
    /// <exception cref="SegmentationProblemException">Tensors are missing, have other shapes or are not
    /// numbers.</exception>
    public SamModel(SamConfiguration configuration, IWeightSource weights, SessionFactory sessions)
    {
        Configuration = configuration;
        IWeightSource official = SamWeightNames.Official(weights, SamGraphs.Requirements(configuration).Keys);
        var graphs = new SamGraphs(configuration, official, sessions.Target);
        using var loaded = new DisposableStack();
        _devicePreprocessing = sessions.Target.Device is GraphDevice.Gpu
            ? loaded.Push(new DevicePreprocessing(configuration.ImageSize, sessions))
            : null;
        _imageEncoder = loaded.Push(new SamImageEncoder(configuration, official, sessions));
        _decoder = loaded.Push(MaskDecoders.Load(configuration, official, sessions));
        _maskPrompt = loaded.Push(sessions.Create(graphs.MaskPrompt().Build()));
        _noMask = loaded.Push(EncodeMask(null));
        loaded.Release();
    }

    /// <summary>
    /// Whether HQ-SAM answers with its extra mask alone instead of adding it to SAM's. Default: false.
    /// </summary>
    public bool HighQualityMaskOnly
    {
        get => _decoder is GraphMaskDecoder { HighQualityMaskOnly: true };
        init
        {
            if (_decoder is GraphMaskDecoder graphs)
                graphs.HighQualityMaskOnly = value;
        }
    }

    /// <summary>The sizes.</summary>
    public SamConfiguration Configuration { get; }

    /// <inheritdoc/>
    public string Name => Configuration.Name;

    /// <inheritdoc/>
    public string? WeightHash { get; init; }

    /// <inheritdoc/>
    public string MaskPreset { get; init; } = AutomaticMaskPresets.Official;

    /// <inheritdoc/>
    public int ImageSize => Configuration.ImageSize;

    /// <inheritdoc/>
    public int MaskSize => Configuration.MaskSize;

    /// <inheritdoc/>
    public ImageEmbedding Encode(PixelImage image, CancellationToken cancellation)
    {
        if (_devicePreprocessing is not null)
            return EncodeOnDevice(_devicePreprocessing, image, cancellation);
        (TensorBuffer<float> input, ResizeTransform transform) = SamPreprocessing.Apply(image, ImageSize);
        using (input)
            return Encode(input, transform, cancellation);
    }

    /// <summary>Encodes a picture that is preprocessed already.</summary>
    /// <param name="input"><c>[1, 3, S, S]</c>.</param>
    /// <param name="transform">How it was resized.</param>
    /// <param name="cancellation">Stops the work.</param>
    public ImageEmbedding Encode(TensorBuffer<float> input, ResizeTransform transform, CancellationToken cancellation)
    {
        using SessionInputs inputs = new SessionInputs().Add(SamImageEncoder.InputName, input);
        return Encode(inputs, transform, cancellation);
    }

    /// <inheritdoc/>
    public ImageEmbedding WithMask(ImageEmbedding image, ReadOnlySpan<float> logits, CancellationToken cancellation)
    {
        using TensorBuffer<float> mask = TensorBuffer<float>.From(logits, 1, 1, MaskSize, MaskSize);
        using TensorBuffer<float> dense = EncodeMask(mask);
        return Prepare(Copy(image.Features)!, Copy(image.EarlyFeatures), image.Transform, dense, cancellation);
    }

    /// <summary>A picture whose encoder output is at hand.</summary>
    /// <param name="features"><c>[1, C, grid, grid]</c>; copied.</param>
    /// <param name="earlyFeatures"><c>[grid², E]</c> for HQ-SAM, otherwise null; copied.</param>
    /// <param name="transform">How the picture was resized.</param>
    internal ImageEmbedding FromFeatures(
        TensorBuffer<float> features, TensorBuffer<float>? earlyFeatures, ResizeTransform transform) =>
        Prepare(Copy(features)!, Copy(earlyFeatures), transform, _noMask, CancellationToken.None);

    /// <inheritdoc/>
    public MaskCandidates Decode(
        ImageEmbedding image,
        IReadOnlyList<SamPrompt> prompts,
        bool multimask,
        float iouThreshold,
        CancellationToken cancellation)
    {
        using var parts = new DisposableStack();
        var entries = new List<(int, float)>();
        var logits = new List<TensorBuffer<float>>();
        for (int first = 0; first < prompts.Count; first += _decoder.PromptsPerPass)
        {
            SamPrompt[] pass = [.. prompts.Skip(first).Take(_decoder.PromptsPerPass)];
            using var tensors = PromptTensors.From(pass, image.Transform, ImageSize);
            (IReadOnlyList<MaskChoice> choices, TensorBuffer<float> masks) = _decoder.Decode(
                image.Prepared, tensors, iou => Choose(iou.Span, multimask, iouThreshold), cancellation);
            logits.Add(parts.Push(masks));
            int before = first;
            entries.AddRange(choices.Select(choice => (before + choice.Prompt, choice.PredictedIoU)));
        }

        parts.Release();
        return new MaskCandidates(entries, logits);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _devicePreprocessing?.Dispose();
        _imageEncoder.Dispose();
        _decoder.Dispose();
        _maskPrompt.Dispose();
        _noMask.Dispose();
    }

    /// <summary>
    /// SAM answers an ambiguous prompt with masks 1 to 3 and any other with mask 0. HQ-SAM always answers with one: the
    /// best of 1 to 3 by predicted IoU, or mask 0.
    /// </summary>
    private List<MaskChoice> Choose(ReadOnlySpan<float> iou, bool multimask, float threshold)
    {
        var choices = new List<MaskChoice>();
        for (int prompt = 0; prompt < iou.Length / MaskTokens; prompt++)
        {
            ReadOnlySpan<float> predicted = iou.Slice(prompt * MaskTokens, MaskTokens);
            int first = multimask ? 1 : 0, last = multimask ? MaskTokens - 1 : 0;
            if (Configuration.IsHighQuality && multimask)
                first = last = 1 + IndexOfLargest(predicted[1..]);
            for (int mask = first; mask <= last; mask++)
            {
                if (predicted[mask] > threshold)
                    choices.Add(new MaskChoice(prompt, mask, predicted[mask]));
            }
        }

        return choices;
    }

    private ImageEmbedding EncodeOnDevice(
        DevicePreprocessing preprocessing, PixelImage image, CancellationToken cancellation)
    {
        (PixelImage resized, ResizeTransform transform) = SamPreprocessing.Resize(image, ImageSize);
        using DeviceTensor input = preprocessing.Apply(resized, cancellation);
        using SessionInputs inputs = new SessionInputs().Add(SamImageEncoder.InputName, input);
        return Encode(inputs, transform, cancellation);
    }

    private ImageEmbedding Encode(SessionInputs input, ResizeTransform transform, CancellationToken cancellation)
    {
        (TensorBuffer<float> features, TensorBuffer<float>? early) =
            _imageEncoder.Encode(input, Configuration.IsHighQuality, cancellation);
        return Prepare(features, early, transform, _noMask, cancellation);
    }

    private ImageEmbedding Prepare(
        TensorBuffer<float> features,
        TensorBuffer<float>? early,
        ResizeTransform transform,
        TensorBuffer<float> dense,
        CancellationToken cancellation) =>
        new(transform, features, early, _decoder.Prepare(features, early, dense, cancellation));

    private TensorBuffer<float> EncodeMask(TensorBuffer<float>? logits)
    {
        using var empty = new TensorBuffer<float>(1, 1, MaskSize, MaskSize);
        using SessionInputs inputs = new SessionInputs().Add("mask", logits ?? empty);
        using SessionOutputs outputs = _maskPrompt.Run(inputs);
        return outputs.Take<float>(logits is null ? "none" : "dense");
    }

    private static TensorBuffer<float>? Copy(TensorBuffer<float>? tensor) =>
        tensor is null ? null : TensorBuffer<float>.From(tensor.Span, tensor.Shape.Dimensions);

    private static int IndexOfLargest(ReadOnlySpan<float> values)
    {
        int largest = 0;
        for (int i = 1; i < values.Length; i++)
        {
            if (values[i] > values[largest])
                largest = i;
        }

        return largest;
    }
}
