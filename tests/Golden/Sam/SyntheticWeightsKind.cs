using System.Globalization;
using System.Text.Json;
using FrozenSeg.Pipeline.Foundation.Weights;

namespace FrozenSeg.Golden.Sam;

/// <summary><c>synth_weights_selftest.json</c>: hash, draws and floats of a few names.</summary>
internal sealed class SyntheticWeightsKind() : FileKind("sam", "synth_*.json")
{
    public override IEnumerable<GoldenCheck> Run(GoldenFile file, GoldenContext context)
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllBytes(file.Path));
        var checks = new List<GoldenCheck>();
        foreach (JsonProperty entry in golden.RootElement.EnumerateObject())
        {
            ulong hash = ulong.Parse(
                entry.Value.GetProperty("fnv1a64")
                    .GetString()!.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            uint[] draws = entry.Value.GetProperty("u24").Deserialize<uint[]>()!;
            var actual = new uint[draws.Length];
            SyntheticNumbers.Draw(entry.Name, actual);
            checks.Add(Compare.That($"hash of {entry.Name}", SyntheticNumbers.Hash(entry.Name) == hash));
            checks.Add(Compare.Equal<uint>($"draws of {entry.Name}", actual, draws));
            checks.Add(Compare.Equal<float>(
                $"floats of {entry.Name}",
                SyntheticNumbers.Floats(entry.Name, draws.Length),
                entry.Value.GetProperty("v").Deserialize<float[]>()!));
        }

        return checks;
    }
}
