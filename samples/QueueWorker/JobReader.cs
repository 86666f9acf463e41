using System.Threading.Channels;
using Microsoft.Extensions.Hosting;

namespace QueueWorker;

/// <summary>Puts jobs into the queue; a full queue holds the reader up.</summary>
public sealed class JobReader(Channel<Job> queue) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await Console.In.ReadLineAsync(stoppingToken) is string line)
        {
            if (line.Split(' ', 2) is [string picture, string words])
                await queue.Writer.WriteAsync(new Job(picture, words), stoppingToken);
        }

        queue.Writer.Complete();
    }
}
