using FrozenSeg.Pipeline.Families.ClipAsRnn;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Video;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Families.ClipAsRnn;

public sealed class VideoTests(SmallCar car) : IClassFixture<SmallCar>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_FolderOfFrames_GivesAnIndexedPngEach()
    {
        WriteFrames(_folder.Path("frames"), 2);
        VideoClip clip = VideoFolder.Read(_folder.Path("frames"), ["the cat", "the dog"]);

        new VideoSegmenter(new CarMethod(car.Networks, new CarOptions { QueryThreshold = 0 })).Write(clip, _folder.Path("out"), null, default);

        foreach (string name in new[] { "00000.png", "00001.png" })
        {
            LabelMap objects = LabelMapPng.Read(File.ReadAllBytes(_folder.Path("out", name)), name);
            Assert.Equal((20, 30), (objects.Height, objects.Width));
            Assert.All(objects.Labels.ToArray(), value => Assert.InRange(value, 0, 2));
        }
    }

    [Fact]
    public void ReadDataset_LayoutOfRefDavis_GivesAClipAnExpression()
    {
        WriteFrames(_folder.Path("JPEGImages", "480p", "bear"), 1);
        Directory.CreateDirectory(_folder.Path("meta_expressions"));
        File.WriteAllText(
            _folder.Path("meta_expressions", "meta_expressions.json"),
            """{"videos": {"bear": {"frames": ["00000"], "expressions": {"0": {"exp": "a brown bear", "obj_id": "2"}, "1": {"exp": "the bear"}}}}}""");

        IReadOnlyList<VideoClip> clips = VideoFolder.ReadDataset(_folder.Root);

        Assert.Equal([Path.Combine("bear", "0"), Path.Combine("bear", "1")], clips.Select(clip => clip.Name));
        Assert.Equal([new VideoExpression(2, "a brown bear"), new VideoExpression(1, "the bear")], clips.Select(clip => clip.Expressions[0]));
    }

    [Fact]
    public void ReadDataset_NameThatLeavesTheFolder_IsAProblem()
    {
        File.WriteAllText(_folder.Path("meta_expressions.json"), """{"videos": {"../x": {"expressions": {}}}}""");

        Assert.Throws<SegmentationProblemException>(() => VideoFolder.ReadDataset(_folder.Root));
    }

    [Fact]
    public void Read_EmptyFolder_IsAProblem()
    {
        var failure = Assert.Throws<SegmentationProblemException>(() => VideoFolder.Read(_folder.Root, ["the cat"]));

        Assert.Contains("it holds no pictures", failure.Message, StringComparison.Ordinal);
    }

    private static void WriteFrames(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        for (int i = 0; i < count; i++)
            File.WriteAllBytes(Path.Combine(folder, $"{i:00000}.png"), ImageCodec.EncodePng(TestPicture.Make(20, 30)));
    }
}
