using System.Net;
using System.Net.Sockets;
using FrozenSeg.Testing;

namespace FrozenSeg.EndToEnd.Tests;

public sealed class ServeStartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Serve_PortThatIsTaken_IsOneLineThatSaysSo()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        string address = $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}";

        CommandLine run = CommandLine.Run("serve", "--urls", address, "--state", _folder.Root);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith(
            $"--urls: the address cannot be listened on (Failed to bind to address {address}",
            run.SingleError(),
            StringComparison.Ordinal);
    }
}
