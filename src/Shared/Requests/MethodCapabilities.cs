namespace FrozenSeg.Shared.Requests;

/// <summary>What a method can do, as far as a request can be checked against it.</summary>
/// <param name="Name"><c>automask</c>, <c>car</c>, <c>frozenseg</c>, <c>fcclip</c>, <c>sam3</c> or
/// <c>fused</c>.</param>
/// <param name="Tasks">The answers it gives; the first is the default.</param>
/// <param name="NeedsWords">Whether it needs prompts or a vocabulary; a method that does not takes none.</param>
internal sealed record MethodCapabilities(string Name, IReadOnlyList<SegmentationTask> Tasks, bool NeedsWords);
