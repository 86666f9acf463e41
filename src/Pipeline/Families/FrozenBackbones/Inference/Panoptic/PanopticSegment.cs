namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Panoptic;

/// <summary>One segment of a panoptic map.</summary>
/// <param name="Id">Its value in the map, from 1.</param>
/// <param name="Label">Its class.</param>
/// <param name="IsThing">Whether it is one countable object; all of a stuff class is one segment.</param>
/// <param name="Score">Probability of the class, 0..1; of stuff that several queries found, the largest.</param>
internal sealed record PanopticSegment(int Id, int Label, bool IsThing, float Score);
