using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;

namespace FrozenSeg.Cli.Models;

/// <summary>What <c>models pull photo</c> costs, said before it begins.</summary>
internal static class PhotoFamily
{
    // Of a file whose size nobody publishes: what its tensors take.
    private static readonly Dictionary<string, long> About = new() { ["fcclip-convnext-l"] = 1_500_000_000 };

    /// <summary>Says what is still to be fetched, and what disk and memory it takes.</summary>
    public static void Announce(ModelStore store)
    {
        ModelDescriptor[] missing =
        [
            .. ModelFamilies.PhotoMembers.Select(member => ModelCatalogue.Find(member.Name))
                .Where(model => model.Files.Any(file => store.Find(model, file) is null)),
        ];
        long bytes = missing.Sum(model => model.Files.Sum(file => file.Size ?? About.GetValueOrDefault(model.Name)));
        string drive = Path.GetPathRoot(Path.GetFullPath(store.Folder))!;
        Console.WriteLine(missing.Length == 0
            ? "photo     is here"
            : $"photo     {string.Join(", ", missing.Select(model => model.Name))}: about {Sizes.Text(bytes)} to fetch "
                + $"and to keep, {Sizes.Text(new DriveInfo(drive).AvailableFreeSpace)} free; "
                + "2.3 GB of memory for a picture, as measured with FrozenSeg at this size");
    }
}
