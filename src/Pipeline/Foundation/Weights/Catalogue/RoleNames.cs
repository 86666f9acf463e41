namespace FrozenSeg.Pipeline.Foundation.Weights.Catalogue;

/// <summary>
/// What the networks of a process are for, by the names that <c>models use</c>, <c>FROZENSEG_USE_…</c> and results
/// have for it.
/// </summary>
internal static class RoleNames
{
    public const string Sam = "sam";

    public const string CarClip = "car_clip";

    public const string CarClassifier = "car_classifier";

    public const string FrozenSegClip = "frozenseg_clip";

    public const string FrozenSeg = "frozenseg";

    public const string FcClip = "fcclip";

    public const string FrozenSegSam = "frozenseg_sam";

    public const string Sam3 = "sam3";
}
