using System.Text;
using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Formats.Coco;
using FrozenSeg.Evaluation.Referring;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests.Referring;

public sealed class ReferringAnswersTests : IDisposable
{
    private static readonly ReferringItem[] Items =
    [
        new("1", new CocoImage { Id = "10" }, [("a", "the cat"), ("b", "left one")], []),
        new("2", new CocoImage { Id = "10" }, [("c", "the dog")], []),
        new("3", new CocoImage { Id = "10" }, [], []),
    ];

    private readonly TemporaryFolder _folder = new();
    private readonly ProblemLog _problems = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Pair_Answers_AreFoundBySentenceOrByReference()
    {
        IReadOnlyList<ReferringPair> pairs = Pair("""
            [{"sent_id": "b", "segmentation": null},
             {"sent_id": "a", "segmentation": {"size": [1, 4], "counts": "04"}},
             {"ref_id": 2, "segmentation": {"size": [1, 4], "counts": "22"}},
             {"ref_id": 3, "segmentation": null}]
            """);

        Assert.True(_problems.IsEmpty);
        Assert.Equal(["the cat", "left one", "the dog", ""], pairs.Select(pair => pair.Text));
        Assert.Equal(["04", null, "22", null], pairs.Select(pair => pair.Answer?.Compressed));
        Assert.Equal(["1", "1", "2", "3"], pairs.Select(pair => pair.Item.Id));
    }

    [Fact]
    public void Pair_WhatIsWrong_IsNotedByPlace()
    {
        Pair("""[{"segmentation": null}, {"sent_id": "a"}, {"sent_id": "a"}, {"ref_id": 2}, {"ref_id": 2}, {"sent_id": "z"}, {"ref_id": 9}]""");

        string file = _folder.Path("answers.json");
        Assert.Equal(
            [

                $"{file}, ref 1, sentence b: 'left one' is not answered",
                $"{file}, ref 2: it is answered more than once",
                $"{file}, ref 9: it is not among the references",
                $"{file}, sentence a: it is answered more than once",
                $"{file}, sentence z: it is not among the references",
                $"{file}: an answer has neither sent_id nor ref_id",
            ],
            Assert.Throws<SegmentationProblemException>(_problems.ThrowIfAny).Problems
                .Select(problem => $"{problem.Where}: {problem.Found}").Order(StringComparer.Ordinal));
    }

    private IReadOnlyList<ReferringPair> Pair(string json) =>
        ReferringAnswers.Pair(Items, _folder.Write("answers.json", Encoding.UTF8.GetBytes(json)), _problems);
}
