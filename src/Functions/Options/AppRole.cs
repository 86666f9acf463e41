namespace FrozenSeg.Functions.Options;

/// <summary>Which functions a process offers, when several kinds of machine share one task hub.</summary>
internal enum AppRole
{
    /// <summary>Everything: one machine.</summary>
    All,

    /// <summary>Takes work in, orchestrates, and runs the light activities.</summary>
    Cpu,

    /// <summary>Runs the activities that need networks.</summary>
    Gpu,
}
