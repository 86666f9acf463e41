using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using FrozenSeg.Serving.Fetching;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FrozenSeg.Serving.Tests.Fetching;

/// <summary>
/// An internet of one https server on this machine: names resolve as the test says, and connections to public addresses
/// end at the server.
/// </summary>
internal sealed class FakeInternet : OutboundConnections, IAsyncDisposable
{
    private const string Subject = "CN=good.example";

    private readonly WebApplication _server;

    private FakeInternet(WebApplication server) => _server = server;

    /// <summary>Addresses by name; others are unknown.</summary>
    public Dictionary<string, string[]> Names { get; } = new() { ["good.example"] = ["93.184.216.34"] };

    /// <summary>The addresses that were connected to.</summary>
    public List<IPAddress> Connections { get; } = [];

    /// <summary>Starts the server.</summary>
    public static async Task<FakeInternet> StartAsync(RequestDelegate answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        X509Certificate2 certificate = Certificate();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(
            kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        WebApplication server = builder.Build();
        server.Run(answer);
        await server.StartAsync();
        return new FakeInternet(server);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    // The server's certificate is its own; nobody has signed it.
    protected override RemoteCertificateValidationCallback CertificateValidation =>
        (_, certificate, _, _) => certificate?.Subject == Subject;

    protected override Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation) =>
        Names.TryGetValue(host, out string[]? addresses)
            ? Task.FromResult<IPAddress[]>([.. addresses.Select(IPAddress.Parse)])
            : throw new SocketException((int)SocketError.HostNotFound);

    protected override Task<Stream> ConnectAsync(IPAddress address, int port, CancellationToken cancellation)
    {
        Connections.Add(address);
        return base.ConnectAsync(IPAddress.Loopback, new Uri(_server.Urls.First()).Port, cancellation);
    }

    private static X509Certificate2 Certificate()
    {
        using ECDsa key = ECDsa.Create();
        var request = new CertificateRequest(Subject, key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
