using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Evaluation.Scenes.Files;

/// <summary>A segment and its mask.</summary>
/// <param name="AnnotationId">Its number in the dataset.</param>
/// <param name="Segment">What it is.</param>
/// <param name="Mask">Its visible pixels.</param>
internal sealed record SegmentRecord(int AnnotationId, SceneSegment Segment, RunLengthEncoding Mask);
