namespace FrozenSeg.Benchmarks.Scale;

/// <summary>
/// What the platform allows, as it says itself (Microsoft Learn, 2026): times in seconds, rates a second.
/// </summary>
internal static class PlatformLimits
{
    /// <summary>Actions of a task hub on the scheduler's consumption plan.</summary>
    public const double ConsumptionActions = 500;

    /// <summary>Actions of one capacity unit of the dedicated plan; a scheduler has up to three.</summary>
    public const double ActionsOfAUnit = 2_000;

    /// <summary>Most units of one scheduler.</summary>
    public const int MostUnits = 3;

    /// <summary>Requests of a general-purpose storage account, where no more is granted.</summary>
    public const double AccountRequests = 20_000;

    /// <summary>How often the number of replicas is reconsidered.</summary>
    public const double PollingInterval = 30;

    /// <summary>How long replicas are kept that nothing asks for.</summary>
    public const double CoolDown = 300;

    /// <summary>Replicas that may be added at once, unless as many are there already: then these may double.</summary>
    public const int FirstStep = 4;
}
