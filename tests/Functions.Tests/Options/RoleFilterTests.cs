using FrozenSeg.Functions.Options;

namespace FrozenSeg.Functions.Tests.Options;

public sealed class RoleFilterTests
{
    [Theory]
    [InlineData("OnUpload", true, false)]
    [InlineData("SegmentImage", true, false)]
    [InlineData("Prepare", true, false)]
    [InlineData("GenerateMasks", false, true)]
    [InlineData("DecodeProposals", false, true)]
    [InlineData("FilterPrompts", false, true)]
    [InlineData("GetHealth", true, true)]
    [InlineData("GetHealthDetails", true, true)]
    public void Offers_EveryFunction_IsInSomeApp(string function, bool isOnCpu, bool isOnGpu)
    {
        Assert.Equal(isOnCpu, RoleFilter.Offers(AppRole.Cpu, function));
        Assert.Equal(isOnGpu, RoleFilter.Offers(AppRole.Gpu, function));
        Assert.True(RoleFilter.Offers(AppRole.All, function));
    }
}
