using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;

namespace FrozenSeg.Pipeline.Methods;

/// <summary>
/// Which networks a process uses, each a weight file, <c>synthetic:NAME</c>, a name of the catalogue, or a stand-in
/// such as <c>procsam</c>; null takes what <see cref="ModelDefaults"/> says.
/// </summary>
public sealed record ModelSelection
{
    /// <summary>Every role left at its default.</summary>
    public static ModelSelection Default { get; } = new();

    /// <summary>Every role with its published name.</summary>
    internal static IReadOnlyList<(string Role, Func<ModelSelection, string?> Name)> Roles { get; } =
    [
        (RoleNames.Sam, models => models.Sam),
        (RoleNames.CarClip, models => models.CarClip),
        (RoleNames.CarClassifier, models => models.CarClassifier),
        (RoleNames.FrozenSegClip, models => models.FrozenSegClip),
        (RoleNames.FrozenSeg, models => models.FrozenSegCheckpoint),
        (RoleNames.FcClip, models => models.FcClipCheckpoint),
        (RoleNames.FrozenSegSam, models => models.FrozenSegSam),
        (RoleNames.Sam3, models => models.Sam3),
    ];

    /// <summary>SAM: automatic masks, and the masks that other methods snap to.</summary>
    public string? Sam { get; init; }

    /// <summary>The CLIP whose class activations propose masks in CLIP as RNN.</summary>
    public string? CarClip { get; init; }

    /// <summary>The CLIP that judges prompted pictures in CLIP as RNN.</summary>
    public string? CarClassifier { get; init; }

    /// <summary>The convolutional CLIP that is FrozenSeg's backbone.</summary>
    public string? FrozenSegClip { get; init; }

    /// <summary>FrozenSeg's decoder, or a checkpoint with everything in it.</summary>
    public string? FrozenSegCheckpoint { get; init; }

    /// <summary>FC-CLIP's decoder, or a checkpoint with everything in it.</summary>
    public string? FcClipCheckpoint { get; init; }

    /// <summary>The SAM whose features FrozenSeg injects.</summary>
    public string? FrozenSegSam { get; init; }

    /// <summary>SAM 3. Nothing stands in for it where it is not on this machine.</summary>
    public string? Sam3 { get; init; }

    /// <summary>The network of a role; null for its default.</summary>
    /// <exception cref="InvalidOperationException">There is no such role.</exception>
    internal string? Of(string role) => Roles.First(known => known.Role == role).Name(this);

    /// <summary>This selection with another network in a role.</summary>
    internal ModelSelection With(string role, string? name) => role switch
    {
        RoleNames.Sam => this with { Sam = name },
        RoleNames.CarClip => this with { CarClip = name },
        RoleNames.CarClassifier => this with { CarClassifier = name },
        RoleNames.FrozenSegClip => this with { FrozenSegClip = name },
        RoleNames.FrozenSeg => this with { FrozenSegCheckpoint = name },
        RoleNames.FcClip => this with { FcClipCheckpoint = name },
        RoleNames.FrozenSegSam => this with { FrozenSegSam = name },
        RoleNames.Sam3 => this with { Sam3 = name },
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "There is no such role."),
    };

    /// <summary>
    /// This selection with every role that is left at its default taken from a family of the catalogue.
    /// </summary>
    /// <param name="family">Its name, for instance <c>nano</c>; null changes nothing.</param>
    internal ModelSelection Or(string? family) => new()
    {
        Sam = Sam ?? family,
        CarClip = CarClip ?? family,
        CarClassifier = CarClassifier ?? family,
        FrozenSegClip = FrozenSegClip ?? family,
        FrozenSegCheckpoint = FrozenSegCheckpoint ?? family,
        FcClipCheckpoint = FcClipCheckpoint ?? family,
        FrozenSegSam = FrozenSegSam ?? family,
        Sam3 = Sam3,
    };
}
