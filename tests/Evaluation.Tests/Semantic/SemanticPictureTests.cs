using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Semantic;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests.Semantic;

public sealed class SemanticPictureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ProblemLog _problems = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(LabelScheme.Plain, 0, 0)]
    [InlineData(LabelScheme.Plain, 254, 254)]
    [InlineData(LabelScheme.Plain, 255, -1)]
    [InlineData(LabelScheme.Ade, 0, -1)]
    [InlineData(LabelScheme.Ade, 1, 0)]
    [InlineData(LabelScheme.Ade, 255, -1)]
    [InlineData(LabelScheme.Cityscapes, 7, 0)]
    [InlineData(LabelScheme.Cityscapes, 33, 18)]
    [InlineData(LabelScheme.Cityscapes, 6, -1)]
    [InlineData(LabelScheme.Cityscapes, 255, -1)]
    [InlineData(LabelScheme.Voc, 20, 20)]
    [InlineData(LabelScheme.Voc, 255, -1)]
    internal void ClassOf_ByteSample_IsWhatItsSchemeMeans(LabelScheme scheme, int sample, int expected)
    {
        Assert.Equal(expected, new SemanticPicture("a", "a.png", scheme).ClassOf(sample, byte.MaxValue));
    }

    [Fact]
    public void ClassOf_SixteenBits_IsVoidAtTheirLargestAlone()
    {
        var picture = new SemanticPicture("a", "a.png", LabelScheme.Plain);

        Assert.Equal((255, -1), (picture.ClassOf(255, ushort.MaxValue), picture.ClassOf(65535, ushort.MaxValue)));
    }

    // VOC's colours: 128, 0, 0 is the first class; 224, 224, 192 stands around objects and means nothing.
    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(128, 0, 0, 1)]
    [InlineData(0, 64, 128, 20)]
    [InlineData(224, 224, 192, -1)]
    [InlineData(1, 2, 3, -1)]
    public void ClassOf_Colour_IsItsPlaceInVocsPalette(int red, int green, int blue, int expected)
    {
        var picture = new SemanticPicture("a", "a.png", LabelScheme.Voc);

        Assert.Equal(expected, picture.ClassOf(red + (256 * green) + (65536 * blue), int.MaxValue));
    }

    [Fact]
    public void ClassOf_LabelOfAResult_IsTheDatasetsClass()
    {
        var picture = new SemanticPicture("a", "a.png", LabelScheme.Plain, [7, -1, 9]);

        Assert.Equal(
            [7, -1, 9, -1, -1], new[] { 0, 1, 2, 3, 255 }.Select(sample => picture.ClassOf(sample, byte.MaxValue)));
    }

    [Theory]
    [InlineData(8, 1, 255)]
    [InlineData(16, 1, 65535)]
    [InlineData(8, 3, int.MaxValue)]
    public void LargestSample_Raster_IsWhatVoidIsWrittenAs(int depth, int channels, int expected)
    {
        Assert.Equal(expected, SemanticPicture.LargestSample(new Raster(1, 1, depth, channels, new byte[8], [])));
    }

    [Fact]
    public void Read_Folder_FindsMapsAnywhereBelowByTheirPictures()
    {
        Write("a.png", "deep/b.tif", "deep/c.TIFF", "d.txt");

        Dictionary<string, SemanticPicture> pictures = SemanticFolder.Read(_folder.Root, LabelScheme.Ade, _problems);

        Assert.Equal(["a", "b", "c"], pictures.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((_folder.Path("deep", "b.tif"), LabelScheme.Ade), (pictures["b"].Path, pictures["b"].Scheme));
        Assert.True(_problems.IsEmpty);
    }

    [Theory]
    [InlineData(LabelScheme.Cityscapes, "x_gtFine_labelIds.png")]
    [InlineData(LabelScheme.Plain, "x_gtFine_labelTrainIds.png")]
    internal void Read_FolderOfCityscapes_TakesTheMapsOfItsNumbering(LabelScheme scheme, string expected)
    {
        Write("x_gtFine_labelIds.png", "x_gtFine_labelTrainIds.png", "x_gtFine_color.png", "x_gtFine_instanceIds.png");

        Assert.Equal(
            _folder.Path(expected), Assert.Single(SemanticFolder.Read(_folder.Root, scheme, _problems)).Value.Path);
        Assert.True(_problems.IsEmpty);
    }

    [Fact]
    public void Read_TwoMapsOfOnePicture_AreNamed()
    {
        Write("a.png", "deep/a.tif");

        Assert.Single(SemanticFolder.Read(_folder.Root, LabelScheme.Plain, _problems));
        SegmentationProblem problem = Assert.Single(
            Assert.Throws<SegmentationProblemException>(_problems.ThrowIfAny).Problems);
        Assert.Equal(_folder.Path("deep", "a.tif"), problem.Where);
        Assert.Contains(_folder.Path("a.png"), problem.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FolderWithoutMaps_SaysWhichOfTheTwoIsMissing()
    {
        var missing = Assert.Throws<SegmentationProblemException>(
            () => SemanticFolder.Read(_folder.Path("none"), LabelScheme.Plain, _problems));
        var empty = Assert.Throws<SegmentationProblemException>(
            () => SemanticFolder.Read(_folder.Root, LabelScheme.Plain, _problems));

        Assert.Equal("there is no such folder", missing.Problems[0].Found);
        Assert.Equal("there is no PNG or TIFF in it", empty.Problems[0].Found);
    }

    private void Write(params string[] names)
    {
        foreach (string name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.Path(name))!);
            File.WriteAllText(_folder.Path(name), "");
        }
    }
}
