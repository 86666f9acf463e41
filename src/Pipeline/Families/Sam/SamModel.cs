using System.Numerics.Tensors;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.Sam;

/// <summary>A SAM network, loaded: SAM, MobileSAM or HQ-SAM.</summary>
public sealed class SamModel : IPromptableModel
{
    private const int MaskTokens = 4;

    // A prompt holds 4 MB of cells and 30 MB of upscaled pixels. On the CPU a few at a time stay near the caches; a GPU
    // wants many.
    private const int PromptsPerPassOnCpu = 8, PromptsPerPassOnGpu = 64;

    private static readonly string[] PreparedNames = ["cells", "key", "value", "query"];

    private readonly SamImageEncoder _imageEncoder;
    private readonly ModelSession _decoderImage;
    private readonly ModelSession _maskPrompt;
    private readonly ModelSession _tokens;
    private readonly ModelSession _masks;
    private readonly TensorBuffer<float> _noMask;
    private readonly int _promptsPerPass;

    /// <summary>Loads a network.</summary>
    /// <param name="configuration">Its sizes.</param>
    /// <param name="weights">Its weights, under official or Hugging Face names.</param>
    /// <param name="sessions">Where and how to run it.</param>
    /// <exception cref="SegmentationProblemException">Tensors are missing, have other shapes or are no numbers.</exception>
    public SamModel(SamConfiguration configuration, IWeightSource weights, SessionFactory sessions)
    {
        Configuration = configuration;
        IWeightSource official = SamWeightNames.Official(weights, SamGraphs.Requirements(configuration).Keys);
        var graphs = new SamGraphs(configuration, official, sessions.Target);
        _promptsPerPass = sessions.Target.Device is GraphDevice.Cpu ? PromptsPerPassOnCpu : PromptsPerPassOnGpu;
        using var loaded = new DisposableStack();
        _imageEncoder = loaded.Push(new SamImageEncoder(configuration, official, sessions));
        _decoderImage = loaded.Push(sessions.Create(graphs.DecoderImage().Build()));
        _maskPrompt = loaded.Push(sessions.Create(graphs.MaskPrompt().Build()));
        _tokens = loaded.Push(sessions.Create(graphs.Tokens().Build()));
        _masks = loaded.Push(sessions.Create(graphs.Masks().Build()));
        _noMask = loaded.Push(EncodeMask(null));
        loaded.Release();
    }

    /// <summary>Whether HQ-SAM answers with its extra mask alone instead of adding it to SAM's. Off.</summary>
    public bool HighQualityMaskOnly { get; init; }

    /// <summary>The sizes.</summary>
    public SamConfiguration Configuration { get; }

    /// <inheritdoc/>
    public string Name => Configuration.Name;

    /// <inheritdoc/>
    public string? WeightHash { get; init; }

    /// <inheritdoc/>
    public int ImageSize => Configuration.ImageSize;

    /// <inheritdoc/>
    public int MaskSize => Configuration.MaskSize;

    /// <inheritdoc/>
    public ImageEmbedding Encode(PixelImage image, CancellationToken cancellation)
    {
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
        (TensorBuffer<float> features, TensorBuffer<float>? early) =
            _imageEncoder.Encode(input, Configuration.IsHighQuality, cancellation);
        return Prepare(features, early, transform, _noMask, cancellation);
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
        for (int first = 0; first < prompts.Count; first += _promptsPerPass)
        {
            SamPrompt[] pass = [.. prompts.Skip(first).Take(_promptsPerPass)];
            (List<MaskChoice> choices, TensorBuffer<float> masks) = DecodePass(image, pass, multimask, iouThreshold, cancellation);
            logits.Add(parts.Push(masks));
            entries.AddRange(choices.Select(choice => (first + choice.Prompt, choice.PredictedIoU)));
        }

        parts.Release();
        return new MaskCandidates(entries, logits);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _imageEncoder.Dispose();
        _decoderImage.Dispose();
        _maskPrompt.Dispose();
        _tokens.Dispose();
        _masks.Dispose();
        _noMask.Dispose();
    }

