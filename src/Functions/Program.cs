using Azure.Core;
using Azure.Core.Serialization;
using Azure.Identity;
using FrozenSeg.Functions;
using FrozenSeg.Functions.Activities;
using FrozenSeg.Functions.Api;
using FrozenSeg.Functions.Options;
using FrozenSeg.Functions.Prompting;
using FrozenSeg.Functions.Storage;
using FrozenSeg.Functions.Telemetry;
using FrozenSeg.Functions.Triggers;
using FrozenSeg.Serving.Workflow.Intake;
using FrozenSeg.Shared.Requests;
using FrozenSeg.Shared.Vocabularies;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();

// The API counts bytes itself, and says what is too much; Kestrel's own 30 MB would end the connection without a word.
builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = null);

// AZURE_CLIENT_ID says which identity; at a developer's desk it is the developer.
TokenCredential credential = new DefaultAzureCredential();
builder.Services.AddOptions<ServiceOptions>().BindConfiguration(ServiceOptions.Section).ValidateDataAnnotations()
    .ValidateOnStart();
builder.Services.Configure<WorkerOptions>(worker => worker.Serializer = new JsonObjectSerializer(Messages.Json));
builder.Services.AddSingleton<IFunctionMetadataTransformer, RoleFilter>();
builder.Services.AddSingleton<IFunctionMetadataTransformer, EntranceFilter>();
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddStorage(builder.Configuration, credential);
builder.Services.AddTelemetry(builder.Configuration, credential);
builder.Services.AddPromptExpansion();
builder.Services.AddSingleton(services => Rules(
    services.GetRequiredService<IOptions<ServiceOptions>>().Value,
    services.GetRequiredService<IOptions<PromptExpansionOptions>>().Value));
builder.Services.AddSingleton<RequestValidator>();
builder.Services.AddSingleton<SegmentationIntake>();
builder.Services.AddSingleton<JobIntake>();
builder.Services.AddSingleton<UploadIntake>();
builder.Services.AddSingleton<ServiceDescription>();
builder.Services.AddSingleton<DurableApi>();
builder.Services.AddSingleton<StageHost>();
builder.Services.AddHostedService(services => services.GetRequiredService<StageHost>());
builder.Build().Run();

static RequestRules Rules(ServiceOptions options, PromptExpansionOptions expansion) =>
    ServiceRules.Create(NamedVocabularies.Names, options.Models) with
    {
        AllowsBlobs = true,
        AllowsUrls = options.AllowsUrls,
        AllowsCallbacks = options.AllowsCallbacks,
        AllowsExpansion = expansion.Provider is not ExpansionProvider.None,
    };
