using FrozenSeg.Evaluation.Referring;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Video;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests.Referring;

public sealed class ReferringClipsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_FolderOfFrames_GivesThemInOrderOfTime()
    {
        WriteFrames(_folder.Path("frames"), 2);

        VideoClip clip = ReferringClips.Read(_folder.Path("frames"), ["the cat", "the dog"]);

        Assert.Equal(["00000.png", "00001.png"], clip.Frames.Select(Path.GetFileName));
        Assert.Equal([new VideoExpression(1, "the cat"), new VideoExpression(2, "the dog")], clip.Expressions);
    }

    [Fact]
    public void ReadDataset_LayoutOfRefDavis_GivesAClipAnExpression()
    {
        WriteFrames(_folder.Path("JPEGImages", "480p", "bear"), 1);
        Directory.CreateDirectory(_folder.Path("meta_expressions"));
        File.WriteAllText(
            _folder.Path("meta_expressions", "meta_expressions.json"),
            """{"videos": {"bear": {"frames": ["00000"], "expressions": {"0": {"exp": "a brown bear", "obj_id": "2"}, "1": {"exp": "the bear"}}}}}""");

        IReadOnlyList<VideoClip> clips = ReferringClips.ReadDataset(_folder.Root);

        Assert.Equal([Path.Combine("bear", "0"), Path.Combine("bear", "1")], clips.Select(clip => clip.Name));
        Assert.Equal(
            [new VideoExpression(2, "a brown bear"), new VideoExpression(1, "the bear")],
            clips.Select(clip => clip.Expressions[0]));
    }

    [Fact]
    public void ReadDataset_NameThatLeavesTheFolder_IsAProblem()
    {
        File.WriteAllText(_folder.Path("meta_expressions.json"), """{"videos": {"../x": {"expressions": {}}}}""");

        Assert.Throws<SegmentationProblemException>(() => ReferringClips.ReadDataset(_folder.Root));
    }

    [Fact]
    public void Read_EmptyFolder_IsAProblem()
    {
        var failure = Assert.Throws<SegmentationProblemException>(() => ReferringClips.Read(_folder.Root, ["the cat"]));

        Assert.Contains("it holds no pictures", failure.Message, StringComparison.Ordinal);
    }

    private static void WriteFrames(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        for (int i = 0; i < count; i++)
            File.WriteAllBytes(Path.Combine(folder, $"{i:00000}.png"), ImageCodec.EncodePng(TestPicture.Make(20, 30)));
    }
}
