using FrozenSeg.Shared.Vocabularies;
using static FrozenSeg.Evaluation.Scenes.SceneColour;

namespace FrozenSeg.Evaluation.Scenes;

/// <summary>
/// The 32 categories of the scenes: 24 things, then 8 kinds of stuff; 6 things and 2 kinds of stuff are unseen. Things
/// differ in their parts and not in their outline alone, because small networks learn outlines last.
/// </summary>
internal static class SceneCategories
{
    /// <summary>Things before stuff, in the order of their indices.</summary>
    public static IReadOnlyList<SceneCategory> All { get; } = Number(
        Thing("tree", Green, Purple),
        Thing("house", Yellow, Green),
        Thing("flower", Pink, Gray),
        Thing("car", Blue, Brown),
        Thing("boat", Brown, Pink),
        Thing("star", Yellow, Blue),
        Thing("heart", Red, Green),
        Thing("ball", Orange, White),
        Thing("cup", White, Yellow),
        Thing("bottle", Green, Orange),
        Thing("clock", White, Red),
        Thing("umbrella", Purple, Brown),
        Thing("apple", Red, Blue),
        Thing("cactus", Green, Red),
        Thing("robot", Gray, Pink),
        Thing("butterfly", Orange, Gray),
        Thing("duck", Yellow, Purple),
        Thing("gift", Blue, Orange),
        Thing("mushroom", Red, Gray, seen: false),
        Thing("fish", Orange, Brown, seen: false),
        Thing("moon", Yellow, Green, seen: false),
        Thing("key", Gray, Red, seen: false),
        Thing("rocket", White, Purple, seen: false),
        Thing("snowman", White, Blue, seen: false),
        Stuff("sky"),
        Stuff("water"),
        Stuff("grass"),
        Stuff("sand"),
        Stuff("brick"),
        Stuff("road"),
        Stuff("snow", seen: false),
        Stuff("wood", seen: false));

    /// <summary>The things.</summary>
    public static IReadOnlyList<SceneCategory> Things { get; } = [.. All.Where(category => category.IsThing)];

    /// <summary>The kinds of stuff.</summary>
    public static IReadOnlyList<SceneCategory> StuffKinds { get; } = [.. All.Where(category => !category.IsThing)];

    private static SceneCategory Thing(string name, SceneColour typical, SceneColour unseen, bool seen = true) =>
        new(0, name, CategoryKind.Thing, seen, typical, unseen);

    private static SceneCategory Stuff(string name, bool seen = true) => new(0, name, CategoryKind.Stuff, seen);

    private static SceneCategory[] Number(params SceneCategory[] categories) =>
        [.. categories.Select((category, index) => category with { Index = index })];
}
