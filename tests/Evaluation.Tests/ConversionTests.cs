using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using FrozenSeg.Evaluation.Conversion;
using FrozenSeg.Evaluation.Instances;
using FrozenSeg.Evaluation.Panoptic;
using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Results;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests;

public sealed class ConversionTests : IDisposable
{
    private const int Height = 30, Width = 41;

    private readonly TemporaryFolder _folder = new();
    private readonly BinaryMask _ring = Ring(), _speckles = Speckles();

    public ConversionTests() => Write(Segment(1, _ring, 0, 0.9), Segment(2, _speckles, 1, 0.6));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Outlines_AnyMask_FillBackToTheMask()
    {
        foreach (BinaryMask mask in (BinaryMask[])[_ring, _speckles])
        {
            IReadOnlyList<MaskPart> parts = MaskOutlines.Of(mask);

            Assert.Equal(mask.Pixels.ToArray(), Fill(parts.SelectMany(part => part.Holes.Prepend(part.Exterior))).Pixels.ToArray());
        }

        MaskPart ring = Assert.Single(MaskOutlines.Of(_ring));
        Assert.Equal(4, Assert.Single(ring.Holes).Count);
    }

    [Fact]
    public void Outlines_PixelsThatTouchAtACorner_AreParts()
    {
        var mask = new BinaryMask(2, 2, [1, 0, 0, 1]);

        Assert.All(MaskOutlines.Of(mask), part => Assert.Equal((4, 0), (part.Exterior.Count, part.Holes.Count)));
        Assert.Equal(2, MaskOutlines.Of(mask).Count);
    }

