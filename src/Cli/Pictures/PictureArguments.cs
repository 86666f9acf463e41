using System.CommandLine;
using FrozenSeg.Pipeline.Methods.Tiles;
using FrozenSeg.Shared.Artefacts;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Cli.Pictures;

/// <summary>Which pictures a command works on, and how large ones are cut up.</summary>
internal sealed class PictureArguments
{
    private readonly Argument<string[]> _pictures = new("image")
    {
        Description = "Pictures, folders, or patterns such as 'photos/**/*.jpg'",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print how each picture ended as JSON, for programs" };
    private readonly Option<bool> _again = new("--again") { Description = "Do again what an earlier run has done" };
    private readonly Option<int> _tile = new("--tile")
    {
        Description = "Side of the tiles that large pictures are cut into, pixels; 0 tiles only what is above the limit",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<int> _overlap = new("--tile-overlap")
    {
        Description = "Least overlap of neighbouring tiles, pixels",
        DefaultValueFactory = _ => new TileOptions().Overlap,
    };

    /// <summary>Adds arguments and options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_pictures);
        command.Add(_json);
        command.Add(_again);
        command.Add(_tile);
        command.Add(_overlap);
    }

    /// <summary>The pictures.</summary>
    /// <exception cref="SegmentationProblemException">There are none where they were named.</exception>
    public PictureList Read(ParseResult parsed) => PictureList.Find(parsed.GetRequiredValue(_pictures));

    /// <summary>Whether how each picture ended is printed as JSON.</summary>
    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Works through many pictures.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="folder">Where results go.</param>
    /// <param name="request">Everything that shapes a result besides the picture.</param>
    public BatchRun Batch(ParseResult parsed, string folder, params IEnumerable<string?> request) => new(
        folder,
        IsJson(parsed),
        parsed.GetValue(_again),
        Path.GetFileName(ArtefactKey.Derive("batch", "", [.. request, $"{parsed.GetValue(_tile)}", $"{parsed.GetValue(_overlap)}"]).Value));

    /// <summary>Opens pictures, small and large.</summary>
    /// <exception cref="SegmentationProblemException">The tiles make no sense.</exception>
    public PictureSegmenter Segmenter(ParseResult parsed)
    {
        int size = parsed.GetValue(_tile);
        TileOptions options = new() { Size = size == 0 ? new TileOptions().Size : size, Overlap = parsed.GetValue(_overlap) };
        SegmentationProblem[] problems = [.. options.Problems()];
        return problems.Length == 0 ? new PictureSegmenter(options, tilesAlways: size != 0) : throw new SegmentationProblemException(problems);
    }
}
