using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Vocabularies;

namespace FrozenSeg.Pipeline.Methods;

/// <summary>What to find in a picture.</summary>
/// <param name="Vocabulary">The classes or prompts, in the user's order; null for masks without classes.</param>
/// <param name="Tasks">The answers wanted, at least one.</param>
internal sealed record SegmentationOrder(Vocabulary? Vocabulary, IReadOnlyList<SegmentationTask> Tasks);
