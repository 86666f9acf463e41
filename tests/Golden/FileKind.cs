using System.IO.Enumeration;

namespace FrozenSeg.Golden;

/// <summary>A kind that knows its files by a pattern of their names.</summary>
/// <param name="family">Folder.</param>
/// <param name="patterns">File names, with <c>*</c>.</param>
internal abstract class FileKind(string family, params string[] patterns) : IGoldenKind
{
    public bool Recognises(GoldenFile file) => file.Family == family && patterns.Any(
        pattern => FileSystemName.MatchesSimpleExpression(pattern, file.FileName));

    public abstract IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context);
}
