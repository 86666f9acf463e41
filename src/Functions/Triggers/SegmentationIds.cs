using System.Security.Cryptography;
using System.Text;

namespace FrozenSeg.Functions.Triggers;

/// <summary>
/// Ids that depend on what came in alone: an event that is delivered twice has one id, and starts nothing twice.
/// </summary>
internal static class SegmentationIds
{
    private const int Length = 40;

    /// <summary>The id of some work.</summary>
    /// <param name="origin">A letter that tells people where it came from.</param>
    /// <param name="parts">All that makes it this work and no other.</param>
    public static string Of(char origin, params IEnumerable<string> parts)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts)));
        return $"{origin}-{Convert.ToHexStringLower(hash)[..Length]}";
    }
}
