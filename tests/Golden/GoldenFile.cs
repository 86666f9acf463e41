namespace FrozenSeg.Golden;

/// <summary>One file of the golden folder.</summary>
/// <param name="Family">Folder it lies in: <c>sam</c>, <c>car</c>, <c>frozenseg</c>, <c>photos</c>.</param>
/// <param name="Path">Full path.</param>
internal sealed record GoldenFile(string Family, string Path)
{
    /// <summary>File name with extension.</summary>
    public string FileName => System.IO.Path.GetFileName(Path);

    /// <summary>File name without extension.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Another file of the same folder.</summary>
    public string Sibling(string fileName) => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, fileName);
}
