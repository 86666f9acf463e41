using System.Globalization;
using FrozenSeg.Pipeline.Foundation.Files;
using FrozenSeg.Pipeline.Foundation.Weights.Catalogue;
using FrozenSeg.Shared.Problems;

namespace FrozenSeg.Pipeline.Families.Sam3;

/// <summary>
/// Meta's licence for SAM 3's weights: shown once, when SAM 3 is switched on, and recorded. Facts from its text of 19
/// November 2025; no legal advice.
/// </summary>
internal static class Sam3Licence
{
    /// <summary>What results and <c>models info</c> call it.</summary>
    public const string Name = "SAM License (Meta)";

    /// <summary>The environment variable that records that it was accepted: <c>accepted</c>.</summary>
    public const string Variable = "FROZENSEG_SAM3_LICENCE";

    private const string Accepted = "accepted", FileName = "sam3-licence-accepted.txt";

    /// <summary>What it asks of those who switch SAM 3 on.</summary>
    public static string Notice { get; } = """
        SAM 3's weights are Meta's, under the SAM License of 19 November 2025 (https://github.com/facebookresearch/sam3/blob/main/LICENSE).
        Use, also commercial, is free of charge, within limits that bind you and everybody you let use them:
          - no military or warfare use, no nuclear use, no espionage, no guns or illegal weapons, nothing under ITAR;
            trade controls are kept, and nobody may be permitted to do otherwise. A service that offers SAM 3 needs this in its terms;
          - weights, and graphs made from them, are handed on only under the same licence, with a copy of it. This program writes
            copies of weights into its models and cache folders: keep these to yourself;
          - publications name SAM 3; the licence ends if you sue over patents, and weights are then deleted; its terms may change.
        """;

    /// <summary>Whether it was accepted on this machine.</summary>
    public static bool IsAccepted => Accepts(ModelStore.Default, Environment.GetEnvironmentVariable(Variable));

    /// <summary>Records that it was accepted.</summary>
    /// <returns>The file that says so.</returns>
    /// <exception cref="SegmentationProblemException">The models folder cannot be written.</exception>
    public static string Accept(ModelStore store, DateTimeOffset now)
    {
        string path = Path.Combine(store.Folder, FileName);
        AtomicFile.Write(path, System.Text.Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"{Name}, accepted {now:yyyy-MM-dd}\n\n{Notice}\n")));
        return path;
    }

    /// <summary>Whether it was accepted, by file or by variable.</summary>
    internal static bool Accepts(ModelStore store, string? variable) =>
        string.Equals(variable, Accepted, StringComparison.OrdinalIgnoreCase)
            || File.Exists(Path.Combine(store.Folder, FileName));

    /// <summary>Refuses weights whose licence nobody accepted, and shows what it asks.</summary>
    internal static void ThrowIfNotAccepted(string file)
    {
        if (IsAccepted)
            return;
        throw SegmentationProblem.InvalidModel(
            file,
            $"nobody has accepted the licence of SAM 3's weights here.\n{Notice}",
            $"Accept it once with frozenseg models accept sam3, or set {Variable}={Accepted}");
    }
}
