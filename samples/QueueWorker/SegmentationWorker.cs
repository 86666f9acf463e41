using System.Threading.Channels;
using FrozenSeg;
using FrozenSeg.Shared.Problems;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace QueueWorker;

/// <summary>Takes jobs from the queue until it is closed. A job that cannot be done does not stop the others.</summary>
public sealed class SegmentationWorker(
    Channel<Job> queue,
    Segmenter segmenter,
    IHostApplicationLifetime application,
    ILogger<SegmentationWorker> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (Job job in queue.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                Segmentation found = await segmenter.SegmentFileAsync(
                    job.Picture, job.Words, cancellationToken: stoppingToken);
                found.Save(job.Picture + ".segments");
                log.LogInformation("{Picture}: {Count} segments", job.Picture, found.Segments.Count);
            }
            catch (SegmentationProblemException failure)
            {
                log.LogWarning("{Problem}", failure.Message);
            }
        }

        application.StopApplication();
    }
}
