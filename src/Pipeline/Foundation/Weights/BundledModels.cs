namespace FrozenSeg.Pipeline.Foundation.Weights;

/// <summary>The nano models: trained by this project, small enough to come with the program (docs/nano.md).</summary>
internal static class BundledModels
{
    /// <summary>What the family is called wherever a model is named.</summary>
    public const string Nano = "nano";

    /// <summary>SAM.</summary>
    public const string Sam = "sam";

    /// <summary>CLIP with a vision transformer, for CLIP as RNN.</summary>
    public const string ClipVit = "clip-vit";

    /// <summary>CLIP with a ConvNeXt, under FrozenSeg and FC-CLIP.</summary>
    public const string ClipConvNext = "clip-convnext";

    /// <summary>FrozenSeg's decoder.</summary>
    public const string FrozenSeg = "frozenseg";

    /// <summary>FC-CLIP's decoder.</summary>
    public const string FcClip = "fcclip";

    /// <summary>Where the weight files lie: beside the program.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "models", Nano);

    /// <summary>Whether they came with this program.</summary>
    public static bool ArePresent { get; } = File.Exists(PathOf(Sam));

    /// <summary>The weight file of a part, for instance <see cref="Sam"/>.</summary>
    public static string PathOf(string part) => Path.Combine(Folder, $"{part}.safetensors");

    /// <summary>Whether a model's name, or the path of its weights, means one of these.</summary>
    public static bool IsNano(string? name) =>
        name == Nano || (name is not null && name.StartsWith(Folder, StringComparison.Ordinal));
}
