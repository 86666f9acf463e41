using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace FrozenSeg.Functions.Tests.Host;

/// <summary>A worker of the host: its process, and the line to it.</summary>
internal sealed class HostedWorker : IAsyncDisposable
{
    private const int Starts = 3;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<string, WorkerChannel> _channels;
    private readonly Uri _host;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private string _id;

    /// <summary>Starts its process.</summary>
    /// <param name="channels">Where it is looked for when it calls in, by worker id.</param>
    /// <param name="host">Where it calls in.</param>
    /// <param name="settings">Its environment.</param>
    public HostedWorker(
        ConcurrentDictionary<string, WorkerChannel> channels, Uri host, IReadOnlyDictionary<string, string> settings)
    {
        _channels = channels;
        _host = host;
        _settings = settings;
        Begin();
    }

    /// <summary>Its process.</summary>
    public WorkerProcess Process { get; private set; }

    /// <summary>The line to it.</summary>
    public WorkerChannel Channel { get; private set; }

    /// <summary>
    /// Waits until it has started; as the real host does, starts it again when it ends instead. It listens on a port
    /// that was free a moment before, and another process may have it by then.
    /// </summary>
    /// <exception cref="InvalidOperationException">It did not start.</exception>
    public async Task StartAsync()
    {
        for (int start = 1; !await HasStartedAsync(); start++)
        {
            if (start == Starts)
                throw NotStarted();
            await Process.DisposeAsync();
            _channels.TryRemove(_id, out _);
            Begin();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Terminate();
        await Process.DisposeAsync();
    }

    [MemberNotNull(nameof(Process), nameof(Channel), nameof(_id))]
    private void Begin()
    {
        _id = Guid.NewGuid().ToString();
        Channel = new WorkerChannel(_settings.GetValueOrDefault(HostJson.VersionSetting, HostJson.Version));
        _channels[_id] = Channel;
        Process = WorkerProcess.Start(_host, _id, _settings);
    }

    private async Task<bool> HasStartedAsync()
    {
        using var limit = new CancellationTokenSource(StartLimit);
        Task starting = Channel.StartAsync(WorkerProcess.ApplicationFolder, limit.Token);
        try
        {
            await await Task.WhenAny(starting, Process.Ended);
            return starting.IsCompleted;
        }
        catch (IOException)
        {
            return false;
        }
        catch (OperationCanceledException)
        {
            throw NotStarted();
        }
    }

    private InvalidOperationException NotStarted() =>
        new("The worker did not start. It wrote:" + Environment.NewLine + Process.Output);
}
