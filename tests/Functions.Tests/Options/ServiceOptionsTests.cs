using FrozenSeg.Functions.Tests.Host;

namespace FrozenSeg.Functions.Tests.Options;

public sealed class ServiceOptionsTests
{
    [Fact]
    public async Task Worker_SettingOutOfRange_DoesNotStartAndNamesTheSetting()
    {
        var settings = new Dictionary<string, string>
        {
            ["ImageStorage"] = "UseDevelopmentStorage=true",
            ["Service__RetentionDays"] = "0",
        };

        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => FunctionsTestHost.StartAsync(null, settings));

        Assert.Contains("RetentionDays", refused.Message, StringComparison.Ordinal);
        Assert.Contains("3650", refused.Message, StringComparison.Ordinal);
    }
}
