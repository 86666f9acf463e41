using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Serving.Fetching;

/// <summary>
/// HTTP that reaches only public addresses: a name is resolved here, every address it has must be public, and the very
/// address that was checked is connected to, so that a second resolution cannot lead elsewhere. No proxy, no cookies,
/// no redirects of its own.
/// </summary>
internal class OutboundConnections
{
    /// <summary>A client over guarded connections. The caller disposes it.</summary>
    public HttpClient CreateClient() => new(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            Credentials = null,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            MaxResponseHeadersLength = 32,
            ConnectCallback = async (context, cancellation) =>
                await OpenAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellation),
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = CertificateValidation,
            },
        })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>How certificates are judged; null is the system's way.</summary>
    protected virtual RemoteCertificateValidationCallback? CertificateValidation => null;

    /// <summary>The addresses of a name.</summary>
    protected virtual Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation) =>
        Dns.GetHostAddressesAsync(host, cancellation);

    /// <summary>A connection to an address that has been checked.</summary>
    protected virtual async Task<Stream> ConnectAsync(IPAddress address, int port, CancellationToken cancellation)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<Stream> OpenAsync(string host, int port, CancellationToken cancellation)
    {
        IPAddress[] addresses = IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? literal)
            ? [literal]
            : await TryResolveAsync(host, cancellation);
        // One private address among public ones is enough to refuse: which one is taken would be chance.
        if (addresses.Length == 0 || !addresses.All(PublicAddresses.IsPublic))
            throw Refusal(host).ToException();
        return await ConnectAsync(addresses[0], port, cancellation);
    }

    // Which names a private network has is nobody's business: one that is not there is refused as one that is private.
    private async Task<IPAddress[]> TryResolveAsync(string host, CancellationToken cancellation)
    {
        try
        {
            return await ResolveAsync(host, cancellation);
        }
        catch (SocketException)
        {
            return [];
        }
    }

    /// <summary>Says that a host is not public.</summary>
    public static SegmentationProblem Refusal(string host) => new(
        host,
        "it is not the name of a public address",
        "Give an address in the open internet");
}
