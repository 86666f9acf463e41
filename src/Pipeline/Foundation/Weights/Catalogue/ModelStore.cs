using System.Security.Cryptography;
using FrozenSeg.Pipeline.Foundation.Files;

namespace FrozenSeg.Pipeline.Foundation.Weights.Catalogue;

/// <summary>
/// The folder with the models of this machine: a folder a model, the weight file in it, and beside that its SHA-256.
/// May be mounted read-only where nothing is pulled.
/// </summary>
/// <param name="folder">The folder; need not exist.</param>
/// <param name="bundled">The folder of models that come with the program.</param>
internal sealed class ModelStore(string folder, string bundled)
{
    private const string HashExtension = ".sha256";

    /// <summary>The store of this process: <c>FROZENSEG_MODELS</c>, or <c>models</c> in the cache folder.</summary>
    public static ModelStore Default => new(ModelFolders.Models, ModelFolders.Bundled);

    /// <summary>The folder.</summary>
    public string Folder => folder;

    /// <summary>Names of everything that was pulled or imported.</summary>
    public IReadOnlyList<string> ListPresent() => Directory.Exists(folder)
        ? [.. Directory.EnumerateDirectories(folder).Select(path => Path.GetFileName(path)!).Where(
            name => FindImported(name) is not null).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>
    /// Whether a text could be the name of a model: letters, digits, hyphens, underscores and dots inside.
    /// </summary>
    public static bool IsName(string text) => text.Length is > 0 and <= 100 && char.IsAsciiLetterOrDigit(text[0])
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    /// <summary>Where a file of a model belongs.</summary>
    public string PathOf(ModelDescriptor model, ModelFileDescriptor file) =>
        Path.Combine(model.IsBundled ? bundled : folder, model.Name, file.FileName);

    /// <summary>
    /// Where a file of a model is, under its own name or that it was imported with; null when it is not here.
    /// </summary>
    public string? Find(ModelDescriptor model, ModelFileDescriptor file)
    {
        string path = PathOf(model, file);
        return File.Exists(path) ? path : model.IsBundled ? null : FindImported(model.Name);
    }

    /// <summary>The weight file of a model that was pulled or imported as <paramref name="name"/>, or null.</summary>
    public string? FindImported(string name)
    {
        string place = Path.Combine(folder, name);
        return !IsName(name) || !Directory.Exists(place)
            ? null
            : Directory.EnumerateFiles(place).Where(IsWeightFile).Order(StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>Puts a copy of a weight file into the store.</summary>
    /// <returns>The copy.</returns>
    public string Import(string path, string name)
    {
        string copy = Path.Combine(folder, name, Path.GetFileName(path));
        using FileStream source = File.OpenRead(path);
        AtomicFile.Write(copy, source.CopyTo);
        Record(copy, Hash(copy));
        return copy;
    }

    /// <summary>SHA-256 of a file, lower-case hex.</summary>
    public static string Hash(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }

    /// <summary>The hash that was noted when a file came; null without one.</summary>
    public static string? Recorded(string path) =>
        File.Exists(path + HashExtension) ? File.ReadAllText(path + HashExtension).Trim() : null;

    /// <summary>Notes the hash of a file.</summary>
    public static void Record(string path, string hash) =>
        AtomicFile.Write(path + HashExtension, System.Text.Encoding.ASCII.GetBytes(hash + "\n"));

    /// <summary>Deletes a file and what is noted of it; nothing happens when it is not there.</summary>
    public static void Forget(string path)
    {
        foreach (string file in (string[])[path, path + HashExtension])
        {
            if (File.Exists(file))
                File.Delete(file);
        }
    }

    /// <summary>Deletes everything that was pulled or imported as <paramref name="name"/>.</summary>
    /// <returns>The bytes that are free now; null when there was nothing.</returns>
    public long? Remove(string name)
    {
        string place = Path.Combine(folder, name);
        if (!IsName(name) || !Directory.Exists(place))
            return null;
        long bytes = new DirectoryInfo(place).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        Directory.Delete(place, recursive: true);
        return bytes;
    }

    private static bool IsWeightFile(string path) =>
        Path.GetExtension(path) is ".safetensors" or ".pth" or ".pt" or ".bin";
}
