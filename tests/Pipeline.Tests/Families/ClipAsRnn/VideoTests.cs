using FrozenSeg.Pipeline.Families.ClipAsRnn;
using FrozenSeg.Pipeline.Families.ClipAsRnn.Video;
using FrozenSeg.Pipeline.Foundation.Imaging.Codecs;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Shared.Masks;
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
        var clip = new VideoClip(
            "",
            [_folder.Path("frames", "00000.png"), _folder.Path("frames", "00001.png")],
            [new VideoExpression(1, "the cat"), new VideoExpression(2, "the dog")]);

        new VideoSegmenter(new CarMethod(car.Networks, new CarOptions { QueryThreshold = 0 }))
            .Write(clip, _folder.Path("out"), null, default);

        foreach (string name in new[] { "00000.png", "00001.png" })
        {
            LabelMap objects = LabelMapPng.Read(File.ReadAllBytes(_folder.Path("out", name)), name);
            Assert.Equal((20, 30), (objects.Height, objects.Width));
            Assert.All(objects.Labels.ToArray(), value => Assert.InRange(value, 0, 2));
        }
    }

    private static void WriteFrames(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        for (int i = 0; i < count; i++)
            File.WriteAllBytes(Path.Combine(folder, $"{i:00000}.png"), ImageCodec.EncodePng(TestPicture.Make(20, 30)));
    }
}
