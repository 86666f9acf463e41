using FrozenSeg.Pipeline.Families.Sam.Encoding;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Families.Sam.Prompts;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Families.Sam.Interaction;

/// <summary>
/// A picture to click on: encoded when first asked and kept with the library, so that every further prompt costs the
/// mask decoder alone. What had to make room is encoded again, unseen. Safe for many callers.
/// </summary>
internal sealed class InteractivePicture
{
    private readonly IPromptableModel _model;
    private readonly Func<PixelImage> _load;
    private readonly string _hash;

    private InteractivePicture(ModelLibrary library, string hash, int width, int height, Func<PixelImage> load)
    {
        _model = library.Sam;
        _hash = hash;
        _load = load;
        Width = width;
        Height = height;
        ModelName = _model.Name;
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>The network that answers.</summary>
    public string ModelName { get; }

    /// <summary>A picture under the library's SAM; nothing is computed yet.</summary>
    public static InteractivePicture Open(ModelLibrary library, PixelImage image) =>
        new(library, PixelHash.Of(image), image.Width, image.Height, () => image);

    /// <summary>The same, but the pixels are not held, and are loaded again when they are needed.</summary>
    /// <param name="library">The networks.</param>
    /// <param name="image">The picture.</param>
    /// <param name="load">Loads the same picture again.</param>
    public static InteractivePicture Open(ModelLibrary library, PixelImage image, Func<PixelImage> load) =>
        new(library, PixelHash.Of(image), image.Width, image.Height, load);

    /// <summary>Encodes the picture, unless that is done.</summary>
    public void Prepare(CancellationToken cancellation = default) => Encode(cancellation).Dispose();

    /// <summary>Masks of what a prompt shows.</summary>
    /// <param name="prompt">Points, a box, or both.</param>
    /// <param name="start">A mask to refine; null starts without one.</param>
    /// <param name="multimask">Three masks, for an ambiguous prompt; otherwise one.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The masks, the surest first.</returns>
    /// <exception cref="Shared.Problems.SegmentationProblemException">The prompt does not fit the picture.</exception>
    public IReadOnlyList<PredictedMask> Predict(
        SamPrompt prompt, StartMask? start = null, bool multimask = true, CancellationToken cancellation = default)
    {
        SamPromptRules.Check(prompt, start, Width, Height);
        using ImageEmbedding embedding = Encode(cancellation);
        var predictor = new SamPredictor(_model);
        IReadOnlyList<PredictedMask> masks = start is null
            ? predictor.Predict(embedding, prompt, multimask, cancellation)
            : predictor.Predict(
                embedding,
                prompt,
                start.ToLogits(embedding.Transform, _model.ImageSize, _model.MaskSize),
                multimask,
                cancellation);
        return [.. masks.OrderByDescending(mask => mask.PredictedIoU)];
    }

    /// <summary>
    /// What the encoder sees under each mask: one vector of length 1 a mask, all zeros for a mask without pixels.
    /// </summary>
    public IReadOnlyList<float[]> Describe(
        IReadOnlyList<RunLengthEncoding> masks, CancellationToken cancellation = default)
    {
        using ImageEmbedding embedding = Encode(cancellation);
        var descriptor = new MaskDescriptor(embedding, _model.ImageSize);
        return [.. masks.Select(mask =>
        {
            cancellation.ThrowIfCancellationRequested();
            return descriptor.Describe(mask);
        })];
    }

    private ImageEmbedding Encode(CancellationToken cancellation) => _model is RememberingModel remembering
        ? remembering.Encode(_hash, _load, cancellation)
        : _model.Encode(_load(), cancellation);
}
