namespace FrozenSeg.Golden.Sam3;

/// <summary>Every kind of SAM 3 golden.</summary>
internal static class Sam3Kinds
{
    public static IReadOnlyList<IGoldenKind> All { get; } =
    [
        new Sam3PictureKind(),
        new Sam3PointsKind(),
        new Sam3InteractiveKind(),
        new Sam3DeepKind(),
        new Sam3PromptKind(),
        new CompanionKind("sam3", "*.json"),
        new CompanionKind("sam3", "tiny.safetensors"),
    ];
}
