using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Golden;

/// <summary>What every kind of golden needs: sessions, pictures, a folder for derived weights.</summary>
internal sealed class GoldenContext(SessionFactory sessions, IReadOnlyList<string> imageFolders)
{
    private readonly ImageReader _reader = ImageReader.CreateDefault();

    /// <summary>Makes sessions with the provider and precision under test.</summary>
    public SessionFactory Sessions { get; } = sessions;

    /// <summary>Where synthetic weights are kept between runs.</summary>
    public static string SyntheticFolder => ModelFolders.Synthetic;

    /// <summary>A test picture by file name.</summary>
    public PixelImage Image(string fileName)
    {
        string path = imageFolders.Select(folder => Path.Combine(folder, fileName)).FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"None of the picture folders holds {fileName}.");
        return _reader.ReadFile(path);
    }

    /// <summary>The lossless test picture whose file name begins with <paramref name="subject"/>.</summary>
    public PixelImage Picture(string subject)
    {
        string path = imageFolders.Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, $"{subject}_*.png"))
            .FirstOrDefault() ?? throw new FileNotFoundException($"None of the picture folders holds {subject}_*.png.");
        return _reader.ReadFile(path);
    }

    /// <summary>A picture beside the goldens.</summary>
    public PixelImage Read(string path) => _reader.ReadFile(path);
}