    [Fact]
    public void Convert_Polygons_KeepHoles()
    {
        Assert.Empty(Convert("polygons"));

        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(_folder.Path("out", "polygons.json")));
        JsonElement feature = json.RootElement.GetProperty("features")[0];
        Assert.Equal("cat", feature.GetProperty("properties").GetProperty("label").GetString());
        Assert.Equal(2, feature.GetProperty("geometry").GetProperty("coordinates")[0].GetArrayLength());
    }

    [Fact]
    public void Convert_CocoInstances_EvaluatesPerfectlyAgainstItself()
    {
        Assert.Empty(Convert("coco-instances"));

        EvaluationReport evaluation = InstanceEvaluation.Run(
            _folder.Path("out", "instances.json"), _folder.Path("out", "results.json"), AveragePrecisionOptions.Coco, new EvaluationOptions());

        Assert.Equal(1, evaluation.Groups[0].Figures[0].Value!.Value, 1e-9);
    }

    [Fact]
    public void Convert_CocoPanoptic_EvaluatesPerfectlyAgainstItselfAndNamesWhatWasLost()
    {
        string warning = Assert.Single(Convert("coco-panoptic"));

        Assert.Contains("pixels lie in several segments", warning, StringComparison.Ordinal);
        string path = _folder.Path("out", "panoptic.json");
        Assert.Equal(1, PanopticEvaluation.Run(path, path, null, new EvaluationOptions()).Groups[0].Figures[0].Value);
    }

    [Fact]
    public void Convert_SemanticPng_HoldsIndicesAndVoid()
    {
        Convert("semantic-png");

        LabelMap map = LabelMapPng.Read(File.ReadAllBytes(_folder.Path("out", "semantic", "a.png")), "a.png");
        for (int i = 0; i < map.Labels.Length; i++)
            Assert.Equal(_ring.Pixels[i] != 0 ? 0 : _speckles.Pixels[i] != 0 ? 1 : 255, map.Labels[i]);
    }

    [Fact]
    public void Convert_Yolo_JoinsHolesAndSaysSo()
    {
        IReadOnlyList<string> warnings = Convert("yolo-seg");

        Assert.Contains(warnings, warning => warning.Contains("2 segments have holes or parts", StringComparison.Ordinal));
        double[][] lines = [.. File.ReadAllLines(_folder.Path("out", "labels", "a.txt")).Select(line =>
            line.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray())];
        List<(int, int)> ring = [.. lines[0].Skip(1).Chunk(2).Select(corner => ((int)Math.Round(corner[0] * Width), (int)Math.Round(corner[1] * Height)))];
        Assert.Equal(_ring.Pixels.ToArray(), Fill([ring]).Pixels.ToArray());
    }

    [Fact]
    public void Convert_Cvat_RunsGiveTheMaskBack()
    {
        Assert.Empty(Convert("cvat"));

        XElement mask = XDocument.Load(_folder.Path("out", "annotations.xml")).Descendants("mask").First();
        int[] runs = [.. mask.Attribute("rle")!.Value.Split(", ").Select(int.Parse)];
        int left = (int)mask.Attribute("left")!, top = (int)mask.Attribute("top")!, width = (int)mask.Attribute("width")!;
        var back = new BinaryMask(Height, Width);
        for (int run = 0, at = 0; run < runs.Length; at += runs[run++])
        {
            for (int i = at; run % 2 == 1 && i < at + runs[run]; i++)
                back[top + (i / width), left + (i % width)] = true;
        }

        Assert.Equal(_ring.Pixels.ToArray(), back.Pixels.ToArray());
        Assert.Equal("0.9", mask.Element("attribute")!.Value);
    }

    [Fact]
    public void Convert_LabelStudio_RunsGiveTheMaskBack()
    {
        Assert.Empty(Convert("label-studio"));

        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(_folder.Path("out", "label-studio.json")));
        JsonElement value = json.RootElement[0].GetProperty("predictions")[0].GetProperty("result")[0].GetProperty("value");
        byte[] packed = [.. value.GetProperty("rle").EnumerateArray().Select(number => number.GetByte())];
        byte[] rgba = Unpack(packed);
        Assert.Equal(_ring.Pixels.ToArray(), rgba.Chunk(4).Select(pixel => pixel[3] == 255 ? (byte)1 : (byte)0));
    }

    [Fact]
    public void Convert_UnknownForm_IsRefused() =>
        Assert.Contains("there is no form 'tiff'", Assert.Throws<SegmentationProblemException>(() => Convert("tiff")).Message, StringComparison.Ordinal);

    private IReadOnlyList<string> Convert(string form) =>
        ResultConversion.Convert(_folder.Path("in"), form, _folder.Path("out")).Warnings;

    private void Write(params ResultSegment[] segments)
    {
        var result = new SegmentationResult
        {
            Image = new ResultImage("a.jpg", Width, Height, "", 1),
            Request = new ResultRequest("frozenseg", ["instance"], "cat; dog", "custom", new Dictionary<string, string>()),
            Vocabulary = [new ResultCategory(0, "cat", ["cat"], true), new ResultCategory(1, "dog", ["dog"], true)],
            Segments = segments,
            Files = new ResultFiles(null, null, null, null),
            Models = [],
            Timings = [],
        };
        Directory.CreateDirectory(_folder.Path("in"));
        File.WriteAllBytes(_folder.Path("in", "result.json"), ResultJsonContext.Write(result));
    }

    private static ResultSegment Segment(int id, BinaryMask mask, int category, double score) => ResultSegment.Of(
        id, RunLengthEncoding.FromMask(mask), category, category == 0 ? "cat" : "dog", null, score, true, SegmentSource.Proposal);

    private static BinaryMask Ring()
    {
        var mask = new BinaryMask(Height, Width);
        for (int y = 4; y < 22; y++)
        {
            for (int x = 6; x < 30; x++)
                mask[y, x] = y < 9 || y > 15 || x < 12 || x > 20;
        }

        return mask;
    }

    private static BinaryMask Speckles()
    {
        var random = new Random(5);
        var mask = new BinaryMask(Height, Width);
        foreach (ref byte pixel in mask.Pixels)
            pixel = (byte)random.Next(2);
        return mask;
    }

    // Even-odd at the middle of each pixel.
    private static BinaryMask Fill(IEnumerable<IReadOnlyList<(int X, int Y)>> rings)
    {
        var mask = new BinaryMask(Height, Width);
        foreach (IReadOnlyList<(int X, int Y)> ring in rings)
        {
            for (int i = 0; i < ring.Count; i++)
            {
                (int x0, int y0) = ring[i];
                (int x1, int y1) = ring[(i + 1) % ring.Count];
                for (int y = Math.Min(y0, y1); y < Math.Max(y0, y1); y++)
                {
                    double crossing = x0 + ((y + 0.5 - y0) * (x1 - x0) / (y1 - y0));
                    for (int x = 0; x < Width; x++)
                        mask[y, x] ^= x + 0.5 > crossing;
                }
            }
        }

        return mask;
    }

    private static byte[] Unpack(byte[] packed)
    {
        int at = 0;
        int count = Read(32), word = Read(5) + 1;
        int[] sizes = [Read(4) + 1, Read(4) + 1, Read(4) + 1, Read(4) + 1];
        var bytes = new List<byte>();
        while (bytes.Count < count)
        {
            int flag = Read(1), length = Read(sizes[Read(2)]) + 1;
            for (int i = 0; i < length; i++)
                bytes.Add(flag == 1 && i > 0 ? bytes[^1] : (byte)Read(word));
        }

        return [.. bytes];

        int Read(int bits)
        {
            int value = 0;
            for (int i = 0; i < bits; i++, at++)
                value = (value << 1) | (packed[at / 8] >> (7 - (at % 8)) & 1);
            return value;
        }
    }
}
