using System.Text.Json;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Foundation.Weights.Catalogue;

/// <summary>
/// The models that are known by name: what they are, where they come from, and where their files are on this machine.
/// </summary>
internal static class ModelCatalogue
{
    private static readonly Lazy<ModelDescriptor[]> Known = new(Read);

    /// <summary>Every model.</summary>
    public static IReadOnlyList<ModelDescriptor> All => Known.Value;

    /// <summary>The model called <paramref name="name"/>, or null; case does not matter.</summary>
    public static ModelDescriptor? TryFind(string name) =>
        All.FirstOrDefault(model => string.Equals(model.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The model called <paramref name="name"/>.</summary>
    /// <exception cref="SegmentationProblemException">There is none; the message lists what there is.</exception>
    public static ModelDescriptor Find(string name) => TryFind(name) ?? throw Unknown(
        name, $"Use one of {string.Join(", ", All.Select(model => model.Name))}");

    /// <summary>There is no model called <paramref name="name"/>.</summary>
    public static SegmentationProblemException Unknown(string name, string remedy) =>
        SegmentationProblem.InvalidModel($"model {name}", "the catalogue has no such model", remedy);

    /// <summary>
    /// The weight file that <paramref name="name"/> stands for in a role: a file is itself, a name of the catalogue or
    /// of an imported model is its file on this machine, and anything else is given back for the caller to understand.
    /// </summary>
    /// <exception cref="SegmentationProblemException">The model is known but not on this machine, or plays another
    /// role.</exception>
    public static string Locate(string name, ModelRole role) => Locate(name, role, ModelStore.Default);

    /// <inheritdoc cref="Locate(string, ModelRole)"/>
    public static string Locate(string name, ModelRole role, ModelStore store)
    {
        if (File.Exists(name) || !ModelStore.IsName(name))
            return name;
        if (TryFind(name) is not ModelDescriptor model)
            return store.FindImported(name) ?? name;
        ModelFileDescriptor file = model.FileFor(role) ?? throw SegmentationProblem.InvalidModel(
            $"model {name}",
            $"it is {model.Title}, not a {role}",
            "Use one of "
                + string.Join(", ", All.Where(other => other.FileFor(role) is not null).Select(other => other.Name)));
        return store.Find(model, file) ?? throw SegmentationProblem.InvalidModel(
            $"model {name}", "it is not on this machine", Remedy(model, file));
    }

    /// <summary>The file that a name stands for, whatever its role; the name itself where it stands for none.</summary>
    public static string? TryLocate(string? name)
    {
        if (name is null || File.Exists(name) || !ModelStore.IsName(name))
            return name;
        var store = ModelStore.Default;
        return (
            TryFind(name) is { IsBundled: false } model ? store.Find(model, model.Files[0]) : store.FindImported(name))
            ?? name;
    }

    private static string Remedy(ModelDescriptor model, ModelFileDescriptor file) => file.Url is null
        ? model.IsBundled ? "Reinstall the program: its folder models/nano is missing" : model.Note!
        : $"Fetch it with: frozenseg models pull {model.Name}";

    private static ModelDescriptor[] Read()
    {
        using Stream stream = typeof(ModelCatalogue).Assembly.GetManifestResourceStream(
            $"{typeof(ModelCatalogue).Namespace}.catalogue.json")
            ?? throw new InvalidOperationException("The assembly holds no catalogue.");
        return JsonSerializer.Deserialize(stream, CatalogueJsonContext.Default.ModelDescriptorArray)!;
    }
}
