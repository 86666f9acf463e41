namespace FrozenSeg.Golden.Car;

/// <summary>Every kind of CLIP as RNN golden.</summary>
internal static class CarKinds
{
    public static IReadOnlyList<IGoldenKind> All { get; } =
    [
        new CrfKind(),
        new VisualPromptKind(),
        new MaskMatchKind(),
        new TokenizerKind(),
        new TextEncoderKind(),
        new ImageEncoderKind(),
        new PreprocessKind(),
        new ActivationKind(),
        new AffinityKind(),
        new LoopKind(),
        new ClassListsKind(),
        // Weights of the tiny models, and the settings of a case, which the kind of the arrays reads.
        new CompanionKind("car", "*_weights?.npz"),
        new CompanionKind("car", "*_weights?.json"),
        new CompanionKind("car", "??_*.json"),
        new CompanionKind("car", "?_*.json"),
    ];
}
