using System.CommandLine;
using FrozenSeg.Serving.Http;
using FrozenSeg.Serving.Http.Local;
using FrozenSeg.Serving.Http.Uploads;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Cli.Arguments;

/// <summary>How much a service takes on: beyond it callers are asked to come again.</summary>
internal sealed class ServiceLimitArguments
{
    private readonly Option<int> _waiting = New("--max-waiting", "Segmentations that have not ended, at most", 10_000);
    private readonly Option<int> _minutes = New("--longest-minutes", "Minutes one segmentation may work", 120);
    private readonly Option<int> _memory = New(
        "--body-memory", "MiB of memory for what callers are sending, all of them together", 512);
    private readonly Option<int> _state = New("--state-limit", "MiB in the state folder, at most; 0 for no limit", 0);
    private readonly Option<int> _free = New("--min-free", "MiB that stay free on the disk of the state folder", 256);
    private readonly Option<int> _tiled = New(
        "--max-tiled",
        "Million pixels of a TIFF that is segmented by tiles, at most; 0 takes none above the limit of 50",
        200);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option<int> option in (Option<int>[])[_waiting, _minutes, _memory, _state, _free, _tiled])
            command.Add(option);
    }

    /// <summary>The service with its limits.</summary>
    /// <exception cref="SegmentationProblemException">A limit is not one.</exception>
    public LocalServiceOptions Apply(ParseResult parsed, LocalServiceOptions service) => service with
    {
        MaxQueued = Positive(parsed, _waiting),
        LongestJob = TimeSpan.FromMinutes(Positive(parsed, _minutes)),
        MaxFolderBytes = NotNegative(parsed, _state) is > 0 and int most ? (long)most << 20 : null,
        MaxTiledPixels = NotNegative(parsed, _tiled) * 1_000_000L,
        MinFreeBytes = (long)NotNegative(parsed, _free) << 20,
    };

    /// <summary>The API with its limits.</summary>
    /// <exception cref="SegmentationProblemException">A limit is not one.</exception>
    public ApiOptions Apply(ParseResult parsed, ApiOptions api) =>
        api with { BytesInFlight = new ByteBudget((long)Positive(parsed, _memory) << 20) };

    private static int Positive(ParseResult parsed, Option<int> option) => AtLeast(parsed, option, 1);

    private static int NotNegative(ParseResult parsed, Option<int> option) => AtLeast(parsed, option, 0);

    private static int AtLeast(ParseResult parsed, Option<int> option, int least) =>
        parsed.GetValue(option) is int given && given >= least
            ? given
            : throw SegmentationProblem.InvalidRequest(
                option.Name, $"{parsed.GetValue(option)} is out of range", $"Use {least} or more");

    private static Option<int> New(string name, string description, int value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
