using System.CommandLine;
using FrozenSeg.Cli.Arguments;
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

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print how each picture ended as JSON, for programs",
    };
    private readonly Option<bool> _again = new("--again") { Description = "Do again what an earlier run has done" };
    private readonly Option<int> _tile = new("--tile")
    {
        Description =
            "Side of the tiles that large pictures are cut into, pixels; 0 tiles only what is above the limit",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<int> _overlap = new("--tile-overlap-pixels")
    {
        Description = "Least overlap of neighbouring tiles, pixels",
        DefaultValueFactory = _ => new TileOptions().Overlap,
    };

    /// <summary><c>--pictures</c>.</summary>
    public PicturesArgument AtOnce { get; } = new();

    /// <summary>Adds arguments and options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_pictures);
        command.Add(_json);
        command.Add(_again);
        command.Add(_tile);
        command.Add(_overlap);
        AtOnce.AddTo(command);
    }

    /// <summary>The pictures.</summary>
    /// <exception cref="SegmentationProblemException">There are none where they were named.</exception>
    public PictureList Read(ParseResult parsed) => PictureList.Find(
        parsed.GetRequiredValue(_pictures), [.. ParseProblems.NamesOf(parsed.CommandResult.Command)]);

    /// <summary>Whether how each picture ended is printed as JSON.</summary>
    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Works through the pictures.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="pictures">The pictures.</param>
    /// <param name="atOnce">How many of them at a time.</param>
    /// <param name="target">Where results go.</param>
    /// <param name="request">Everything that shapes a result besides the picture.</param>
    /// <param name="work">What is done with each, and what is said of one that was named alone.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The exit code.</returns>
    public int Run(
        ParseResult parsed,
        PictureList pictures,
        int atOnce,
        string target,
        IEnumerable<string?> request,
        PictureWork work,
        CancellationToken cancellation)
    {
        var batch = new BatchRun(target, IsJson(parsed), parsed.GetValue(_again), Path.GetFileName(ArtefactKey.Derive(
            "batch", "", [.. request, $"{parsed.GetValue(_tile)}", $"{parsed.GetValue(_overlap)}"]).Value));
        if (!pictures.IsSingle)
            return batch.Run(pictures.Jobs, atOnce, work.Segment, cancellation);
        if (IsJson(parsed))
            return batch.RunAlone(pictures.Jobs[0], work, cancellation);
        work.Report(ProgressDisplay.Run(work.Title, progress => work.Segment(pictures.Jobs[0].Path, target, progress)));
        return 0;
    }

    /// <summary>Refuses, before any work, places where the results cannot go.</summary>
    /// <exception cref="SegmentationProblemException">Several results would go to one place, or two things to the
    /// standard output.</exception>
    public void CheckTarget(ParseResult parsed, PictureList pictures, string target)
    {
        if (!StandardOutput.Is(target))
            return;
        if (!pictures.IsSingle)
            throw SegmentationProblem.InvalidRequest("--out", "several results cannot be printed", "Name a folder");
        if (IsJson(parsed))
            throw SegmentationProblem.InvalidRequest(
                "--json", "--out prints the result already", "Leave one of them out");
    }

    /// <summary>Opens pictures, small and large.</summary>
    /// <exception cref="SegmentationProblemException">The tiles make no sense.</exception>
    public PictureSegmenter Segmenter(ParseResult parsed)
    {
        int size = parsed.GetValue(_tile);
        TileOptions options = new()
        {
            Size = size == 0 ? new TileOptions().Size : size,
            Overlap = parsed.GetValue(_overlap),
        };
        SegmentationProblem[] problems =
        [
            .. options.Problems().Select(problem => problem with
            {
                Where = problem.Where == nameof(TileOptions.Size) ? _tile.Name : _overlap.Name,
            }),
        ];
        return problems.Length == 0
            ? new PictureSegmenter(options, tilesAlways: size != 0)
            : throw new SegmentationProblemException(problems);
    }
}
