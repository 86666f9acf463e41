using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Evaluation.Scenes;

/// <summary>A picture and the truth about it: every pixel belongs to exactly one segment.</summary>
/// <param name="Image">The picture, square.</param>
/// <param name="Segments">H×W segment ids, as in <see cref="SceneSegment.Id"/>; none is 0.</param>
/// <param name="Contents">The segments, by id: stuff first, then things from back to front.</param>
internal sealed record Scene(PixelImage Image, LabelMap Segments, IReadOnlyList<SceneSegment> Contents);
