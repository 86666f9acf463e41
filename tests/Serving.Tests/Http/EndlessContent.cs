using System.Net;

namespace FrozenSeg.Serving.Tests.Http;

/// <summary>Sends zeros and counts them.</summary>
internal sealed class EndlessContent(long length, bool isAnnounced) : HttpContent
{
    public bool IsAnnounced => isAnnounced;

    public long Sent { get; private set; }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        byte[] zeros = new byte[1 << 16];
        while (Sent < length)
        {
            await stream.WriteAsync(zeros);
            Sent += zeros.Length;
        }
    }

    protected override bool TryComputeLength(out long computed)
    {
        computed = length;
        return isAnnounced;
    }
}
