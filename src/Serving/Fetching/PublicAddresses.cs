using System.Net;
using System.Net.Sockets;

namespace FrozenSeg.Serving.Fetching;

/// <summary>
/// Which addresses lie in the open internet: everything else is somebody's own network, this machine's above all.
/// </summary>
internal static class PublicAddresses
{
    // IANA's special-purpose registries for IPv4 and IPv6 (RFC 6890 and its successors).
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
        }.Select(IPNetwork.Parse),
    ];

    // Global unicast, less the parts of it that are not: Teredo, ORCHID, documentation, 6to4, AS112.
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] NotGlobal =
        [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "2620:4f:8000::/48" }.Select(
            IPNetwork.Parse)];

    /// <summary>Whether an address is public.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !Special.Any(network => network.Contains(address)),
            AddressFamily.InterNetworkV6 =>
                address.ScopeId == 0
                    && GlobalUnicast.Contains(address)
                    && !NotGlobal.Any(network => network.Contains(address)),
            _ => false,
        };
    }
}
