namespace QueueWorker;

/// <summary>One picture to segment.</summary>
public sealed record Job(string Picture, string Words);
