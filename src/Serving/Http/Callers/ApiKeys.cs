using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Serving.Http.Callers;

/// <summary>
/// Knows the callers: a key in <c>x-api-key</c>, in <c>Authorization: Bearer</c>, or in the query as <c>key</c>, or as
/// the password of <c>Authorization: Basic</c>.
/// </summary>
/// <param name="keys">The keys; none lets everybody in.</param>
internal sealed class ApiKeys(IReadOnlyList<string> keys)
{
    private const string BearerPrefix = "Bearer ", BasicPrefix = "Basic ";

    private readonly byte[][] _hashes = [.. keys.Select(Hash)];

    /// <summary>Whether the caller may come in.</summary>
    public bool Allows(HttpRequest request)
    {
        if (_hashes.Length == 0)
            return true;
        if (Given(request) is not { Length: > 0 } given)
            return false;
        // Every key is compared, in constant time: nothing is to be learned from how long it takes.
        byte[] hash = Hash(given);
        bool isKnown = false;
        foreach (byte[] known in _hashes)
            isKnown |= CryptographicOperations.FixedTimeEquals(known, hash);
        return isKnown;
    }

    /// <summary>The key that came with a request; null without one.</summary>
    public static string? Given(HttpRequest request)
    {
        if (request.Headers["x-api-key"] is [string key, ..])
            return key;
        if (request.Headers.Authorization is [string header, ..]
            && header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase))
            return header[BearerPrefix.Length..].Trim();
        if (request.Headers.Authorization is [string basic, ..]
            && basic.StartsWith(BasicPrefix, StringComparison.OrdinalIgnoreCase))
            return Password(basic[BasicPrefix.Length..]);
        return request.Query["key"];
    }

    // Some programs can only send a user and a password; any user will do.
    private static string? Password(string encoded)
    {
        var bytes = new byte[encoded.Length];
        return Convert.TryFromBase64String(encoded.Trim(), bytes, out int count)
            && Encoding.UTF8.GetString(bytes, 0, count).Split(':', 2) is [_, var password] ? password : null;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
