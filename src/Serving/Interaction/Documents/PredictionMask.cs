using FrozenSeg.Shared.Results;

namespace FrozenSeg.Serving.Interaction.Documents;

/// <summary>A mask that answers a prompt.</summary>
/// <param name="Prompt">Which prompt, from 0: the box it belongs to.</param>
/// <param name="Score">The network's own estimate of the mask's IoU, 0..1.</param>
/// <param name="Area">Pixels.</param>
/// <param name="Bbox">x, y, width, height.</param>
/// <param name="Segmentation">The mask.</param>
internal sealed record PredictionMask(
    int Prompt, double Score, int Area, IReadOnlyList<int> Bbox, MaskRle Segmentation);
