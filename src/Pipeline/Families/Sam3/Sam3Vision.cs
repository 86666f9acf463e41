using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Resizing;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Pipeline.Families.Sam3;

/// <summary>
/// SAM 3's vision backbone, loaded: one pass serves words, exemplars and the interactive head. Safe for many callers.
/// </summary>
/// <param name="configuration">Its sizes.</param>
/// <param name="weights">Its weights, under the names of <c>sam3.pt</c>.</param>
/// <param name="sessions">Where and how to run it.</param>
internal sealed class Sam3Vision(Sam3Configuration configuration, IWeightSource weights, SessionFactory sessions)
    : IDisposable
{
    private static readonly float[] Half = [0.5f, 0.5f, 0.5f];

    private readonly ModelSession _session = sessions.Create(
        new Sam3Graphs(configuration, weights, sessions.Target).Vision().Build());

    /// <summary>
    /// What the backbone takes: the picture squashed to a square, each channel in −1..1 (sam3.md 1.1).
    /// </summary>
    /// <returns><c>[1, 3, S, S]</c>.</returns>
    public static TensorBuffer<float> Input(PixelImage image, int side)
    {
        var input = new TensorBuffer<float>(1, PixelImage.Channels, side, side);
        PixelNormaliser.WriteUnit(
            ImageResizer.Resize(image, side, side, ResampleFilter.Bilinear), Half, Half, input.Span);
        return input;
    }

    /// <summary>Looks at a picture, squashed to a square whatever its shape.</summary>
    /// <returns><c>[G², D]</c>; the caller disposes it.</returns>
    public TensorBuffer<float> Encode(PixelImage image, CancellationToken cancellation)
    {
        using TensorBuffer<float> input = Input(image, configuration.ImageSize);
        using SessionInputs inputs = new SessionInputs().Add("image", input);
        using SessionOutputs outputs = _session.Run(inputs, cancellation: cancellation);
        return outputs.Take<float>("tokens");
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
