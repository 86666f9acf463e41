using System.Text;
using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Referring;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests.Referring;

public sealed class ReferringSetTests : IDisposable
{
    private const string Instances = """
        {"images": [{"id": 10, "width": 4, "height": 1}],
         "annotations": [{"id": 5, "segmentation": {"size": [1, 4], "counts": "04"}}, {"id": 6, "segmentation": {"size": [1, 4], "counts": "22"}}, {"id": 7}]}
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly ProblemLog _problems = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_MasksBesideTheReferences_AreLookedUp()
    {
        Write("instances.json", Instances);
        Write("refs.json", """
            {"refs": [{"ref_id": 1, "image_id": 10, "ann_id": [5, 6], "sentences": [{"sent_id": 3, "sent": "both"}, {"sent": "two"}, {}]},
                      {"ref_id": 2, "image_id": 10, "ann_id": 6}, {"ref_id": 3, "image_id": 10, "ann_id": -1},
                      {"ref_id": 4, "image_id": 10, "ann_id": 5, "no_target": true}]}
            """);

        IReadOnlyList<ReferringItem> items = ReferringSet.Read(_folder.Root, null, _problems);

        Assert.True(_problems.IsEmpty);
        Assert.Equal([("3", "both"), ("1.1", "two"), ("1.2", "")], items[0].Sentences);
        Assert.Equal(
            ["04 22", "22", "", ""],
            items.Select(item => string.Join(' ', item.Targets.Select(target => target.Compressed))));
        Assert.All(items, item => Assert.Equal(4, item.Image.Width));
    }

    [Fact]
    public void Read_MasksInTheReferences_NeedNoOtherFile()
    {
        string file = Write("a.json", """
            {"images": [{"id": 10, "width": 4, "height": 1}],
             "refs": [{"ref_id": 1, "image_id": 10, "ann_id": 5, "segmentation": {"size": [1, 4], "counts": "13"}}, {"ref_id": 2, "image_id": 10}]}
            """);

        IReadOnlyList<ReferringItem> items = ReferringSet.Read(file, null, _problems);

        Assert.Equal("13", Assert.Single(items[0].Targets).Compressed);
        Assert.Empty(items[1].Targets);
    }

    [Theory]
    [InlineData(null, "1 2 3")]
    [InlineData("val", "1 3")]
    [InlineData("train", "2 3")]
    public void Read_Split_TakesItsReferencesAndThoseOfNone(string? split, string expected)
    {
        string file = Write("a.json", """
            {"images": [{"id": 10}],
             "refs": [{"ref_id": 1, "image_id": 10, "split": "val"}, {"ref_id": 2, "image_id": 10, "split": "train"}, {"ref_id": 3, "image_id": 10}]}
            """);

        Assert.Equal(expected, string.Join(' ', ReferringSet.Read(file, split, _problems).Select(item => item.Id)));
        Assert.True(_problems.IsEmpty);
    }

    [Fact]
    public void Read_WhatIsWrong_IsNotedByPlace()
    {
        Write("instances.json", Instances);
        string file = Write("a.json", """
            [{"image_id": 10}, {"ref_id": 1}, {"ref_id": 2, "image_id": 11}, {"ref_id": 3, "image_id": 10, "ann_id": [5, 7, 8]}, {"ref_id": 3, "image_id": 10}]
            """);

        ReferringSet.Read(file, null, _problems);

        Assert.Equal(
            [

                $"{file}, ref 1: it has no ref_id, or image  is not listed",
                $"{file}, ref 2: it has no ref_id, or image 11 is not listed",
                $"{file}, ref 3: annotation 7 is not in instances.json",
                $"{file}, ref 3: annotation 8 is not in instances.json",
                $"{file}, ref 3: the reference is listed more than once",
                $"{file}, ref : it has no ref_id, or image 10 is not listed",
            ],
            Found());
    }

    [Fact]
    public void Read_NoReferences_SaysOfWhichSplit()
    {
        string file = Write("a.json", """{"images": [], "refs": [{"ref_id": 1, "image_id": 10, "split": "val"}]}""");

        ReferringSet.Read(file, "test", _problems);

        Assert.Equal([$"{file}: there are no references of the split 'test'"], Found());
    }

    private string[] Found() =>
    [
        .. Assert.Throws<SegmentationProblemException>(_problems.ThrowIfAny).Problems
            .Select(problem => $"{problem.Where}: {problem.Found}").Order(StringComparer.Ordinal),
    ];

    private string Write(string name, string json) => _folder.Write(name, Encoding.UTF8.GetBytes(json));
}
