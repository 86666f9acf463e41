using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Evaluation.Recall;

/// <summary>The annotated masks of a picture, read when they are needed.</summary>
/// <param name="Key">Id of the picture.</param>
/// <param name="Name">Its file name without folder and ending.</param>
/// <param name="Load">The masks with their class; crowds left out.</param>
internal sealed record RecallPicture(
    string Key, string Name, Func<IReadOnlyList<(int Category, RunLengthEncoding Mask)>> Load);
