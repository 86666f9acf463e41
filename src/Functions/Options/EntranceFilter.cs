using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Extensions.Options;

namespace FrozenSeg.Functions.Options;

/// <summary>
/// Has the host ask for no key where the platform asks for a token: nobody should have to bring both. The handlers then
/// ask for what the platform says of the caller.
/// </summary>
/// <param name="options">Settings of the app.</param>
internal sealed class EntranceFilter(IOptions<ServiceOptions> options) : IFunctionMetadataTransformer
{
    private const string Level = "authLevel";

    public string Name => nameof(EntranceFilter);

    public void Transform(IList<IFunctionMetadata> original)
    {
        if (options.Value.Callers is not CallerIdentity.Entra)
            return;
        foreach (IFunctionMetadata function in original)
        {
            for (int i = 0; i < function.RawBindings?.Count; i++)
                function.RawBindings[i] = Open(function.RawBindings[i]);
        }
    }

    /// <summary>A binding that asks for no key.</summary>
    public static string Open(string binding)
    {
        JsonObject parsed = JsonNode.Parse(binding)!.AsObject();
        if (!parsed.ContainsKey(Level))
            return binding;
        parsed[Level] = "Anonymous";
        return parsed.ToJsonString();
    }
}
