namespace FrozenSeg.Evaluation.Scenes.Textures;

/// <summary>The surfaces of the kinds of stuff. Every scene draws its own sample.</summary>
internal static class TextureLibrary
{
    /// <summary>A fresh sample.</summary>
    public static ITexture Create(SceneCategory stuff, SceneRandom random) => stuff.Name switch
    {
        "sky" => new SkyTexture(random),
        "water" => new WaterTexture(random),
        "grass" => new GrassTexture(random),
        "sand" => new SandTexture(random),
        "brick" => new BrickTexture(random),
        "road" => new RoadTexture(random),
        "snow" => new SnowTexture(random),
        "wood" => new WoodTexture(random),
        _ => throw new ArgumentOutOfRangeException(nameof(stuff), stuff.Name, "There is no such stuff."),
    };
}
