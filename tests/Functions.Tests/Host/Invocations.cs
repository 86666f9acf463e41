using System.Diagnostics;
using System.Text.Json;
using FrozenSeg.Functions.Tests.Host.Protocol;
using Google.Protobuf;

namespace FrozenSeg.Functions.Tests.Host;

/// <summary>Invocations in the form the host gives them.</summary>
internal static class Invocations
{
    /// <summary>An orchestration or an activity.</summary>
    public static InvocationRequest Durable(WorkerFunction function, string instance, TypedData input)
    {
        InvocationRequest request = Of(function, input);
        request.TriggerMetadata["instanceId"] = new TypedData { String = instance };
        return request;
    }

    /// <summary>A blob, which the worker opens itself.</summary>
    public static InvocationRequest Blob(WorkerFunction function, string connection, string container, string name)
    {
        var content = new Dictionary<string, string>
        {
            ["Connection"] = connection,
            ["ContainerName"] = container,
            ["BlobName"] = name,
        };
        var data = new ModelBindingData
        {
            Version = "1.0",
            Source = "AzureStorageBlobs",
            ContentType = "application/json",
            Content = ByteString.CopyFromUtf8(JsonSerializer.Serialize(content)),
        };
        InvocationRequest request = Of(function, new TypedData { ModelBindingData = data });
        request.TriggerMetadata["name"] = new TypedData { Json = JsonSerializer.Serialize(name) };
        return request;
    }

    /// <summary>A message of a queue.</summary>
    public static InvocationRequest Message(WorkerFunction function, string text) =>
        Of(function, new TypedData { String = text });

    /// <summary>A timer that has come due.</summary>
    public static InvocationRequest Timer(WorkerFunction function) =>
        Of(function, new TypedData
        {
            Json = """{"Schedule":{"AdjustForDST":true},"ScheduleStatus":null,"IsPastDue":false}""",
        });

    /// <summary>A request; its content goes to the worker over HTTP, under the id of this invocation.</summary>
    public static InvocationRequest Http(WorkerFunction function, string method, string url) =>
        Of(function, new TypedData { Http = new RpcHttp { Method = method, Url = url } });

    /// <summary>Adds what the worker needs to reach the task hub, if the function asks for it.</summary>
    public static InvocationRequest WithDurableClient(this InvocationRequest request, WorkerFunction function, Uri hub)
    {
        if (function.DurableClient is string parameter)
        {
            var client = new Dictionary<string, object>
            {
                ["rpcBaseUrl"] = hub.ToString(),
                ["taskHubName"] = "tests",
                ["connectionName"] = "tests",
                ["httpBaseUrl"] = "http://127.0.0.1/runtime/webhooks/durabletask",
                ["maxGrpcMessageSizeInBytes"] = 1 << 26,
            };
            request.InputData.Add(new ParameterBinding
            {
                Name = parameter,
                Data = new TypedData { String = JsonSerializer.Serialize(client) },
            });
        }

        return request;
    }

    private static InvocationRequest Of(WorkerFunction function, TypedData trigger)
    {
        string trace = $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-01";
        var request = new InvocationRequest
        {
            InvocationId = Guid.NewGuid().ToString(),
            FunctionId = function.Id,
            TraceContext = new RpcTraceContext { TraceParent = trace },
        };
        request.InputData.Add(new ParameterBinding { Name = function.TriggerText("name"), Data = trigger });
        return request;
    }
}
