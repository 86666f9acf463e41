using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Methods;

namespace FrozenSeg.Pipeline;

/// <summary>A method that says what its networks cannot know, before its results and with them.</summary>
/// <param name="method">The method; disposed with this.</param>
/// <param name="models">The networks it uses.</param>
internal sealed class ForewarnedMethod(ISegmentationMethod method, ModelSelection models) : ISegmentationMethod
{
    /// <inheritdoc/>
    public string Name => method.Name;

    /// <inheritdoc/>
    public IReadOnlyList<string> Forewarnings(PixelImage image, SegmentationOrder order) =>
        NanoWarnings.Of(models, method.Name, image, order.Vocabulary);

    /// <inheritdoc/>
    public SegmentationOutcome Segment(
        PixelImage image, SegmentationOrder order, IProgress<double>? progress, CancellationToken cancellation)
    {
        SegmentationOutcome outcome = method.Segment(image, order, progress, cancellation);
        return outcome with { Warnings = [.. Forewarnings(image, order), .. outcome.Warnings] };
    }

    /// <inheritdoc/>
    public void Dispose() => method.Dispose();
}
