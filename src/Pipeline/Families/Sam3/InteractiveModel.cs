using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Families.Sam.Decoding;
using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam.Networks;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Families.Sam3;

/// <summary>SAM 3's interactive head as a SAM: points, boxes, masks, automatic masks. Safe for many callers.</summary>
internal sealed class InteractiveModel : IPromptableModel
{
    private const int PromptsPerPass = 8;

    private readonly Func<PixelImage, CancellationToken, FeatureLease<TensorBuffer<float>>> _see;
    private readonly ModelSession _picture;
    private readonly ModelSession _mask;
    private readonly ModelSession _prepare;
    private readonly ModelSession _tokens;
    private readonly ModelSession _masks;
    private readonly Sam3Configuration _model;

    /// <summary>Loads the head.</summary>
    /// <param name="configuration">Its sizes.</param>
    /// <param name="see">What the backbone makes of a picture, <c>[G², D]</c>.</param>
    /// <param name="weights">Its weights, under the names of <c>sam3.pt</c>.</param>
    /// <param name="sessions">Where and how to run it.</param>
    public InteractiveModel(
        Sam3Configuration configuration,
        Func<PixelImage, CancellationToken, FeatureLease<TensorBuffer<float>>> see,
        IWeightSource weights,
        SessionFactory sessions)
    {
        _model = configuration;
        _see = see;
        var graphs = new InteractiveGraphs(configuration, weights, sessions.Target);
        using var loaded = new DisposableStack();
        _picture = loaded.Push(sessions.Create(graphs.Picture().Build()));
        _mask = loaded.Push(sessions.Create(graphs.MaskPrompt().Build()));
        _prepare = loaded.Push(sessions.Create(graphs.Prepare().Build()));
        _tokens = loaded.Push(sessions.Create(graphs.Tokens().Build()));
        _masks = loaded.Push(sessions.Create(graphs.Masks().Build()));
        loaded.Release();
    }

    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public string MaskPreset => AutomaticMaskPresets.Official;

    /// <inheritdoc/>
    public string? WeightHash { get; init; }

    /// <summary>What is disposed with this; null for nothing.</summary>
    public IDisposable? Owned { get; set; }

    // Masks come back to the picture in one step, so the frame that they are scaled from is their own.
    /// <inheritdoc/>
    public int ImageSize => _model.MaskSize;

    /// <inheritdoc/>
    public int MaskSize => _model.MaskSize;

    /// <inheritdoc/>
    public ImageEmbedding Encode(PixelImage image, CancellationToken cancellation)
    {
        using FeatureLease<TensorBuffer<float>> tokens = _see(image, cancellation);
        return Encode(tokens.Value, image.Width, image.Height, cancellation);
    }

    /// <summary>A picture whose backbone pass is at hand.</summary>
    /// <param name="tokens">Of <see cref="Sam3Vision"/>, <c>[G², D]</c>.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    /// <param name="cancellation">Stops the work.</param>
    public ImageEmbedding Encode(TensorBuffer<float> tokens, int width, int height, CancellationToken cancellation)
    {
        using SessionInputs inputs = new SessionInputs().Add("tokens", tokens);
        using SessionOutputs outputs = _picture.Run(inputs, cancellation: cancellation);
        using TensorBuffer<float> dense = EncodeMask([], cancellation);
        return Prepare(
            new ResizeTransform(width, height, MaskSize, MaskSize),
            outputs.Take<float>("coarse"),
            outputs.Take<float>("fine"),
            outputs.Take<float>("middle"),
            dense,
            cancellation);
    }

    /// <inheritdoc/>
    public ImageEmbedding WithMask(ImageEmbedding image, ReadOnlySpan<float> logits, CancellationToken cancellation)
    {
        var prepared = (InteractiveImage)image.Prepared;
        using TensorBuffer<float> dense = EncodeMask(logits, cancellation);
        return Prepare(
            image.Transform, Copy(image.Features), Copy(prepared.Fine), Copy(prepared.Middle), dense, cancellation);
    }

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
        for (int first = 0; first < prompts.Count; first += PromptsPerPass)
        {
            SamPrompt[] pass = [.. prompts.Skip(first).Take(PromptsPerPass)];
            InteractiveAnswer answer = Answer(image, pass, cancellation);
            List<MaskChoice> choices = InteractiveChoice.Of(answer, multimask, iouThreshold, MaskSize * MaskSize);
            TensorBuffer<float> chosen = parts.Push(new TensorBuffer<float>(choices.Count, MaskSize, MaskSize));
            for (int i = 0; i < choices.Count; i++)
            {
                Span<float> mask = chosen.Span.Slice(i * MaskSize * MaskSize, MaskSize * MaskSize);
                answer.Mask(choices[i].Prompt, choices[i].Mask, MaskSize * MaskSize).CopyTo(mask);
                MaskHoles.Fill(mask, MaskSize, MaskHoles.PublishedArea);
            }

            logits.Add(chosen);
            entries.AddRange(choices.Select(choice => (first + choice.Prompt, choice.PredictedIoU)));
        }

