namespace FrozenSeg.Serving.Http.Documents;

/// <summary>How many segmentations have not ended.</summary>
/// <param name="Unfinished">Those that wait or are at work.</param>
/// <param name="MaxUnfinished">When there are so many, nothing more is accepted.</param>
internal sealed record QueueLoad(int Unfinished, int MaxUnfinished);
