namespace FrozenSeg.Pipeline.Foundation.Imaging.Codecs;

/// <summary>What the names of pictures end in that can be read.</summary>
internal static class PictureEndings
{
    /// <summary>The endings, with their points, in lower case.</summary>
    public static IReadOnlyList<string> All { get; } =
        [".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff", ".pbm", ".pgm", ".ppm", ".tga"];

    /// <summary>Whether a name has one of them, in any case.</summary>
    public static bool Has(string name) => All.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);
}
