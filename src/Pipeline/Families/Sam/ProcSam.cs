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
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.Sam;

/// <summary>
/// A procedural stand-in for SAM: no weights, nothing learnt, but SAM's inputs and outputs. A mask is what has the
/// colour of the point and lies near it. It makes automatic mask generation run, and be compared with the official
/// generator, on a machine that has no model.
/// </summary>
internal sealed class ProcSam : IPromptableModel
{
    private const int Masks = 3;

    private readonly ModelSession _encoder;
    private readonly ModelSession _decoder;

    /// <summary>Builds the two graphs.</summary>
    public ProcSam(SessionFactory sessions)
    {
        using var loaded = new DisposableStack();
        _encoder = loaded.Push(sessions.Create(ProcSamNetwork.Encoder(sessions.Target).Build()));
        _decoder = loaded.Push(sessions.Create(ProcSamNetwork.Decoder(sessions.Target).Build()));
        loaded.Release();
    }

    /// <inheritdoc/>
    public string Name => "procsam (procedural, untrained)";

    /// <inheritdoc/>
    public string MaskPreset => AutomaticMaskPresets.Official;

    /// <inheritdoc/>
    public string? WeightHash => null;

    /// <inheritdoc/>
    public int ImageSize => ProcSamNetwork.ImageSize;

    /// <inheritdoc/>
    public int MaskSize => ProcSamNetwork.MaskSize;

    /// <inheritdoc/>
    public ImageEmbedding Encode(PixelImage image, CancellationToken cancellation)
    {
        (TensorBuffer<float> input, ResizeTransform transform) = SamPreprocessing.Apply(image, ImageSize);
        using (input)
        using (SessionInputs inputs = new SessionInputs().Add("image", input))
        using (SessionOutputs outputs = _encoder.Run(inputs, cancellation: cancellation))
            return new ImageEmbedding(transform, outputs.Take<float>("embedding"), null, new DisposableStack());
    }

    /// <inheritdoc/>
    /// <exception cref="SegmentationProblemException">Always: the stand-in takes no masks.</exception>
    public ImageEmbedding WithMask(ImageEmbedding image, ReadOnlySpan<float> logits, CancellationToken cancellation) =>
        throw Unanswerable("a mask");

    /// <inheritdoc/>
    /// <exception cref="SegmentationProblemException">A prompt is something else than one foreground point.</exception>
    public MaskCandidates Decode(
        ImageEmbedding image,
        IReadOnlyList<SamPrompt> prompts,
        bool multimask,
        float iouThreshold,
        CancellationToken cancellation)
    {
        using TensorBuffer<float> points = Points(prompts, image.Transform);
        using SessionInputs inputs = new SessionInputs().Add("embedding", image.Features).Add("points", points);
        using SessionOutputs outputs = _decoder.Run(inputs, cancellation: cancellation);
        using TensorBuffer<float> masks = outputs.Take<float>("masks"), iou = outputs.Take<float>("iou");

        int area = MaskSize * MaskSize;
        int[] wanted = [.. Enumerable.Range(0, prompts.Count * Masks).Where(
            i => iou.Span[i] > iouThreshold && (multimask || i % Masks == 0))];
        var logits = new TensorBuffer<float>(wanted.Length, MaskSize, MaskSize);
        for (int i = 0; i < wanted.Length; i++)
            masks.Span.Slice(wanted[i] * area, area).CopyTo(logits.Span[(i * area)..]);
        var entries = new (int, float)[wanted.Length];
        for (int i = 0; i < wanted.Length; i++)
            entries[i] = (wanted[i] / Masks, iou.Span[wanted[i]]);
        return new MaskCandidates(entries, [logits]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _encoder.Dispose();
        _decoder.Dispose();
    }

    private static SegmentationProblemException Unanswerable(string prompt) => SegmentationProblem.InvalidRequest(
        "procsam",
        $"the procedural stand-in cannot answer {prompt}",
        "Ask with one foreground point, or give the weights of a SAM network with --model");

    private static TensorBuffer<float> Points(IReadOnlyList<SamPrompt> prompts, ResizeTransform transform)
    {
        var points = new TensorBuffer<float>(prompts.Count, 2);
        for (int i = 0; i < prompts.Count; i++)
        {
            if (prompts[i] is not { Box: null, Points: [var (x, y, label)] } || label is not PromptLabel.Foreground)
                throw Unanswerable("a box, a background point or several points");
            (double mappedX, double mappedY) = transform.Apply(x, y);
            points.Span[2 * i] = (float)mappedX;
            points.Span[(2 * i) + 1] = (float)mappedY;
        }

        return points;
    }
}
