using System.Net;
using System.Net.Sockets;

namespace FrozenSeg.Pipeline.Tests.Foundation.Weights;

/// <summary>A web server of this machine that misbehaves on request; one answer a connection.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, (string Head, byte[] Body)> _answer;

    /// <param name="answer">From the request's text to the answer's head, without the empty line, and its body.</param>
    public LoopbackServer(Func<string, (string Head, byte[] Body)> answer)
    {
        _answer = answer;
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Every request so far.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>Address of a file.</summary>
    public string Url(string file = "weights.pth") =>
        $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/{file}";

    /// <summary>The first byte that a request asks for.</summary>
    public static int Start(string request)
    {
        const string Field = "Range: bytes=";
        int at = request.IndexOf(Field, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? 0 : int.Parse(
            request[(at + Field.Length)..].Split('-')[0], System.Globalization.CultureInfo.InvariantCulture);
    }

    public void Dispose() => _listener.Stop();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                await using NetworkStream stream = client.GetStream();
                string request = await ReadHeadAsync(stream);
                Requests.Add(request);
                (string head, byte[] body) = _answer(request);
                await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"{head}\r\nConnection: close\r\n\r\n"));
                await stream.WriteAsync(body);
            }
        }
        catch (Exception failure) when (failure is SocketException or ObjectDisposedException or IOException)
        {
            // The test is over.
        }
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var text = new System.Text.StringBuilder();
        var buffer = new byte[4096];
        while (!text.ToString().Contains("\r\n\r\n", StringComparison.Ordinal))
        {
            int read = await stream.ReadAsync(buffer);
            if (read == 0)
                break;
            text.Append(System.Text.Encoding.ASCII.GetString(buffer, 0, read));
        }

        return text.ToString();
    }
}
