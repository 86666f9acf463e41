namespace FrozenSeg.Pipeline.Foundation.Runtime;

/// <summary>What a <see cref="FeatureCache"/> holds and how often that helped.</summary>
/// <param name="Hits">How often something was there.</param>
/// <param name="Misses">How often something had to be made.</param>
/// <param name="Evictions">How often something had to make room.</param>
/// <param name="Entries">Values held.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Capacity">Most bytes it may hold.</param>
internal sealed record FeatureCacheFigures(
    long Hits, long Misses, long Evictions, int Entries, long Bytes, long Capacity);
