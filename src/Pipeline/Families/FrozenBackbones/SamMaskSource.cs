using FrozenSeg.Pipeline.Families.FrozenBackbones.Inference;
using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Imaging;

namespace FrozenSeg.Pipeline.Families.FrozenBackbones;

/// <summary>
/// SAM's masks for the OpenSeg ensemble, as logits at the picture's size (frozenseg.md 8.1): the largest masks of the
/// automatic generator with the settings of the released script.
/// </summary>
/// <param name="sam">The network.</param>
/// <param name="mode">As released SAM sees red and blue exchanged.</param>
/// <param name="most">Most masks, the largest first.</param>
internal sealed class SamMaskSource(IPromptableModel sam, MaskEnsembleMode mode, int most)
{
    private static readonly AutomaticMaskOptions Settings = new()
    {
        PredictedIoUThreshold = 0.8f,
        StabilityScoreThreshold = 0.7f,
        MinMaskRegionArea = 100,
        KeepsLogits = true,
    };

    /// <summary>Finds the masks.</summary>
    /// <returns>Planes of the picture's size, row-major.</returns>
    public IReadOnlyList<float[]> Find(PixelImage image, CancellationToken cancellation)
    {
        PixelImage seen = mode is MaskEnsembleMode.Official ? Exchanged(image) : image;
        var generator = new AutomaticMaskGenerator(sam, Settings);
        return
        [
            .. generator.Generate(seen, null, cancellation)
                .OrderByDescending(proposal => proposal.Segmentation.Area)
                .Take(most)
                .Select(proposal => proposal.Logits!.Upscale()),
        ];
    }

    private static PixelImage Exchanged(PixelImage image)
    {
        PixelImage exchanged = image.Clone();
        for (int i = 0; i < exchanged.Pixels.Length; i += PixelImage.Channels)
            (exchanged.Pixels[i], exchanged.Pixels[i + 2]) = (exchanged.Pixels[i + 2], exchanged.Pixels[i]);
        return exchanged;
    }
}
