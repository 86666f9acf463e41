using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Methods;

/// <summary>
/// Which networks are used, everywhere: what the caller names; else what an environment variable names; else what was
/// chosen once by <c>frozenseg models use</c>; else a published SAM or SAM 3 where one is on this machine; else
/// the bundled nano models, where they have one.
/// </summary>
internal static class ModelDefaults
{
    private const string VariablePrefix = "FROZENSEG_USE_";

    // Networks that fit only each other: what is chosen for one is not part of what a caller composes from others.
    private static readonly string[][] Groups =
    [
        [RoleNames.Sam],
        [RoleNames.CarClip, RoleNames.CarClassifier],
        [RoleNames.FrozenSegClip, RoleNames.FrozenSeg, RoleNames.FcClip, RoleNames.FrozenSegSam],
        [RoleNames.Sam3],
    ];

    /// <summary>
    /// The environment variable that names the network of a role, for instance <c>FROZENSEG_USE_SAM</c>.
    /// </summary>
    public static string VariableOf(string role) => VariablePrefix + role.ToUpperInvariant();

    /// <summary>The selection with every role filled in that this machine has a network for.</summary>
    public static ModelSelection Resolve(ModelSelection given) =>
        Resolve(given, ModelStore.Default, Environment.GetEnvironmentVariable);

    /// <summary>The SAM to use where a caller names one, or none.</summary>
    /// <exception cref="SegmentationProblemException">No SAM is on this machine.</exception>
    public static string Sam(string? named) => Resolve(new ModelSelection { Sam = named }).Sam ?? throw NoSam();

    /// <summary>What is used for each role, and why, where a caller names nothing.</summary>
    public static IReadOnlyList<ModelUse> Explain() => Explain(ModelStore.Default, Environment.GetEnvironmentVariable);

    internal static ModelSelection Resolve(ModelSelection given, ModelStore store, Func<string, string?> variable)
    {
        IReadOnlyDictionary<string, string> chosen = ModelChoice.Read(store);
        ModelSelection selection = given;
        foreach (string role in Groups.Where(group => group.All(role => given.Of(role) is null)).SelectMany(
            group => group))
        {
            if (Named(variable, role) is string name || chosen.TryGetValue(role, out name!))
                selection = selection.With(role, name);
        }

        if (selection.Sam is null && RealSam(store) is string sam)
            selection = selection with { Sam = sam };
        selection = selection with { Sam3 = selection.Sam3 ?? Here(store, ModelFamilies.Sam3s) };
        return NanoModels.Resolve(selection);
    }

    internal static IReadOnlyList<ModelUse> Explain(ModelStore store, Func<string, string?> variable)
    {
        IReadOnlyDictionary<string, string> chosen = ModelChoice.Read(store);
        ModelSelection selection = Resolve(ModelSelection.Default, store, variable);
        return [.. ModelSelection.Roles.Select(role => new ModelUse(
            role.Role,
            role.Name(selection),
            Named(variable, role.Role) is not null ? VariableOf(role.Role)
            : chosen.ContainsKey(role.Role) ? "models use"
            : role.Role == RoleNames.Sam && selection.Sam == RealSam(store) ? "a published SAM is here"
            : role.Role == RoleNames.Sam3 && selection.Sam3 is not null ? "it is here"
            : ""))];
    }

    internal static SegmentationProblemException NoSam() => SegmentationProblem.InvalidModel(
        "sam", "no SAM is on this machine", $"Fetch one: frozenseg models pull {ModelFamilies.Sam}");

    private static string? RealSam(ModelStore store) => Here(store, ModelFamilies.RealSams);

    private static string? Here(ModelStore store, IReadOnlyList<string> names) => names.FirstOrDefault(
        name => ModelCatalogue.TryFind(name) is ModelDescriptor model && store.Find(model, model.Files[0]) is not null);

    private static string? Named(Func<string, string?> variable, string role) =>
        variable(VariableOf(role)) is { Length: > 0 } name ? name : null;
}
