namespace FrozenSeg.Golden.FrozenSeg;

/// <summary>Every kind of FrozenSeg golden.</summary>
internal static class FrozenSegKinds
{
    public static IReadOnlyList<IGoldenKind> All { get; } =
    [
        new PositionKind(),
        new DeformableAttentionKind(),
        new BackboneKind(),
        new PixelDecoderKind(),
        new MaskedDecoderKind(),
        new LogitsKind(),
        new TextTowerKind(),
        new TextAverageKind(),
        new SeenClassesKind(),
        new PreparationKind(),
        new MetaKind(),
        // The kinds that regenerate weights read them.
        new CompanionKind("frozenseg", "*.weights.json"),
    ];
}
