using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Serving.Http;

/// <summary>How long a caller would wait for the answer: <c>Prefer: wait=30</c> (RFC 7240).</summary>
internal static class WaitPreference
{
    private const string Name = "wait=";

    /// <summary>The wait, zero when none is asked for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="longest">Longer waits are cut to this.</param>
    public static TimeSpan Read(HttpRequest request, TimeSpan longest)
    {
        foreach (string preference in request.Headers["Prefer"].SelectMany(value => (value ?? "").Split(',', ';')))
        {
            string text = preference.Trim();
            if (text.StartsWith(Name, StringComparison.OrdinalIgnoreCase)
                && int.TryParse(
                    text.AsSpan(Name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int seconds))
            {
                return seconds < longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : longest;
            }
        }

        return TimeSpan.Zero;
    }
}
