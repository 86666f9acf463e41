namespace FrozenSeg.Benchmarks.Scale;

/// <summary>
/// So many pictures, and so much of everything to work on them. Replicas and limits are those of one hub.
/// </summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="PicturesADay">Pictures of all hubs together.</param>
/// <param name="Hubs">Hubs they are spread over, each with its apps and its storage account.</param>
/// <param name="Actions">Actions a second of a hub.</param>
/// <param name="MostGpus">Most replicas of the GPU app, by quota.</param>
/// <param name="MostCpus">Most replicas of the CPU app.</param>
internal sealed record ScalePlan(string Name, double PicturesADay, int Hubs, double Actions, int MostGpus, int MostCpus)
{
    // More pictures than this tell nothing new, and take long.
    private const double MostPictures = 600_000;
    private const double Day = 86_400;

    /// <summary>Replicas of the GPU app that always run. Default: none.</summary>
    public int FewestGpus { get; init; }

    /// <summary>Rate of the busiest hour over the mean of the day. Default: 2.</summary>
    public double Peak { get; init; } = 2;

    /// <summary>Share of the pictures that come in bursts: an album, an import. Default: 0.3.</summary>
    public double InBursts { get; init; } = 0.3;

    /// <summary>Pictures of a burst, which come within ten seconds. Default: 200.</summary>
    public int Burst { get; init; } = 200;

    /// <summary>What a picture asks for.</summary>
    public StageTimes Times { get; init; } = new();

    /// <summary>Mean rate of one hub, pictures a second.</summary>
    public double Rate => PicturesADay / Hubs / Day;

    /// <summary>How long is looked at, seconds: the whole day, or its busiest part.</summary>
    public double Window => Math.Min(Day, MostPictures / (Rate * Peak));

    /// <summary>
    /// Whether the whole day is looked at, from a quiet start; otherwise replicas run from the beginning.
    /// </summary>
    public bool IsWholeDay => Window >= Day;

    /// <summary>As <c>infra/bicep</c> has it, and what each order of magnitude asks for.</summary>
    public static IReadOnlyList<ScalePlan> All { get; } =
    [
        new("10 thousand, as deployed", 1e4, 1, PlatformLimits.ConsumptionActions, 2, 10),
        new("10 thousand, a GPU always on", 1e4, 1, PlatformLimits.ConsumptionActions, 2, 10) { FewestGpus = 1 },
        new("1 million, as deployed", 1e6, 1, PlatformLimits.ConsumptionActions, 2, 10),
        new("1 million, 60 GPUs", 1e6, 1, PlatformLimits.ConsumptionActions, 60, 40),
        new("1 million, 60 GPUs, one unit", 1e6, 1, PlatformLimits.ActionsOfAUnit, 60, 40),
        new(
            "100 million, one hub of three units",
            1e8,
            1,
            PlatformLimits.ActionsOfAUnit * PlatformLimits.MostUnits,
            4_000,
            3_000),
        new(
            "100 million, eight hubs of three units",
            1e8,
            8,
            PlatformLimits.ActionsOfAUnit * PlatformLimits.MostUnits,
            500,
            400),
    ];
}
