namespace FrozenSeg.Shared.Requests;

/// <summary>
/// Nobody has to know a method to ask for a cat: the first one that takes words, or none, and gives the answers wanted.
/// </summary>
internal static class DefaultMethod
{
    /// <summary>The method for a request that names none.</summary>
    /// <param name="methods">The methods there are, those that are rather taken first; at least one.</param>
    /// <param name="hasWords">Whether words are given.</param>
    /// <param name="tasks">The answers wanted; empty for any.</param>
    public static MethodCapabilities Find(
        IReadOnlyList<MethodCapabilities> methods, bool hasWords, IReadOnlyList<SegmentationTask> tasks)
    {
        MethodCapabilities[] fitting = [.. methods.Where(method => method.NeedsWords == hasWords)];
        return fitting.FirstOrDefault(method => tasks.All(method.Tasks.Contains))
            ?? fitting.FirstOrDefault()
            ?? methods[0];
    }
}
