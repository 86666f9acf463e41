using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Serving.Http.Callers;

/// <summary>Who calls, as far as limits are concerned.</summary>
internal static class Caller
{
    /// <summary>A name for the caller: a hash of the key it sent, or its address without one.</summary>
    public static string NameOf(HttpContext context) => ApiKeys.Given(context.Request) is { Length: > 0 } key
        ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 8))
        : context.Connection.RemoteIpAddress?.ToString() ?? "";
}