        parts.Release();
        return new MaskCandidates(entries, logits);
    }

    /// <summary>Everything the head says of a few prompts.</summary>
    /// <param name="image">The encoded picture.</param>
    /// <param name="prompts">Prompts of one form.</param>
    /// <param name="cancellation">Stops the work.</param>
    public InteractiveAnswer Answer(ImageEmbedding image, SamPrompt[] prompts, CancellationToken cancellation)
    {
        var picture = (InteractiveImage)image.Prepared;
        (TensorBuffer<float> points, TensorBuffer<long> labels) = Points(prompts, image.Transform);
        using (points)
        using (labels)
        {
            using SessionInputs inputs = new SessionInputs().Add("points", points).Add("labels", labels);
            foreach ((string name, DeviceTensor tensor) in picture.Tensors)
                inputs.Add(name, tensor);
            using SessionOutputs outputs = _tokens.Run(inputs, staying: ["prompt_cells"], cancellation: cancellation);
            using TensorBuffer<float> iou = outputs.Take<float>("iou"), found = outputs.Take<float>("object");
            using TensorBuffer<float> weights = outputs.Take<float>("weights"), tokens = outputs.Take<float>("tokens");
            using DeviceTensor cells = outputs.TakeOnDevice("prompt_cells");
            using var wanted = TensorBuffer<long>.From(
                [.. Enumerable.Range(0, prompts.Length).Select(prompt => (long)prompt)], prompts.Length);
            using SessionInputs maskInputs = new SessionInputs()
                .Add("prompt_cells", cells)
                .Add("prompts", wanted)
                .Add("weights", weights)
                .Add("fine", picture.Fine)
                .Add("middle", picture.Middle);
            using SessionOutputs maskOutputs = _masks.Run(maskInputs, cancellation: cancellation);
            using TensorBuffer<float> masks = maskOutputs.Take<float>("masks");
            return new InteractiveAnswer(
                iou.Span.ToArray(), found.Span.ToArray(), masks.Span.ToArray(), tokens.Span.ToArray());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _picture.Dispose();
        _mask.Dispose();
        _prepare.Dispose();
        _tokens.Dispose();
        _masks.Dispose();
        Owned?.Dispose();
    }

    /// <summary>The dense prompt of a mask, or of none.</summary>
    /// <param name="logits">Mask logits, <see cref="MaskSize"/>² row-major; empty for none.</param>
    /// <param name="cancellation">Stops the work.</param>
    public TensorBuffer<float> EncodeMask(ReadOnlySpan<float> logits, CancellationToken cancellation)
    {
        using var mask = new TensorBuffer<float>(1, 1, MaskSize, MaskSize);
        logits.CopyTo(mask.Span);
        using SessionInputs inputs = new SessionInputs().Add("mask", mask);
        using SessionOutputs outputs = _mask.Run(inputs, cancellation: cancellation);
        return outputs.Take<float>(logits.IsEmpty ? "none" : "dense");
    }

    private ImageEmbedding Prepare(
        ResizeTransform transform,
        TensorBuffer<float> coarse,
        TensorBuffer<float> fine,
        TensorBuffer<float> middle,
        TensorBuffer<float> dense,
        CancellationToken cancellation)
    {
        using SessionInputs inputs = new SessionInputs().Add("coarse", coarse).Add("dense", dense);
        using SessionOutputs outputs = _prepare.Run(inputs, staying: _prepare.OutputNames, cancellation: cancellation);
        return new ImageEmbedding(transform, coarse, null, new InteractiveImage(
            fine, middle, _prepare.OutputNames.ToDictionary(name => name, outputs.TakeOnDevice)));
    }

    // Corners of a box come before points, and one padding point ends every prompt that has either (sam3.md 5).
    private (TensorBuffer<float> Points, TensorBuffer<long> Labels) Points(
        SamPrompt[] prompts, ResizeTransform transform)
    {
        List<(double X, double Y, PromptLabel Label)>[] rows = [.. prompts.Select(Rows)];
        if (rows.Any(row => row.Count != rows[0].Count))
            throw new ArgumentException(
                "Prompts of one batch have the same number of points and boxes.", nameof(prompts));
        var points = new TensorBuffer<float>(prompts.Length, rows[0].Count, 2);
        var labels = new TensorBuffer<long>(prompts.Length, rows[0].Count);
        int at = 0;
        foreach ((double x, double y, PromptLabel label) in rows.SelectMany(row => row))
        {
            points.Span[2 * at] = Place(x, transform.Width);
            points.Span[(2 * at) + 1] = Place(y, transform.Height);
            labels.Span[at++] = (long)label;
        }

        return (points, labels);

        float Place(double pixel, int length) =>
            (float)(((pixel / length * _model.ImageSize) + 0.5) / _model.ImageSize);
    }

    private static List<(double X, double Y, PromptLabel Label)> Rows(SamPrompt prompt)
    {
        var rows = new List<(double X, double Y, PromptLabel Label)>();
        if (prompt.Box is BoxXyxy box)
            rows.AddRange([(box.X0, box.Y0, PromptLabel.BoxTopLeft), (box.X1, box.Y1, PromptLabel.BoxBottomRight)]);
        rows.AddRange(prompt.Points);
        if (rows.Count > 0)
            rows.Add((0, 0, PromptLabel.Padding));
        return rows;
    }

    private static TensorBuffer<float> Copy(TensorBuffer<float> tensor) =>
        TensorBuffer<float>.From(tensor.Span, tensor.Shape.Dimensions);
}
