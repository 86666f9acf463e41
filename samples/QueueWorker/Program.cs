// Every line of the standard input is a job: PICTURE WORDS. Put a storage queue in its place.
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using QueueWorker;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Services.AddFrozenSeg();
builder.Services.AddSingleton(Channel.CreateBounded<Job>(16));
builder.Services.AddHostedService<JobReader>();
builder.Services.AddHostedService<SegmentationWorker>();
builder.Build().Run();
