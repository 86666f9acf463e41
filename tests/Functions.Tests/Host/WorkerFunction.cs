using System.Text.Json;
using FrozenSeg.Functions.Tests.Host.Protocol;

namespace FrozenSeg.Functions.Tests.Host;

/// <summary>One function as the worker describes it.</summary>
/// <param name="Id">How host and worker call it.</param>
/// <param name="Name">How people call it.</param>
/// <param name="Bindings">Its bindings as JSON objects, the trigger among them.</param>
internal sealed record WorkerFunction(string Id, string Name, IReadOnlyList<JsonElement> Bindings)
{
    /// <summary>The binding that starts it.</summary>
    public JsonElement Trigger =>
        Bindings.First(binding => TypeOf(binding).EndsWith("Trigger", StringComparison.OrdinalIgnoreCase));

    /// <summary>Kind of the trigger, for instance <c>httpTrigger</c>.</summary>
    public string TriggerType => TypeOf(Trigger);

    /// <summary>Name of the parameter that takes the durable client; null when there is none.</summary>
    public string? DurableClient => Bindings
        .Where(binding => TypeOf(binding).Equals("durableClient", StringComparison.OrdinalIgnoreCase))
        .Select(binding => binding.GetProperty("name").GetString())
        .FirstOrDefault();

    public static WorkerFunction From(RpcFunctionMetadata metadata) => new(
        metadata.FunctionId,
        metadata.Name,
        [.. metadata.RawBindings.Select(binding => JsonSerializer.Deserialize<JsonElement>(binding))]);

    /// <summary>A text member of the trigger; null when it has none of that name.</summary>
    public string? TriggerText(string member) =>
        Trigger.TryGetProperty(member, out JsonElement value) ? value.GetString() : null;

    private static string TypeOf(JsonElement binding) => binding.GetProperty("type").GetString()!;
}
