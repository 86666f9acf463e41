using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Testing;

namespace FrozenSeg.Pipeline.Tests.Foundation.Files;

public sealed class BoundedFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(10)]
    public void Read_FileUpToTheLimit_IsWhole(int length)
    {
        byte[] content = [.. Enumerable.Range(1, length).Select(i => (byte)i)];

        Assert.Equal(content, BoundedFile.Read(_folder.Write("file", content), limit: 10));
    }

    [Fact]
    public void Read_FileAboveTheLimit_IsNothing() =>
        Assert.Null(BoundedFile.Read(_folder.Write("file", new byte[11]), limit: 10));

    [Fact]
    public void Read_DeviceWithoutEnd_IsNothing()
    {
        if (OperatingSystem.IsLinux())
            Assert.Null(BoundedFile.Read("/dev/zero", limit: 100_000));
    }
}
