using System.Text.Json;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests.Runs;

/// <summary>
/// Writes datasets whose pictures say what is in them: red is the position of the class (255 is void), green tells
/// objects of a class apart. <see cref="PaintedMethod"/> reads it off again.
/// </summary>
internal sealed class PaintedDataset(TemporaryFolder folder)
{
    private const int Height = 6, Width = 8;

    /// <summary>Positions of the classes of the two halves of a picture, and of the stripe at its lower end.</summary>
    public static int[] Classes(int picture, int count) =>
        [7 * picture % count, ((7 * picture) + 1) % count, ((7 * picture) + 1) % count];

    public void Picture(string name, params int[] classes)
    {
        var image = new PixelImage(Width, Height);
        foreach ((int x, int y, int part) in Parts())
        {
            image.Pixel(x, y)[0] = (byte)classes[part];
            image.Pixel(x, y)[1] = (byte)part;
        }

        Write(name, ImageCodec.EncodePng(image));
    }

    /// <summary>A semantic map; a class at position p is written as <paramref name="label"/> says.</summary>
    public void Semantic(string name, int[] classes, Func<int, int> label)
    {
        LabelMap map = Map(part => label(classes[part]));
        Write(name, name.EndsWith(".tif", StringComparison.Ordinal) ? Tiff(map) : LabelMapPng.Write(map));
    }

    /// <summary>A panoptic map; part p is segment p + 1.</summary>
    public void Panoptic(string name) => Write(name, PanopticPng.Write(Map(part => part + 1)));

    public void Json(string name, object document) => Write(name, JsonSerializer.SerializeToUtf8Bytes(document));

    /// <summary>The mask of a part as COCO writes it.</summary>
    public static object Mask(int part)
    {
        RunLengthEncoding mask = RunLengthEncoding.FromMask(Map(other => other == part ? 1 : 0).MaskOf(1));
        return new { size = new[] { Height, Width }, counts = mask.ToCocoString() };
    }

    public static object Image(object id, string name) => new { id, file_name = name, width = Width, height = Height };

    public void Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder.Path("data", name))!);
        folder.Write(Path.Combine("data", name), content);
    }

    private static LabelMap Map(Func<int, int> label)
    {
        var map = new LabelMap(Height, Width);
        foreach ((int x, int y, int part) in Parts())
            map[y, x] = label(part);
        return map;
    }

    // Left, right, and a stripe below the right half.
    private static IEnumerable<(int X, int Y, int Part)> Parts() =>
        from y in Enumerable.Range(0, Height)
        from x in Enumerable.Range(0, Width)
        select (x, y, x < Width / 2 ? 0 : y < Height - 2 ? 1 : 2);

    // The simplest TIFF: little-endian, one strip of 16-bit grey without compression.
    private static byte[] Tiff(LabelMap map)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        int[] samples = map.Labels.ToArray();
        writer.Write("II*\0"u8);
        writer.Write(8 + (2 * samples.Length));
        foreach (int sample in samples)
            writer.Write((ushort)sample);
        (ushort Tag, int Value)[] tags =
        [
            (256, map.Width), (257, map.Height), (258, 16), (259, 1), (262, 1), (273, 8), (277, 1),
            (278, map.Height), (279, 2 * samples.Length),
        ];
        writer.Write((ushort)tags.Length);
        foreach ((ushort tag, int value) in tags)
        {
            writer.Write(tag);
            writer.Write((ushort)4);
            writer.Write(1);
            writer.Write(value);
        }

        writer.Write(0);
        return file.ToArray();
    }
}
