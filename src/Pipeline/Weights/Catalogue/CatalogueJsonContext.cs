using System.Text.Json.Serialization;

namespace FrozenSeg.Pipeline.Weights.Catalogue;

/// <summary>Reads the catalogue.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ModelDescriptor[]))]
internal sealed partial class CatalogueJsonContext : JsonSerializerContext;
