namespace FrozenSeg.Evaluation.Scenes.Files;

/// <summary>The categories, which are seen, and which colours a thing never has in training.</summary>
internal static class ClassesSceneDocument
{
    public static byte[] Write(SceneOptions options) => SceneJson.Write(json =>
    {
        json.WriteString("split", Word(options.Split));
        json.WriteNumber("seed", options.Seed);
        json.WriteNumber("size", options.Size);
        json.WriteBoolean("seen_only", options.SeenOnly);
        SceneJson.WriteArray(json, "classes", SceneCategories.All, category =>
        {
            json.WriteNumber("index", category.Index);
            json.WriteNumber("id", category.Id);
            json.WriteString("name", category.Name);
            json.WriteBoolean("is_thing", category.IsThing);
            json.WriteBoolean("is_seen", category.IsSeen);
            if (category.TypicalColour is { } typical)
                json.WriteString("typical_colour", Word(typical));
            if (category.UnseenColour is { } unseen)
                json.WriteString("unseen_colour", Word(unseen));
        });
    });

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
