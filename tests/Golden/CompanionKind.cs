namespace FrozenSeg.Golden;

/// <summary>Files that another kind reads along with its own.</summary>
/// <param name="family">Folder.</param>
/// <param name="pattern">File names, with <c>*</c>.</param>
internal sealed class CompanionKind(string family, string pattern) : FileKind(family, pattern)
{
    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context) => [];
}
