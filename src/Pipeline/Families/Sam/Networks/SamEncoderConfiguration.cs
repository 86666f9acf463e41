namespace FrozenSeg.Pipeline.Families.Sam.Networks;

/// <summary>Sizes of an image encoder.</summary>
internal abstract record SamEncoderConfiguration
{
    /// <summary>Channels of the early features that HQ-SAM's decoder reads.</summary>
    public abstract int EarlyChannels { get; }
}
