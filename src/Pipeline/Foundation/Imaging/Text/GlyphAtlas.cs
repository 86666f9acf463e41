using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Shared.Masks;

namespace FrozenSeg.Pipeline.Foundation.Imaging.Text;

/// <summary>
/// Drawn letters of one size: Latin, Greek and Cyrillic as coverage 0..255, and a box for everything else.
/// </summary>
internal sealed class GlyphAtlas
{
    private const int Columns = 32;
    private const int Missing = 0x25a1;
    private const string Prefix = "FrozenSeg.Pipeline.Foundation.Imaging.Text.";

    private readonly LabelMap _pixels;
    private readonly FrozenDictionary<int, (int Index, int Advance)> _glyphs;
    private readonly int _cellWidth;

    private GlyphAtlas(int size, int advanceColumn)
    {
        Assembly assembly = typeof(GlyphAtlas).Assembly;
        _pixels = LabelMapPng.Read(ReadResource(assembly, $"glyphs-{size}.png"), $"glyphs-{size}.png");
        string[] lines = Encoding.ASCII.GetString(ReadResource(assembly, "glyphs.txt"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        _glyphs = lines
            .Select((line, index) => (
                Numbers: line.Split(' ').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray(), index))
            .ToFrozenDictionary(entry => entry.Numbers[0], entry => (entry.index, entry.Numbers[advanceColumn]));
        _cellWidth = _pixels.Width / Columns;
        Height = _pixels.Height / ((lines.Length + Columns - 1) / Columns);
    }

    /// <summary>Letters 13 pixels high.</summary>
    public static GlyphAtlas Small { get; } = new(13, 1);

    /// <summary>Letters 26 pixels high.</summary>
    public static GlyphAtlas Large { get; } = new(26, 2);

    /// <summary>Height of a line.</summary>
    public int Height { get; }

    /// <summary>Width of a text.</summary>
    public int Measure(string text) => text.EnumerateRunes().Sum(rune => Find(rune).Advance);

    /// <summary>How far a letter moves the pen.</summary>
    public int Advance(Rune rune) => Find(rune).Advance;

    /// <summary>How much of a pixel a letter covers, 0..255.</summary>
    public int Coverage(Rune rune, int x, int y)
    {
        int index = Find(rune).Index;
        return x >= _cellWidth ? 0 : _pixels[(index / Columns * Height) + y, (index % Columns * _cellWidth) + x];
    }

    private (int Index, int Advance) Find(Rune rune) =>
        _glyphs.TryGetValue(rune.Value, out (int, int) glyph) ? glyph : _glyphs[Missing];

    private static byte[] ReadResource(Assembly assembly, string name)
    {
        using Stream stream = assembly.GetManifestResourceStream(Prefix + name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
