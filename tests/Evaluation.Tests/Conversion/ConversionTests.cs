using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;
using FrozenSeg.Evaluation.Conversion;
using FrozenSeg.Evaluation.Conversion.Outlines;
using FrozenSeg.Evaluation.Instances;
using FrozenSeg.Evaluation.Panoptic;
using FrozenSeg.Evaluation.Reports;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Results;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests.Conversion;

public sealed class ConversionTests : IDisposable
{
    private const int Height = TestMasks.Height, Width = TestMasks.Width;

    private readonly TemporaryFolder _folder = new();
    private readonly BinaryMask _ring = TestMasks.Ring(), _speckles = TestMasks.Speckles();
    private bool _isReplaced;

    public ConversionTests() => Write(Segment(1, _ring, 0, 0.9), Segment(2, _speckles, 1, 0.6));

    public void Dispose() => _folder.Dispose();

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
            _folder.Path("out", "instances.json"),
            _folder.Path("out", "results.json"),
            AveragePrecisionOptions.Coco,
            new EvaluationOptions());

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

        Assert.Contains(
            warnings, warning => warning.Contains("2 segments have holes or parts", StringComparison.Ordinal));
        double[][] lines = [.. File.ReadAllLines(_folder.Path("out", "labels", "a.txt")).Select(line =>
            line.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray())];
        // Ultralytics cuts fractions off and fills with the border.
        List<(int X, int Y)> ring =
            [.. lines[0].Skip(1).Chunk(2).Select(corner => ((int)(corner[0] * Width), (int)(corner[1] * Height)))];
        Assert.Equal(_ring.Pixels.ToArray(), RingFill.WithBorder([ring], Height, Width).Pixels.ToArray());
    }

    [Fact]
    public void Convert_Cvat_RunsGiveTheMaskBack()
    {
        Assert.Empty(Convert("cvat"));

        XElement mask = XDocument.Load(_folder.Path("out", "annotations.xml")).Descendants("mask").First();
        int[] runs = [.. mask.Attribute("rle")!.Value.Split(", ").Select(int.Parse)];
        int left = (int)mask.Attribute("left")!, top = (int)mask.Attribute("top")!,
            width = (int)mask.Attribute("width")!;
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
        JsonElement value = json.RootElement[0].GetProperty("predictions")[0].GetProperty("result")[0]
            .GetProperty("value");
        byte[] packed = [.. value.GetProperty("rle").EnumerateArray().Select(number => number.GetByte())];
        byte[] rgba = BrushRuns.Unpack(packed);
        Assert.Equal(_ring.Pixels.ToArray(), rgba.Chunk(4).Select(pixel => pixel[3] == 255 ? (byte)1 : (byte)0));
    }

    [Fact]
    public void Convert_PolygonsWithTolerance_HaveFewerCornersAndSayWhatItCosts()
    {
        int[] exact = [.. Corners(0)], simple = [.. Corners(1.5)];

        Assert.Equal(exact[0], simple[0]);
        Assert.True(simple[1] < 0.7 * exact[1], $"{simple[1]} of {exact[1]} corners");
        ConversionReport report = Report("polygons", 1.5);
        Assert.Equal(1, report.Overlaps[0]);
        Assert.InRange(report.Overlaps[1], 0.1, 0.99);
        using JsonDocument json = Json("polygons.json");
        Assert.Equal(report.Overlaps, json.RootElement.GetProperty("features").EnumerateArray().Select(
            feature => feature.GetProperty("properties").GetProperty("iou").GetDouble()));

        // Corners of the ring, and of the speckles.
        IEnumerable<int> Corners(double tolerance)
        {
            Report("polygons", tolerance);
            using JsonDocument document = Json("polygons.json");
            return [.. document.RootElement.GetProperty("features").EnumerateArray().Select(
                feature => feature.GetProperty("geometry")
                .GetProperty("coordinates").EnumerateArray().SelectMany(part => part.EnumerateArray())
                    .Sum(ring => ring.GetArrayLength()))];
        }
    }

    [Theory]
    [InlineData("cvat", 1, "cvat has no polygons to simplify")]
    [InlineData("polygons", -1, "-1 is out of range")]
    public void Convert_ToleranceThatCannotBe_IsRefused(string form, double tolerance, string message) =>
        Assert.Contains(
            message,
            Assert.Throws<SegmentationProblemException>(() => Report(form, tolerance)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Convert_CocoPanoptic_HasWhatPanopticapiReads()
    {
        Convert("coco-panoptic");

        using JsonDocument json = Json("panoptic.json");
        JsonElement segment = json.RootElement.GetProperty("annotations")[0].GetProperty("segments_info")[0];
        // The surer ring lies on top, so its area and box are whole.
        Assert.Equal(RunLengthEncoding.FromMask(_ring).Area, segment.GetProperty("area").GetInt32());
        Assert.Equal([6, 4, 24, 18], segment.GetProperty("bbox").EnumerateArray().Select(number => number.GetInt32()));
        JsonElement category = json.RootElement.GetProperty("categories")[0];
        Assert.Equal("thing", category.GetProperty("supercategory").GetString());
        Assert.Equal(3, category.GetProperty("color").GetArrayLength());
    }

    [Theory]
    [InlineData("coco-instances")]
    [InlineData("label-studio")]
    [InlineData("polygons")]
    [InlineData("yolo-seg")]
    [InlineData("sam")]
    public void Convert_SegmentWithoutAPixel_IsLeftOutAndNamed(string form)
    {
        Write(Segment(1, _ring, 0, 0.9), Segment(5, new BinaryMask(Height, Width), 1, 0.6));

        Assert.Contains("a.jpg: segment 5 has no pixel and is left out", Convert(form));

        string text = string.Concat(Directory.GetFiles(_folder.Path("out"), "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".yaml", StringComparison.Ordinal)).Select(File.ReadAllText));
        Assert.DoesNotContain("0.6", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cvat", "annotations.xml")]
    [InlineData("label-studio", "label-config.xml")]
    public void Convert_NameThatXmlCannotHold_IsWrittenWithoutIt(string form, string file)
    {
        Write("a.jpg", "c\u0001a\ufffft", Segment(1, _ring, 0, 0.9));

        Convert(form);

        Assert.Contains(
            "c\ufffda\ufffdt", XDocument.Load(_folder.Path("out", file)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Convert_PicturesThatDifferInTheirEnding_CollideOnlyWhereTheEndingIsLost()
    {
        Write("photo.jpg", "cat", Segment(1, _ring, 0, 0.9));
        Write("photo.png", "cat", Segment(1, _ring, 0, 0.9));

        Assert.Empty(Convert("coco-instances"));
        using (JsonDocument json = Json("instances.json"))
            Assert.Equal(["photo.jpg", "photo.png"], json.RootElement.GetProperty("images").EnumerateArray().Select(
                image => image.GetProperty("file_name").GetString()).Order());

        SegmentationProblem problem = Assert.Single(
            Assert.Throws<SegmentationProblemException>(() => Convert("yolo-seg")).Problems);
        Assert.Contains(
            "'photo.jpg' would be written as labels/photo.txt, and so would 'photo.png' of",
            problem.Found,
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.Path("out", "labels")));
    }

    [Fact]
    public void Convert_PictureWithADatasetsEnding_KeepsItsName()
    {
        Write("frame.jpg", "cat", Segment(1, _ring, 0, 0.9));
        Write("frame_train_id.png", "cat", Segment(1, _ring, 0, 0.9));

        Convert("yolo-seg");

        Assert.Equal(
            ["frame.txt", "frame_train_id.txt"],
            Directory.GetFiles(_folder.Path("out", "labels")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Convert_Sam_IsAListOfItsRecords()
    {
        ResultSegment ring = Segment(1, _ring, 0, 0.9) with
        {
            Category = null,
            Sam = new SamScores(0.9f, 0.97f, [[6.5, 4.5]], [0, 0, Width, Height]),
        };
        Write(ring);

        Assert.Empty(Convert("sam"));

        using JsonDocument json = Json(Path.Combine("sam", "a.json"));
        JsonElement record = Assert.Single(json.RootElement.EnumerateArray());
        Assert.Equal([6, 4, 23, 17], record.GetProperty("bbox").EnumerateArray().Select(number => number.GetInt32()));
        Assert.Equal(
            (0.9f, 0.97f),
            (record.GetProperty("predicted_iou").GetSingle(), record.GetProperty("stability_score").GetSingle()));
        Assert.Equal(6.5, record.GetProperty("point_coords")[0][0].GetDouble());
        Assert.Equal(ring.Segmentation.Counts, record.GetProperty("segmentation").GetProperty("counts").GetString());
    }

    [Theory]
    [InlineData(1, "several segments have the id 1")]
    [InlineData(0, "a segment has the id 0")]
    [InlineData(-1, "a segment has the id -1")]
    [InlineData(1 << 24, "a segment has the id 16777216")]
    public void Convert_CocoPanopticOfIdsThatAreNoColours_IsRefused(int id, string message)
    {
        Write(Segment(1, _ring, 0, 0.9), Segment(id, _speckles, 1, 0.6));

        Assert.Contains(
            message, Assert.Throws<SegmentationProblemException>(() => Convert("coco-panoptic")).Message,
            StringComparison.Ordinal);
        Assert.False(Directory.Exists(_folder.Path("out")));
        Convert("coco-instances");
    }

    [Fact]
    public void Convert_UnknownForm_IsRefused() =>
        Assert.Contains(
            "there is no form 'tiff'",
            Assert.Throws<SegmentationProblemException>(() => Convert("tiff")).Message,
            StringComparison.Ordinal);

    private IReadOnlyList<string> Convert(string form) => Report(form, 0).Warnings;

    private ConversionReport Report(string form, double tolerance) =>
        ResultConversion.Convert(_folder.Path("in"), form, _folder.Path("out"), tolerance);

    private JsonDocument Json(string file) => JsonDocument.Parse(File.ReadAllBytes(_folder.Path("out", file)));

    private void Write(params ResultSegment[] segments) => Write("a.jpg", "cat", segments);

    // The first picture takes the place of the one every test begins with.
    private void Write(string picture, string name, params ResultSegment[] segments)
    {
        var result = new SegmentationResult
        {
            Image = new ResultImage(picture, Width, Height, "", 1),
            Request = new ResultRequest(
                "frozenseg", ["instance"], "cat; dog", "custom", new Dictionary<string, string>()),
            Vocabulary = [new ResultCategory(0, name, [name], true), new ResultCategory(1, "dog", ["dog"], true)],
            Segments = segments,
            Files = new ResultFiles(null, null, null, null),
            Models = [],
            Timings = [],
        };
        string folder = _folder.Path("in", picture == "a.jpg" || !_isReplaced ? "" : picture);
        _isReplaced |= picture != "a.jpg";
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, "result.json"), ResultJsonContext.Write(result));
    }

    private static ResultSegment Segment(int id, BinaryMask mask, int category, double score) => ResultSegment.Of(
        id,
        RunLengthEncoding.FromMask(mask),
        category,
        category == 0 ? "cat" : "dog",
        null,
        score,
        true,
        SegmentSource.Proposal);
}
