using System.Collections.Concurrent;
using FrozenSeg.Functions.Tests.Host.Protocol;
using Grpc.Core;

namespace FrozenSeg.Functions.Tests.Host;

/// <summary>Where workers call in; the first message says which one it is.</summary>
/// <param name="channels">The channels that are waited for, by worker id.</param>
internal sealed class WorkerService(ConcurrentDictionary<string, WorkerChannel> channels) : FunctionRpc.FunctionRpcBase
{
    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream,
        IServerStreamWriter<StreamingMessage> responseStream,
        ServerCallContext context)
    {
        if (!await requestStream.MoveNext(context.CancellationToken))
            return;
        string id = requestStream.Current.StartStream.WorkerId;
        await channels[id].ServeAsync(requestStream, responseStream, context.CancellationToken);
    }
}
