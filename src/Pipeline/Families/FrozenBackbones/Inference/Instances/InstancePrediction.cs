namespace FrozenSeg.Pipeline.Families.FrozenBackbones.Inference.Instances;

/// <summary>One instance: a query's mask under one of its classes.</summary>
/// <param name="Query">The query.</param>
/// <param name="Label">The class.</param>
/// <param name="Score">Class probability times the mean probability of the mask's pixels, 0..1.</param>
/// <param name="Area">Pixels whose logit is above 0.</param>
internal sealed record InstancePrediction(int Query, int Label, float Score, int Area);
