using FrozenSeg.Evaluation.Scenes;
using FrozenSeg.Pipeline.Foundation.Weights;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Masks;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Vocabularies;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Methods;

public sealed class NanoModelsTests
{
    private static readonly Scene[] Scenes =
        [.. SceneSequence.Generate(
            new SceneGenerator(new SceneOptions { Split = SceneSplit.Val, Seed = 9 }), 4, CancellationToken.None)];

    [Fact]
    public void Resolve_NothingNamed_TakesTheBundledModels()
    {
        ModelSelection resolved = NanoModels.Resolve(ModelSelection.Default);

        // Nothing stands in for SAM 3.
        Assert.All(ModelSelection.Roles.Where(role => role.Role != "sam3"), role => Assert.True(
            BundledModels.IsNano(role.Name(resolved)) && File.Exists(role.Name(resolved)), role.Role));
    }

    [Fact]
    public void Resolve_OwnDecoder_GetsNoNanoPartBesideIt()
    {
        ModelSelection resolved = NanoModels.Resolve(
            new ModelSelection { FrozenSegCheckpoint = "mine.pth", CarClassifier = "mine.pt" });

        Assert.Equal(
            ("mine.pth", null, null), (resolved.FrozenSegCheckpoint, resolved.FrozenSegClip, resolved.FrozenSegSam));
        Assert.Equal((null, "mine.pt"), (resolved.CarClip, resolved.CarClassifier));
    }

    [Fact]
    public void Automask_NanoOnScenes_FindsThreeQuartersOfTheSegments()
    {
        using ISegmentationMethod method = Create("automask");
        int found = 0, all = 0;
        foreach (Scene scene in Scenes)
        {
            SegmentationOutcome outcome = method.Segment(
                scene.Image, new SegmentationOrder(null, [SegmentationTask.Masks]), null, default);
            BinaryMask[] masks = [.. outcome.Segments.Select(segment => segment.Segmentation.Decode().ToMask())];
            all += scene.Contents.Count;
            found += scene.Contents.Count(
                segment => masks.Any(mask => IoU(mask, scene.Segments.MaskOf(segment.Id)) >= 0.5));
        }

        Assert.True(found >= 0.75 * all, $"{found} of {all} segments");
    }

    [Fact]
    public void Car_NanoOnScenes_KeepsWhatIsThereAndDropsWhatIsNot()
    {
        using ISegmentationMethod method = Create("car");
        int kept = 0, present = 0, dropped = 0, absent = 0;
        foreach (Scene scene in Scenes)
        {
            SegmentationOutcome outcome = method.Segment(
                scene.Image, new SegmentationOrder(Words, [SegmentationTask.Semantic]), null, default);
            HashSet<int> answered = [.. outcome.Segments.Select(segment => segment.Category!.Value)];
            HashSet<int> truth = [.. scene.Contents.Select(segment => segment.Category.Index)];
            kept += truth.Count(answered.Contains);
            present += truth.Count;
            dropped += SceneCategories.All.Count(
                category => !truth.Contains(category.Index) && !answered.Contains(category.Index));
            absent += SceneCategories.All.Count - truth.Count;
        }

        Assert.True(kept >= 0.6 * present, $"kept {kept} of {present}");
        Assert.True(dropped >= 0.85 * absent, $"dropped {dropped} of {absent}");
    }

    private static readonly Vocabulary Words = Vocabulary.Parse(
        string.Join(
            "; ",
            SceneCategories.All.Select(category => category.IsThing ? category.Name : $"{category.Name} (stuff)")));

    private static ISegmentationMethod Create(string method) =>
        MethodFactory.Create(method, ModelSelection.Default, new Dictionary<string, string>(), TinySam.Sessions);

    private static double IoU(BinaryMask a, BinaryMask b)
    {
        int both = 0, either = 0;
        for (int at = 0; at < a.Pixels.Length; at++)
        {
            both += a.Pixels[at] & b.Pixels[at];
            either += a.Pixels[at] | b.Pixels[at];
        }

        return (double)both / Math.Max(1, either);
    }
}
