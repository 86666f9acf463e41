using FrozenSeg.Pipeline.Families.ClipAsRnn.Activation;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.ClipAsRnn.Recurrence;

/// <summary>
/// f of the paper for one picture: texts to soft masks, by class activation and affinity (car.md 4, 5).
/// </summary>
/// <param name="image">The picture, run through CLIP once.</param>
/// <param name="width">Columns of the picture.</param>
/// <param name="height">Rows of the picture.</param>
/// <param name="scale">τ.</param>
/// <param name="background">Background texts, unit vectors.</param>
/// <param name="options">Settings.</param>
/// <param name="isReferring">Whether each text stands alone against the background instead of competing with the
/// others.</param>
internal sealed class MaskProposalGenerator(
    ImageActivations image,
    int width,
    int height,
    float scale,
    IReadOnlyList<float[]> background,
    CarOptions options,
    bool isReferring)
{
    private readonly ClassActivationMap _maps = new(image, scale, options.Cam);
    private readonly BackgroundBlend _background = BackgroundBlend.Of(image, background, scale);

    /// <summary>The class activation maps alone.</summary>
    /// <param name="texts">Unit vectors.</param>
    /// <param name="cancellation">Stops the work.</param>
    public CamResult[] Activate(IReadOnlyList<float[]> texts, CancellationToken cancellation) => isReferring
        ? _maps.Separate(texts, _background, cancellation)
        : _maps.Compete(texts, _background, cancellation);

    /// <summary>One proposal a text.</summary>
    /// <inheritdoc cref="Activate"/>
    public SoftMasks Propose(IReadOnlyList<float[]> texts, CancellationToken cancellation)
    {
        IReadOnlyList<float[]> maps = [.. Activate(texts, cancellation).Select(cam => cam.Map)];
        return new SoftMasks(image.Grid, width, height, options.UsesAffinity ? Refine(maps, cancellation) : maps);
    }

    /// <summary>Spreads maps along the affinity, from inside their boxes, and stretches them to 0..1.</summary>
    public IReadOnlyList<float[]> Refine(IReadOnlyList<float[]> maps, CancellationToken cancellation)
    {
        using var sources = new TensorBuffer<float>(maps.Count, image.Grid.Count);
        for (int i = 0; i < maps.Count; i++)
            AffinityBoxes.Limit(maps[i], image.Grid, options.CamBoxThreshold, sources.View[i].Span);
        using TensorBuffer<float> spread = image.Refine(sources, cancellation);
        var refined = new float[maps.Count][];
        for (int i = 0; i < refined.Length; i++)
        {
            refined[i] = spread.View[i].Span.ToArray();
            ClassActivationMap.Stretch(refined[i]);
        }

        return refined;
    }
}
