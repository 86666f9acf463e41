namespace FrozenSeg.Golden;

/// <summary>A kind of golden file: knows its files by name and what they promise.</summary>
internal interface IGoldenKind
{
    /// <summary>Whether <paramref name="file"/> is of this kind.</summary>
    bool Recognises(GoldenFile file);

    /// <summary>Makes all comparisons; empty for a file that only accompanies another.</summary>
    IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context);
}
