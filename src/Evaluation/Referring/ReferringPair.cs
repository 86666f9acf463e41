using FrozenSeg.Evaluation.Formats.Coco;

namespace FrozenSeg.Evaluation.Referring;

/// <summary>One expression and its answer.</summary>
/// <param name="Item">The reference.</param>
/// <param name="Text">The expression.</param>
/// <param name="Answer">The mask that was predicted; null for "nothing is meant".</param>
internal sealed record ReferringPair(ReferringItem Item, string Text, CocoSegmentation? Answer);
