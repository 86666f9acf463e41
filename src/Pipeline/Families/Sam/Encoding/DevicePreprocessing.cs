using FrozenSeg.Pipeline.Foundation.Graphs;
using FrozenSeg.Pipeline.Foundation.Graphs.Operators;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Pipeline.Families.Sam.Encoding;

/// <summary>
/// What <see cref="SamPreprocessing"/> does after the resize, on a GPU: the picture travels there as bytes, a quarter
/// of its floats, and the encoder reads what comes of it where it lies.
/// </summary>
/// <param name="imageSize">Side S of the encoder's input, pixels.</param>
/// <param name="sessions">Where and how to run it.</param>
internal sealed class DevicePreprocessing(int imageSize, SessionFactory sessions) : IDisposable
{
    private readonly ModelSession _session = sessions.Create(Graph(imageSize, sessions.Target).Build());

    /// <summary>Normalises a picture and pads it.</summary>
    /// <param name="resized">The picture, its longest side S.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns><c>[1, 3, S, S]</c>; the caller disposes it.</returns>
    public DeviceTensor Apply(PixelImage resized, CancellationToken cancellation)
    {
        using TensorBuffer<byte> pixels = TensorBuffer<byte>.From(
            resized.Pixels, resized.Height, resized.Width, PixelImage.Channels);
        using TensorBuffer<long> pads = TensorBuffer<long>.From(
            [0, 0, 0, 0, imageSize - resized.Height, imageSize - resized.Width], 2 * PixelImage.Channels);
        using SessionInputs inputs = new SessionInputs().Add("pixels", pixels).Add("pads", pads);
        using SessionOutputs outputs = _session.Run(inputs, staying: ["image"], cancellation: cancellation);
        return outputs.TakeOnDevice("image");
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    /// <summary>
    /// <c>pixels</c> [h, w, 3], bytes, and <c>pads</c> [6] → <c>image</c> [1, 3, S, S], float32 on every target.
    /// </summary>
    internal static GraphBuilder Graph(int imageSize, GraphTarget target)
    {
        var graph = new GraphBuilder("sam_preprocessing", target with { ComputeType = ElementType.Float32 });
        GraphValue pixels = graph.Input("pixels", ElementType.UInt8, "rows", "columns", PixelImage.Channels);
        GraphValue mean = graph.Floats(SamPreprocessing.Mean, PixelImage.Channels);
        GraphValue deviation = graph.Floats(SamPreprocessing.StandardDeviation, PixelImage.Channels);
        GraphValue pads = graph.Input("pads", ElementType.Int64, 2 * PixelImage.Channels);
        GraphValue image = ((pixels.Cast(ElementType.Float32) - mean) / deviation)
            .Transpose(2, 0, 1)
            .Pad(pads, PixelImage.Channels, imageSize, imageSize);
        graph.Output("image", image.Unsqueeze(0));
        return graph;
    }
}
