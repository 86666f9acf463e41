using System.Text;
using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Instances;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests.Instances;

public sealed class InstanceSetReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ProblemLog _problems = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_Document_IsOrderedByNumberThenByName()
    {
        InstanceSet set = Read("""
            {"images": [{"id": 10, "width": 4, "height": 2}, {"id": "b", "width": 4, "height": 2}, {"id": 9, "width": 4, "height": 2}, {"id": "a", "width": 1, "height": 1}],
             "annotations": [
                {"id": 2, "image_id": 9, "category_id": 5, "segmentation": {"size": [2, 4], "counts": [8]}},
                {"id": 1, "image_id": 9, "category_id": 3, "segmentation": [[0, 0, 1, 0, 1, 1]]}],
             "categories": [{"id": 5, "name": "cat", "frequency": "r", "seen": false}, {"id": 3, "isthing": 0}]}
            """);

        Assert.True(_problems.IsEmpty);
        Assert.Equal(["9", "10", "a", "b"], set.Images.Select(image => image.Id));
        Assert.Equal([new DatasetClass(3, "3", false), new DatasetClass(5, "cat", true, false)], set.Classes);
        Assert.Equal([2, 1], set.Of("9").Select(annotation => annotation.Id));
        Assert.Empty(set.Of("10"));
        Assert.Equal(("r", ""), (set.Frequencies[5], set.Frequencies[3]));
    }

    [Fact]
    public void Read_WhatIsWrong_IsNotedByPlace()
    {
        Read("""
            {"images": [{"file_name": "a.png"}, {"id": 1, "width": 4, "height": 2}, {"id": 1, "width": 4, "height": 2}, {"id": 2, "width": 4}, {"id": 3, "height": 4}],
             "annotations": [
                {"image_id": 1, "category_id": 5, "segmentation": [[0, 0, 1, 0, 1, 1]]},
                {"id": 7, "image_id": 1, "category_id": 5, "segmentation": {"size": [4, 2], "counts": [8]}},
                {"id": 7, "image_id": 8, "category_id": 6}],
             "categories": [{"name": "dog"}, {"id": 5, "name": "cat"}, {"id": 5, "name": "cow"}]}
            """);

        string file = _folder.Path("gt.json");
        Assert.Equal(
            [

                $"{file}, annotation 7: it belongs to the unknown image 8",
                $"{file}, annotation 7: it has no segmentation",
                $"{file}, annotation 7: it has the unknown category 6",
                $"{file}, annotation 7: the annotation is listed more than once",
                $"{file}, annotation 7: the mask has the size 4×2, and image 1 2×4",
                $"{file}, image 1: the image is listed more than once",
                $"{file}, image 2: the image has no width and height",
                $"{file}, image 3: the image has no width and height",
                $"{file}: an annotation of image 1 has no id",
                $"{file}: category 5 is listed more than once",
                $"{file}: the category 'dog' has no id",
                $"{file}: the image 'a.png' has no id",
            ],
            Found());
    }

    [Fact]
    public void Read_MembersOfLvis_AreNeededForItAlone()
    {
        const string Document = """
            {"images": [{"id": 1, "width": 4, "height": 2, "neg_category_ids": []}, {"id": 2, "width": 4, "height": 2, "not_exhaustive_category_ids": []}],
             "categories": [{"id": 5, "frequency": "x"}, {"id": 6, "frequency": "r"}]}
            """;

        Read(Document);
        Assert.True(_problems.IsEmpty);
        Read(Document, federated: true);

        string file = _folder.Path("gt.json");
        Assert.Equal(
            [

                $"{file}, image 1: neg_category_ids or not_exhaustive_category_ids is missing",
                $"{file}, image 2: neg_category_ids or not_exhaustive_category_ids is missing",
                $"{file}: category 5 has the frequency 'x'",
            ],
            Found());
    }

    [Fact]
    public void Read_EmptyDocument_LacksImagesAndCategories()
    {
        Read("{}");

        Assert.Equal(
            [$"{_folder.Path("gt.json")}: it has no categories", $"{_folder.Path("gt.json")}: it has no images"],
            Found());
    }

    private string[] Found() =>
    [
        .. Assert.Throws<SegmentationProblemException>(_problems.ThrowIfAny).Problems
            .Select(problem => $"{problem.Where}: {problem.Found}").Order(StringComparer.Ordinal),
    ];

    private InstanceSet Read(string json, bool federated = false) =>
        InstanceSetReader.Read(_folder.Write("gt.json", Encoding.UTF8.GetBytes(json)), federated, _problems);
}
