using System.Numerics.Tensors;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Families.Sam.Decoding;

/// <summary>The mask decoder as graphs alone: on a GPU, and for what <see cref="Cells"/> does not do.</summary>
internal sealed class GraphMaskDecoder : IMaskDecoder
{
    private const int MaskTokens = 4;

    // A prompt holds 4 MB of cells and 30 MB of upscaled pixels. On the CPU a few at a time stay near the caches; a GPU
    // wants many.
    private const int PromptsPerPassOnCpu = 8, PromptsPerPassOnGpu = 64;

    private static readonly string[] PreparedNames = ["cells", "key", "value", "query"];

    private readonly SamConfiguration _model;
    private readonly ModelSession _image;
    private readonly ModelSession _tokens;
    private readonly ModelSession _masks;

    /// <param name="configuration">Sizes.</param>
    /// <param name="weights">Weights under official names.</param>
    /// <param name="sessions">Where and how to run it.</param>
    public GraphMaskDecoder(SamConfiguration configuration, IWeightSource weights, SessionFactory sessions)
    {
        _model = configuration;
        PromptsPerPass = sessions.Target.Device is GraphDevice.Cpu ? PromptsPerPassOnCpu : PromptsPerPassOnGpu;
        var graphs = new SamGraphs(configuration, weights, sessions.Target);
        using var loaded = new DisposableStack();
        _image = loaded.Push(sessions.Create(graphs.DecoderImage().Build()));
        _tokens = loaded.Push(sessions.Create(graphs.Tokens().Build()));
        _masks = loaded.Push(sessions.Create(graphs.Masks().Build()));
        loaded.Release();
    }

    /// <inheritdoc/>
    public int PromptsPerPass { get; }

    /// <summary>Whether HQ-SAM answers with its extra mask alone.</summary>
    public bool HighQualityMaskOnly { get; set; }

    /// <inheritdoc/>
    public IDisposable Prepare(
        TensorBuffer<float> features,
        TensorBuffer<float>? early,
        TensorBuffer<float> dense,
        CancellationToken cancellation)
    {
        using SessionInputs inputs = new SessionInputs().Add("embedding", features).Add("dense", dense);
        if (early is not null)
            inputs.Add("early", early);
        using SessionOutputs outputs = _image.Run(inputs, staying: _image.OutputNames, cancellation: cancellation);
        return new PreparedImage(_image.OutputNames.ToDictionary(name => name, outputs.TakeOnDevice));
    }

    /// <inheritdoc/>
    public (IReadOnlyList<MaskChoice> Choices, TensorBuffer<float> Logits) Decode(
        IDisposable prepared,
        PromptTensors prompts,
        Func<TensorBuffer<float>, IReadOnlyList<MaskChoice>> choose,
        CancellationToken cancellation)
    {
        var image = (PreparedImage)prepared;
        using SessionInputs inputs = new SessionInputs().Add("points", prompts.Points).Add("labels", prompts.Labels);
        foreach (string name in PreparedNames)
            inputs.Add(name, image[name]);
        using SessionOutputs outputs = _tokens.Run(
            inputs, ["iou", "weights", "prompt_cells"], staying: ["prompt_cells"], cancellation);
        using TensorBuffer<float> iou = outputs.Take<float>("iou");
        using TensorBuffer<float> weights = outputs.Take<float>("weights");
        using DeviceTensor cells = outputs.TakeOnDevice("prompt_cells");

        using var made = new DisposableStack();
        IReadOnlyList<MaskChoice> choices = choose(iou);
        TensorBuffer<float> logits = made.Push(
            new TensorBuffer<float>(choices.Count, _model.MaskSize, _model.MaskSize));
        if (choices.Count > 0)
            Upscale(image, [.. choices.GroupBy(choice => choice.Prompt)], weights, cells, logits.Span, cancellation);
        made.Release();
        return (choices, logits);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _image.Dispose();
        _tokens.Dispose();
        _masks.Dispose();
    }

    // All masks of a prompt together, and of each prompt the same number.
    private void Upscale(
        PreparedImage image,
        IReadOnlyList<IGrouping<int, MaskChoice>> prompts,
        TensorBuffer<float> weights,
        DeviceTensor cells,
        Span<float> target,
        CancellationToken cancellation)
    {
        int most = prompts.Max(prompt => prompt.Count());
        int width = weights.Shape[2], perPrompt = weights.Shape[1] * width;
        using TensorBuffer<long> wanted = TensorBuffer<long>.From(
            [.. prompts.Select(prompt => (long)prompt.Key)], prompts.Count);
        using var chosen = new TensorBuffer<float>(prompts.Count, most, width);
        using var extra = new TensorBuffer<float>(prompts.Count, 1, width);
        for (int i = 0; i < prompts.Count; i++)
        {
            ReadOnlySpan<float> rows = weights.Span.Slice(prompts[i].Key * perPrompt, perPrompt);
            int mask = 0;
            foreach (MaskChoice choice in prompts[i])
                rows.Slice(choice.Mask * width, width).CopyTo(chosen.Span[(((i * most) + mask++) * width)..]);
            if (_model.IsHighQuality)
                rows[(MaskTokens * width)..].CopyTo(extra.Span[(i * width)..]);
        }

        using SessionInputs inputs = new SessionInputs()
            .Add("prompt_cells", cells).Add("prompts", wanted).Add("weights", chosen);
        if (_model.IsHighQuality)
            inputs.Add("hq_weights", extra).Add("features", image["features"]);
        using SessionOutputs outputs = _masks.Run(inputs, cancellation: cancellation);
        using TensorBuffer<float> masks = outputs.Take<float>("masks");
        using TensorBuffer<float>? refinements = _model.IsHighQuality ? outputs.Take<float>("hq_masks") : null;

        int area = _model.MaskSize * _model.MaskSize, written = 0;
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

    // What the decoder needs of a picture, where it was computed.
    private sealed class PreparedImage(Dictionary<string, DeviceTensor> tensors) : IDisposable, IMeasured
    {
        public long ByteCount => sizeof(float) * tensors.Values.Sum(tensor => tensor.Shape.ElementCount);

        public DeviceTensor this[string name] => tensors[name];

        public void Dispose()
        {
            foreach (DeviceTensor tensor in tensors.Values)
                tensor.Dispose();
        }
    }
}