    private (List<MaskChoice> Choices, TensorBuffer<float> Masks) DecodePass(
        ImageEmbedding image, SamPrompt[] prompts, bool multimask, float iouThreshold, CancellationToken cancellation)
    {
        using var tensors = PromptTensors.From(prompts, image.Transform, ImageSize);
        using SessionInputs inputs = new SessionInputs().Add("points", tensors.Points).Add("labels", tensors.Labels);
        foreach (string name in PreparedNames)
            inputs.Add(name, image.Prepared[name]);
        using SessionOutputs outputs = _tokens.Run(
            inputs, ["iou", "weights", "prompt_cells"], staying: ["prompt_cells"], cancellation);
        using TensorBuffer<float> iou = outputs.Take<float>("iou");
        using TensorBuffer<float> weights = outputs.Take<float>("weights");
        using DeviceTensor cells = outputs.TakeOnDevice("prompt_cells");

        using var made = new DisposableStack();
        List<MaskChoice> choices = Choose(iou.Span, prompts.Length, multimask, iouThreshold);
        TensorBuffer<float> logits = made.Push(new TensorBuffer<float>(choices.Count, MaskSize, MaskSize));
        if (choices.Count > 0)
            Upscale(image, [.. choices.GroupBy(choice => choice.Prompt)], weights, cells, logits.Span, cancellation);
        made.Release();
        return (choices, logits);
    }

    /// <summary>
    /// SAM answers an ambiguous prompt with masks 1 to 3 and any other with mask 0. HQ-SAM always answers with one: the
    /// best of 1 to 3 by predicted IoU, or mask 0.
    /// </summary>
    private List<MaskChoice> Choose(ReadOnlySpan<float> iou, int prompts, bool multimask, float threshold)
    {
        var choices = new List<MaskChoice>();
        for (int prompt = 0; prompt < prompts; prompt++)
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

    // All masks of a prompt together, and of each prompt the same number.
    private void Upscale(
        ImageEmbedding image,
        IReadOnlyList<IGrouping<int, MaskChoice>> prompts,
        TensorBuffer<float> weights,
        DeviceTensor cells,
        Span<float> target,
        CancellationToken cancellation)
    {
        int most = prompts.Max(prompt => prompt.Count());
        int width = weights.Shape[2], perPrompt = weights.Shape[1] * width;
        using TensorBuffer<long> wanted = TensorBuffer<long>.From([.. prompts.Select(prompt => (long)prompt.Key)], prompts.Count);
        using var chosen = new TensorBuffer<float>(prompts.Count, most, width);
        using var extra = new TensorBuffer<float>(prompts.Count, 1, width);
        for (int i = 0; i < prompts.Count; i++)
        {
            ReadOnlySpan<float> rows = weights.Span.Slice(prompts[i].Key * perPrompt, perPrompt);
            int mask = 0;
            foreach (MaskChoice choice in prompts[i])
                rows.Slice(choice.Mask * width, width).CopyTo(chosen.Span[(((i * most) + mask++) * width)..]);
            if (Configuration.IsHighQuality)
                rows[(MaskTokens * width)..].CopyTo(extra.Span[(i * width)..]);
        }

        using SessionInputs inputs = new SessionInputs()
            .Add("prompt_cells", cells).Add("prompts", wanted).Add("weights", chosen);
        if (Configuration.IsHighQuality)
            inputs.Add("hq_weights", extra).Add("features", image.Prepared["features"]);
        using SessionOutputs outputs = _masks.Run(inputs, cancellation: cancellation);
        using TensorBuffer<float> masks = outputs.Take<float>("masks");
        using TensorBuffer<float>? refinements = Configuration.IsHighQuality ? outputs.Take<float>("hq_masks") : null;

        int area = MaskSize * MaskSize, written = 0;
        for (int i = 0; i < prompts.Count; i++)
        {
            for (int mask = 0; mask < prompts[i].Count(); mask++, written++)
            {
                Span<float> logits = target.Slice(written * area, area);
                if (!HighQualityMaskOnly)
                    masks.Span.Slice(((i * most) + mask) * area, area).CopyTo(logits);
                if (refinements is not null)
                    TensorPrimitives.Add(logits, refinements.Span.Slice(i * area, area), logits);
            }
        }
    }

    private ImageEmbedding Prepare(
        TensorBuffer<float> features,
        TensorBuffer<float>? early,
        ResizeTransform transform,
        TensorBuffer<float> dense,
        CancellationToken cancellation)
    {
        using SessionInputs inputs = new SessionInputs().Add("embedding", features).Add("dense", dense);
        if (early is not null)
            inputs.Add("early", early);
        using SessionOutputs outputs = _decoderImage.Run(
            inputs, staying: _decoderImage.OutputNames, cancellation: cancellation);
        Dictionary<string, DeviceTensor> prepared =
            _decoderImage.OutputNames.ToDictionary(name => name, outputs.TakeOnDevice);
        return new ImageEmbedding(transform, features, early, prepared);
    }

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

    private readonly record struct MaskChoice(int Prompt, int Mask, float PredictedIoU);
}
