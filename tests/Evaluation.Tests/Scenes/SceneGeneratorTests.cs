using FrozenSeg.Evaluation.Scenes;
using FrozenSeg.Evaluation.Scenes.Wording;

namespace FrozenSeg.Evaluation.Tests.Scenes;

public sealed class SceneGeneratorTests
{
    private const int Scenes = 60;

    [Fact]
    public void Generate_SameSplitSeedAndNumber_IsTheSameScene()
    {
        var options = new SceneOptions { Seed = 7 };

        Scene first = new SceneGenerator(options).Generate(3), again = new SceneGenerator(options).Generate(3);

        Assert.True(first.Image.Pixels.SequenceEqual(again.Image.Pixels));
        Assert.True(first.Segments.Labels.SequenceEqual(again.Segments.Labels));
        Assert.Equal(first.Contents, again.Contents);
    }

    [Fact]
    public void Generate_OtherSplitSeedOrNumber_IsAnotherScene()
    {
        Scene scene = new SceneGenerator(new SceneOptions { Seed = 7 }).Generate(3);
        Scene[] others =
        [
            new SceneGenerator(new SceneOptions { Seed = 7, Split = SceneSplit.Train }).Generate(3),
            new SceneGenerator(new SceneOptions { Seed = 7, Split = SceneSplit.Val }).Generate(3),
            new SceneGenerator(new SceneOptions { Seed = 8 }).Generate(3),
            new SceneGenerator(new SceneOptions { Seed = 7 }).Generate(4),
        ];

        Assert.All(others, other => Assert.False(scene.Image.Pixels.SequenceEqual(other.Image.Pixels)));
    }

    [Fact]
    public void Generate_EveryPixel_BelongsToADescribedSegment()
    {
        foreach (Scene scene in Many(new SceneOptions()))
        {
            int[] areas = new int[scene.Contents.Count + 1];
            foreach (int label in scene.Segments.Labels)
                areas[label]++;
            Assert.Equal(0, areas[0]);
            Assert.Equal(areas[1..], scene.Contents.Select(segment => segment.Area));
            Assert.Equal(Enumerable.Range(1, scene.Contents.Count), scene.Contents.Select(segment => segment.Id));
        }
    }

    [Fact]
    public void Generate_TrainScenes_NeverShowAWithheldPair()
    {
        IEnumerable<SceneSegment> things = Many(new SceneOptions { Split = SceneSplit.Train })
            .SelectMany(scene => scene.Contents).Where(segment => segment.Category.IsThing);

        Assert.DoesNotContain(things, thing => thing.Colour == thing.Category.UnseenColour);
    }

    [Fact]
    public void Generate_TestScenes_ShowWithheldPairsUnseenClassesAndAllPatterns()
    {
        SceneSegment[] segments = [.. Many(new SceneOptions()).SelectMany(scene => scene.Contents)];

        Assert.Contains(segments, thing => thing.Colour is not null && thing.Colour == thing.Category.UnseenColour);
        Assert.Contains(segments, segment => !segment.Category.IsSeen && segment.Category.IsThing);
        Assert.Contains(segments, segment => !segment.Category.IsSeen && !segment.Category.IsThing);
        Assert.Equal(
            4, segments.Where(thing => thing.Category.IsThing).Select(thing => thing.Pattern).Distinct().Count());
    }

    [Fact]
    public void Generate_SeenOnly_LeavesUnseenClassesOut() => Assert.All(
        Many(new SceneOptions { SeenOnly = true })
            .SelectMany(scene => scene.Contents), segment => Assert.True(segment.Category.IsSeen));

    [Fact]
    public void Categories_SplitAndTypicalColours_AreAsTheModelCardSays()
    {
        Assert.Equal((24, 8), (SceneCategories.Things.Count, SceneCategories.StuffKinds.Count));
        Assert.Equal(
            ["mushroom", "fish", "moon", "key", "rocket", "snowman", "snow", "wood"],
            SceneCategories.All.Where(category => !category.IsSeen).Select(category => category.Name));
        Assert.All(SceneCategories.Things, thing => Assert.NotEqual(thing.TypicalColour, thing.UnseenColour));
    }

    [Fact]
    public void ReferringExpressions_OfManyScenes_FitOneThingEach()
    {
        foreach (Scene scene in Many(new SceneOptions()))
        {
            ReferringExpression[] expressions = [.. ReferringExpressions.Of(scene)];
            Assert.Equal(expressions.Length, expressions.Select(expression => expression.Sentence).Distinct().Count());
            Assert.All(expressions, expression => Assert.Contains(
                expression.Segment.Category.Name, expression.Sentence, StringComparison.Ordinal));
        }
    }

    private static IEnumerable<Scene> Many(SceneOptions options) =>
        SceneSequence.Generate(new SceneGenerator(options), Scenes, CancellationToken.None);
}
