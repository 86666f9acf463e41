using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Evaluation.Reports;

/// <summary>A mask of a compared picture.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Class">What decides on its colour: masks of one class look alike on both sides.</param>
/// <param name="Mask">The mask.</param>
internal sealed record NamedMask(string Name, int Class, RunLengthEncoding Mask);
