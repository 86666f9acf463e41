using System.Text.Json.Serialization;

namespace FrozenSeg.Pipeline.Foundation.Weights.Catalogue;

/// <summary>Reads the catalogue, and the choice of networks.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ModelDescriptor[]))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class CatalogueJsonContext : JsonSerializerContext;
