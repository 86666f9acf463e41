using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Foundation.Runtime;

public sealed class MachineCoresTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void AreAll_OfTwoCores_IsSoForTwo(int ours, bool expected)
    {
        string description = _folder.Write(
            "cpuinfo", "processor\t: 0\nmodel name\t: a\n\nprocessor\t: 1\nmodel name\t: a\n"u8.ToArray());

        Assert.Equal(expected, MachineCores.AreAll(ours, description));
    }

    [Fact]
    public void AreAll_NothingIsKnownOfTheMachine_IsSo() =>
        Assert.True(MachineCores.AreAll(1, _folder.Path("none")));
}
