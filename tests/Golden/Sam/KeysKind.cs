using System.Text.Json;
using FrozenSeg.Pipeline.Families.Sam.Models;
using FrozenSeg.Pipeline.Foundation.Tensors;

namespace FrozenSeg.Golden.Sam;

/// <summary>
/// <c>state_dict_keys.json</c>: names and shapes of the published networks, and Hugging Face's names.
/// </summary>
internal sealed class KeysKind() : FileKind("sam", "state_dict_keys*.json")
{
    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(file.Path));
        foreach (JsonProperty network in golden.RootElement.GetProperty("official").EnumerateObject())
            yield return CheckKeys(network);

        string[] wrong =
        [
            .. golden.RootElement.GetProperty("hf_names").EnumerateObject()
                .Where(entry => SamWeightNames.ToHuggingFace(entry.Name) != entry.Value.GetString())
                .Select(entry => entry.Name),
        ];
        yield return Compare.That("Hugging Face names", wrong.Length == 0, string.Join(", ", wrong.Take(3)));
    }

    private static GoldenCheck CheckKeys(JsonProperty network)
    {
        Dictionary<string, TensorShape> published = network.Value.EnumerateObject().ToDictionary(
            entry => entry.Name, entry => new TensorShape(entry.Value.Deserialize<int[]>()!));
        bool decoderOnly = network.Name.StartsWith("hq_decoder_", StringComparison.Ordinal);
        string size = network.Name.Replace("hq_decoder_", "", StringComparison.Ordinal).Split(' ')[0];
        SamConfiguration model = SamConfigurations.Find(decoderOnly ? $"hq_{size}" : size)!;
        Dictionary<string, TensorShape> needed = SamGraphs.Requirements(model)
            .Where(entry => !decoderOnly || entry.Key.StartsWith("mask_decoder.", StringComparison.Ordinal))
            .ToDictionary();

        string prefix = decoderOnly && !published.Keys.First().StartsWith("mask_decoder.", StringComparison.Ordinal)
            ? "mask_decoder."
            : "";
        string[] different =
        [
            .. needed.Where(
                entry => !published.TryGetValue(entry.Key[prefix.Length..], out TensorShape shape)
                    || shape != entry.Value)
                .Select(entry => $"{entry.Key} {entry.Value}"),
        ];
        string[] left =
        [
            .. published.Keys.Where(name => !needed.ContainsKey(prefix + name) && !SamWeightNames.IsUnused(name)),
        ];
        return Compare.That(
            network.Name,
            different.Length == 0 && left.Length == 0,
            $"different: {string.Join(", ", different.Take(3))}; left over: {string.Join(", ", left.Take(3))}");
    }
}
