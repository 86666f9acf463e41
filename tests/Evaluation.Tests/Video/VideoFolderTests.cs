using FrozenSeg.Evaluation.Formats;
using FrozenSeg.Evaluation.Video;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests.Video;

public sealed class VideoFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ProblemLog _problems = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_FolderOfFrames_IsOneSequenceOfItsName()
    {
        Write(2, "gt/00.png", "gt/01.png", "pred/00.png", "pred/01.png");

        VideoSequence sequence = Assert.Single(Read(new VideoOptions()));

        Assert.True(_problems.IsEmpty);
        Assert.Equal(("gt", _folder.Path("gt", "00.png")), (sequence.Name, sequence.FirstFrame));
        Assert.Equal(
            [new VideoFrame("00", _folder.Path("gt", "00.png"), _folder.Path("pred", "00.png")), new VideoFrame(
                "01", _folder.Path("gt", "01.png"), _folder.Path("pred", "01.png"))],
            sequence.Frames);
    }

    [Fact]
    public void Read_FolderOfFolders_IsTheirSequencesInOrder()
    {
        Write(2, "gt/b/0.png", "gt/a/0.png", "gt/c/0.png", "pred/a/0.png", "pred/b/0.png", "pred/c/0.png");
        Directory.CreateDirectory(_folder.Path("gt", "empty"));

        Assert.Equal(["a", "b", "c"], Read(new VideoOptions()).Select(sequence => sequence.Name));
        Assert.Equal(["b"], Read(new VideoOptions(), "b").Select(sequence => sequence.Name));
        Assert.True(_problems.IsEmpty);
    }

    // In DAVIS's layout the list says which sequences, and the first and last frame are left out unless objects are
    // matched.
    [Theory]
    [InlineData(null, false, "1 2")]
    [InlineData(null, true, "0 1 2 3")]
    [InlineData(false, false, "0 1 2 3")]
    [InlineData(true, true, "1 2")]
    public void Read_RootOfDavis_TakesTheListedSequences(bool? skipsEnds, bool matches, string frames)
    {
        string[] names = ["0.png", "1.png", "2.png", "3.png"];
        Write(2, [.. names.SelectMany(name => new[]
        {
            $"gt/Annotations/480p/dog/{name}",
            $"gt/Annotations/480p/ski/{name}",
            $"pred/ski/{name}",
        })]);
        Directory.CreateDirectory(_folder.Path("gt", "ImageSets", "2017"));
        File.WriteAllText(_folder.Path("gt", "ImageSets", "2017", "val.txt"), " ski \n\n");

        VideoSequence sequence = Assert.Single(Read(new VideoOptions { SkipEnds = skipsEnds, MatchObjects = matches }));

        Assert.Equal("ski", sequence.Name);
        Assert.Equal(frames, string.Join(' ', sequence.Frames.Select(frame => frame.Name)));
        Assert.EndsWith("0.png", sequence.FirstFrame, StringComparison.Ordinal);
        Assert.True(_problems.IsEmpty);
    }

    [Fact]
    public void Read_WhatIsWrong_IsNotedByPlace()
    {
        Write(2, "gt/a/0.png", "gt/a/1.png", "gt/b/0.png", "pred/a/0.png", "pred/a/9.png");
        Write(3, "pred/a/0.png");

        Read(new VideoOptions());

        Assert.Equal(
            [
                $"{_folder.Path("pred", "a", "0.png")}: it has 3×1 pixels, and {_folder.Path("gt", "a", "0.png")} 2×1",
                $"{_folder.Path("pred", "a", "1.png")}: the file is missing",
                $"{_folder.Path("pred", "a", "9.png")}: the frame is not among the annotations",
                $"{_folder.Path("pred", "b")}: the sequence has no predictions",
            ],
            Assert.Throws<SegmentationProblemException>(_problems.ThrowIfAny).Problems
                .Select(problem => $"{problem.Where}: {problem.Found}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("gt", "there is no such folder")]
    [InlineData("gt/empty", "there are no PNG frames in it")]
    public void Read_NoFrames_SaysWhatIsMissing(string made, string found)
    {
        if (made.Length > 2)
            Directory.CreateDirectory(_folder.Path(made));

        Assert.Equal(
            found, Assert.Throws<SegmentationProblemException>(() => Read(new VideoOptions())).Problems[0].Found);
    }

    // Object 2 in the middle, void at the end: to an annotation 255 is void, to a prediction the number of an object.
    [Fact]
    public void Read_Frame_GivesEachObjectItsPixels()
    {
        string path = _folder.Write("a.png", LabelMapPng.Write(new LabelMap(1, 6, [1, 2, 2, 0, 255, 3])));

        ObjectMasks truth = ObjectMasks.ReadTruth(path, 2, withVoid: true),
            prediction = ObjectMasks.ReadPrediction(path, 2);

        Assert.Equal([1, 2], truth.Masks.Select(mask => mask.Count()));
        Assert.Equal(0b110UL, truth.Masks[1].Words[0]);
        Assert.Equal((3, 0b10000UL), (truth.LargestId, truth.Void!.Words[0]));
        Assert.Equal((255, null), (prediction.LargestId, prediction.Void));
        Assert.Null(ObjectMasks.ReadTruth(path, 0).Void);
    }

    private IReadOnlyList<VideoSequence> Read(VideoOptions rules, params string[] only) => VideoFolder.Read(
        _folder.Path("gt"), _folder.Path("pred"), rules, only.Length == 0 ? null : only.ToHashSet(), _problems);

    private void Write(int width, params string[] names)
    {
        foreach (string name in names)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.Path(name))!);
            File.WriteAllBytes(_folder.Path(name), LabelMapPng.Write(new LabelMap(1, width)));
        }
    }
}
