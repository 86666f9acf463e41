using FrozenSeg.Pipeline.Foundation.Graphs;

namespace FrozenSeg.Pipeline.Families.Clip.Backbones;

/// <summary>A convolutional CLIP image encoder as a network.</summary>
internal interface IClipBackbone
{
    /// <summary>All scales of a picture.</summary>
    /// <param name="visual">At <c>visual</c>.</param>
    /// <param name="image"><c>[1, 3, H, W]</c>, normalised.</param>
    BackboneFeatures Apply(GraphScope visual, GraphValue image);

    /// <summary>One vector of the joint space for each mask.</summary>
    /// <param name="visual">At <c>visual</c>.</param>
    /// <param name="features"><c>[1, C, h, w]</c>: res5.</param>
    /// <param name="masks"><c>[Q, h·w]</c>: 1 inside a mask, 0 outside.</param>
    /// <returns><c>[Q, E]</c>, not normalised.</returns>
    GraphValue EmbedMasks(GraphScope visual, GraphValue features, GraphValue masks);
}
