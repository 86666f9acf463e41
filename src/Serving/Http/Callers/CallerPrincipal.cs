using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Serving.Http.Callers;

/// <summary>
/// What the authentication of Container Apps says of the caller, in headers that it removes from what comes from
/// outside: who it is, and the claims of its token.
/// </summary>
/// <param name="IsNamed">Whether anybody is signed in.</param>
/// <param name="Roles">The application roles of the caller's token.</param>
internal sealed record CallerPrincipal(bool IsNamed, IReadOnlySet<string> Roles)
{
    private const string IdHeader = "X-MS-CLIENT-PRINCIPAL-ID", ClaimsHeader = "X-MS-CLIENT-PRINCIPAL";

    // Besides the name that the token itself uses, the platform may use the long one it calls role_typ.
    private const string RoleClaim = "roles", RoleTypeMember = "role_typ";

    /// <summary>The principal of a request.</summary>
    public static CallerPrincipal Of(HttpRequest request) => new(
        !string.IsNullOrEmpty(request.Headers[IdHeader]),
        request.Headers[ClaimsHeader] is [string claims, ..] ? ReadRoles(claims) : new HashSet<string>());

    private static HashSet<string> ReadRoles(string encoded)
    {
        try
        {
            using JsonDocument principal = JsonDocument.Parse(Convert.FromBase64String(encoded));
            string? roleType = TextOf(principal.RootElement, RoleTypeMember);
            return principal.RootElement.ValueKind is JsonValueKind.Object
                && principal.RootElement.TryGetProperty("claims", out JsonElement claims)
                ? [.. claims.EnumerateArray()
                    .Where(claim => TextOf(claim, "typ") is string type && (type == RoleClaim || type == roleType))
                    .Select(claim => TextOf(claim, "val")).OfType<string>()]
                : [];
        }
        catch (Exception failure) when (failure is FormatException or JsonException or InvalidOperationException)
        {
            return []; // Whoever wrote it, it names no role.
        }
    }

    private static string? TextOf(JsonElement holder, string member) =>
        holder.ValueKind is JsonValueKind.Object
            && holder.TryGetProperty(member, out JsonElement value)
            && value.ValueKind is JsonValueKind.String
            ? value.GetString()
            : null;
}
