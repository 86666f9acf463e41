using FrozenSeg.Golden.Sam;

namespace FrozenSeg.Golden.Photos;

/// <summary>Every kind of golden on photographs, with real MobileSAM.</summary>
internal static class PhotoKinds
{
    public static IReadOnlyList<IGoldenKind> All { get; } =
    [
        new AutomaskKind("photos", RealSam.Load, AutomaskTolerance.Photographs),
        new PredictorKind(),
        new CompanionKind("photos", "*.png"),
    ];
}
