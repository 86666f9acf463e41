namespace FrozenSeg.Functions.Tests.Host;

/// <summary>Tests that share one emulator, one host and one worker.</summary>
[CollectionDefinition(Name)]
public sealed class ServiceTests : ICollectionFixture<ServiceFixture>
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "service";
}
