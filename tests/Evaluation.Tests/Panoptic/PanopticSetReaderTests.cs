using System.Text;
using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Panoptic;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests.Panoptic;

public sealed class PanopticSetReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ProblemLog _problems = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_Document_IsItsPicturesSegmentsAndClasses()
    {
        PanopticSet set = Read("""
            {"images": [{"id": 3, "file_name": "photos/three.jpg"}, {"id": 4}],
             "annotations": [{"image_id": 3, "file_name": "3_panoptic.png", "segments_info":
                [{"id": 7, "category_id": 1, "iscrowd": 0, "area": 12}, {"id": 8, "category_id": 2, "iscrowd": 1}]},
                {"image_id": "five", "file_name": "five.png"}],
             "categories": [{"id": 1, "name": "cat", "isthing": 1, "seen": true}, {"id": 2, "isthing": 0}]}
            """);

        Assert.True(_problems.IsEmpty);
        Assert.Equal([new DatasetClass(1, "cat", true, true), new DatasetClass(2, "2", false)], set.Classes);
        Assert.Equal(["3", "five"], set.Pictures.Select(picture => picture.Key));
        Assert.Equal([new SegmentLabel(7, 1, false, 12), new SegmentLabel(8, 2, true, null)], set.Pictures[0].Segments);
        Assert.Empty(set.Pictures[1].Segments);
        Assert.Equal(_folder.Path("3_panoptic.png"), set.Pictures[0].Path);
        Assert.Equal(("3", "five"), (set.KeysByName["three"], set.KeysByName["five"]));
        Assert.Equal($"{_folder.Path("gt.json")}, image 3", set.Pictures[0].Place);
    }

    [Theory]
    [InlineData("gt", "gt")]
    [InlineData("../gt", "../gt")]
    [InlineData("other", ".")]
    public void Read_Maps_AreInTheFolderOfTheFilesNameOrBesideIt(string made, string expected)
    {
        Directory.CreateDirectory(_folder.Path("in"));
        Directory.CreateDirectory(_folder.Path("in", made));
        string file = _folder.Write(
            "in/gt.json", """{"annotations":[{"image_id":1,"file_name":"a.png"}],"categories":[]}"""u8.ToArray());

        string path = PanopticSetReader.Read(file, _problems).Pictures[0].Path;
        string stated = PanopticSetReader.Read(file, _problems, _folder.Path("maps")).Pictures[0].Path;

        Assert.Equal(Path.GetFullPath(_folder.Path("in", expected, "a.png")), Path.GetFullPath(path));
        Assert.Equal(_folder.Path("maps", "a.png"), stated);
    }

    [Fact]
    public void Read_WhatIsWrong_IsNotedByPlaceAndLeftOut()
    {
        PanopticSet set = Read("""
            {"annotations": [{"image_id": 1}, {"file_name": "a.png"},
                {"image_id": 2, "file_name": "b.png", "segments_info": [{"id": 7}, {"category_id": 7}, {"id": 8, "category_id": 1}, {"id": 8, "category_id": 2}]},
                {"image_id": 2, "file_name": "c.png"}],
             "categories": [{"name": "cat"}, {"id": 1, "name": "dog"}, {"id": 1, "name": "cow"}]}
            """);

        string file = _folder.Path("gt.json");
        Assert.Equal(
            [

                $"{file}, image 2: a segment lacks id or category_id",
                $"{file}, image 2: segment 8 is listed more than once",
                $"{file}, image 2: the picture is listed more than once",
                $"{file}: an annotation lacks image_id or file_name",
                $"{file}: category 1 is listed more than once",
                $"{file}: the category 'cat' has no id",
            ],
            Found());
        Assert.Equal([8], Assert.Single(set.Pictures).Segments.Select(segment => segment.Id));
        Assert.Equal(["dog"], set.Classes.Select(category => category.Name));
    }

    [Fact]
    public void Read_NoAnnotations_SaysSo()
    {
        Assert.Empty(Read("{}").Pictures);
        Assert.Equal([$"{_folder.Path("gt.json")}: it has no annotations"], Found());
    }

    private string[] Found() =>
    [
        .. Assert.Throws<SegmentationProblemException>(_problems.ThrowIfAny).Problems
            .Select(problem => $"{problem.Where}: {problem.Found}").Order(StringComparer.Ordinal),
    ];

    private PanopticSet Read(string json) =>
        PanopticSetReader.Read(_folder.Write("gt.json", Encoding.UTF8.GetBytes(json)), _problems);
}
