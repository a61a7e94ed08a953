using System.Net;
using System.Net.Sockets;

namespace PolarPS.Emulator;

/// <summary>Which addresses of the internet protocol can be reached from everywhere.</summary>
internal static class PublicAddresses
{
    // What is set aside, by the first bits: for private networks, links, documentation, benchmarks, groups and the like.
    private static readonly (byte[] Network, int Bits)[] Reserved =
    [
        ([0, 0, 0, 0], 8),
        ([10, 0, 0, 0], 8),
        ([100, 64, 0, 0], 10),
        ([127, 0, 0, 0], 8),
        ([169, 254, 0, 0], 16),
        ([172, 16, 0, 0], 12),
        ([192, 0, 0, 0], 24),
        ([192, 0, 2, 0], 24),
        ([192, 168, 0, 0], 16),
        ([198, 18, 0, 0], 15),
        ([198, 51, 100, 0], 24),
        ([203, 0, 113, 0], 24),
        ([240, 0, 0, 0], 4),
    ];

    public static bool Contains(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            // Unique local, link local, documentation, and the unspecified one.
            return (bytes[0] & 0xfe) != 0xfc
                && !address.IsIPv6LinkLocal
                && !address.IsIPv6SiteLocal
                && !IPAddress.IsLoopback(address)
                && !address.Equals(IPAddress.IPv6Any)
                && !(bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0d && bytes[3] == 0xb8);
        }

        foreach (var (network, bits) in Reserved)
        {
            var isIn = true;
            for (var bit = 0; bit < bits && isIn; bit++)
            {
                var mask = 0x80 >> (bit % 8);
                isIn = (bytes[bit / 8] & mask) == (network[bit / 8] & mask);
            }

            if (isIn)
            {
                return false;
            }
        }

        return true;
    }
}
