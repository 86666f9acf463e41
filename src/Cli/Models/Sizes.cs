using System.Globalization;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;

namespace FrozenSeg.Cli.Models;

/// <summary>File sizes as people read them.</summary>
internal static class Sizes
{
    /// <summary>Decimal megabytes.</summary>
    public static string Text(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:N1} MB");

    /// <summary>The size of a model: as published, otherwise as it is on this machine, otherwise a dash.</summary>
    public static string Of(ModelStore store, ModelDescriptor model)
    {
        long?[] sizes = [.. model.Files.Select(
            file => file.Size ?? (store.Find(model, file) is string path ? new FileInfo(path).Length : null))];
        return sizes.All(size => size is not null) ? Text(sizes.Sum()!.Value) : "–";
    }
}
