using System.Text.Json;
using FrozenSeg.Evaluation.Scenes;
using FrozenSeg.Evaluation.Scenes.Files;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Imaging.Png;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Testing;

namespace FrozenSeg.Evaluation.Tests.Scenes;

public sealed class DatasetSceneWriterTests : IDisposable
{
    private const int Count = 3;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Write_Scenes_AllFormsAgreeWithTheScene()
    {
        Scene[] scenes = Write();

        using JsonDocument panoptic = Read("panoptic.json"), instances = Read("instances.json");
        for (int index = 0; index < Count; index++)
        {
            string name = $"{index + 1:D6}.png";
            LabelMap ids = PanopticPng.Read(File.ReadAllBytes(_folder.Path("panoptic", name)), name);
            LabelMap classes = LabelMapPng.Read(File.ReadAllBytes(_folder.Path("semantic", name)), name);
            JsonElement annotation = panoptic.RootElement.GetProperty("annotations")[index];
            Assert.Equal(name, annotation.GetProperty("file_name").GetString());
            foreach ((SceneSegment segment, JsonElement record) in
                scenes[index].Contents.Zip(annotation.GetProperty("segments_info").EnumerateArray()))
            {
                BinaryMask mask = ids.MaskOf(record.GetProperty("id").GetInt32());
                Assert.Equal(segment.Area, mask.CountPixels());
                Assert.Equal(segment.Category.Id, record.GetProperty("category_id").GetInt32());
                Assert.True(mask.Pixels.SequenceEqual(scenes[index].Segments.MaskOf(segment.Id).Pixels));
            }

            Assert.All(Enumerable.Range(0, classes.Labels.Length), at => Assert.Equal(
                scenes[index].Contents[scenes[index].Segments.Labels[at] - 1].Category.Index, classes.Labels[at]));
            Assert.True(ImageReader.CreateDefault().ReadFile(_folder.Path("images", name)).Pixels.SequenceEqual(
                scenes[index].Image.Pixels));
        }

        int things = scenes.Sum(scene => scene.Contents.Count(segment => segment.Category.IsThing));
        Assert.Equal(things, instances.RootElement.GetProperty("annotations").GetArrayLength());
    }

    [Fact]
    public void Write_Referring_MasksAreThoseOfTheAnnotationsTheyPointTo()
    {
        Write();

        using JsonDocument referring = Read("referring.json"), instances = Read("instances.json");
        Dictionary<int, string> masks = instances.RootElement.GetProperty("annotations").EnumerateArray().ToDictionary(
            annotation => annotation.GetProperty("id").GetInt32(), Counts);
        JsonElement references = referring.RootElement.GetProperty("refs");
        Assert.NotEqual(0, references.GetArrayLength());
        Assert.All(
            references.EnumerateArray(),
            reference => Assert.Equal(masks[reference.GetProperty("ann_id").GetInt32()], Counts(reference)));
    }

    [Fact]
    public void TensorSceneWriter_Write_ArraysHoldPicturesIdsAndAttributes()
    {
        Scene[] scenes = Make();

        TensorSceneWriter.Write(_folder.Root, scenes);

        byte[] contents = File.ReadAllBytes(_folder.Path(TensorSceneWriter.ContentsName));
        Assert.Equal(Count * TensorSceneWriter.MaxSegments * 4, contents.Length);
        Assert.Equal(scenes[0].Contents[0].Category.Index, contents[0]);
        Assert.Equal(
            scenes.SelectMany(scene => scene.Image.Pixels.ToArray()),
            File.ReadAllBytes(_folder.Path(TensorSceneWriter.ImagesName)));
        Assert.Equal(
            scenes.SelectMany(scene => scene.Segments.Labels.ToArray()),
            File.ReadAllBytes(_folder.Path(TensorSceneWriter.SegmentsName)).Select(id => (int)id));
    }

    private static string Counts(JsonElement holder) =>
        holder.GetProperty("segmentation").GetProperty("counts").GetString()!;

    private static Scene[] Make() =>
        [.. SceneSequence.Generate(new SceneGenerator(new SceneOptions { Size = 64 }), Count, CancellationToken.None)];

    private Scene[] Write()
    {
        Scene[] scenes = Make();
        int written = 0;
        DatasetSceneWriter.Write(_folder.Root, new SceneOptions { Size = 64 }, scenes, done => written = done);
        Assert.Equal(Count, written);
        return scenes;
    }

    private JsonDocument Read(string name) => JsonDocument.Parse(File.ReadAllBytes(_folder.Path(name)));
}
