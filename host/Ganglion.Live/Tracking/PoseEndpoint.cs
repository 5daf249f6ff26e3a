using System.Globalization;
using System.Net;

namespace Ganglion.Live.Tracking;

/// <summary>Where poses come in or go out: <c>udp:PORT</c> on this machine, or <c>udp:ADDRESS:PORT</c>.</summary>
/// <param name="Address">Where to.</param>
/// <param name="Token">What each datagram carries; null: nothing.</param>
public sealed record PoseEndpoint(IPEndPoint Address, string? Token)
{
    private const string Scheme = "udp:";

    private const int LeastToken = 8;

    /// <summary>Reads what a person wrote.</summary>
    /// <param name="text">Such as "udp:9000", "udp:192.168.1.5:9000", "udp:[::1]:9000".</param>
    /// <param name="token">The shared secret, at least 8 characters; null for none.</param>
    /// <exception cref="FormatException">It is something else, or leaves this machine without a token; the message says what to
    /// write.</exception>
    public static PoseEndpoint Parse(string text, string? token)
    {
        string rest = text.StartsWith(Scheme, StringComparison.Ordinal) ? text[Scheme.Length..] : "";
        IPEndPoint? address = int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out int port)
            ? port is > 0 and <= IPEndPoint.MaxPort ? new IPEndPoint(IPAddress.Loopback, port) : null
            : IPEndPoint.TryParse(rest, out IPEndPoint? full) && full.Port > 0 ? full : null;
        if (address == null)
        {
            throw new FormatException($"'{text}' is no place for poses: write udp:PORT, or udp:ADDRESS:PORT, such as udp:9000.");
        }

        if (token is { Length: < LeastToken })
        {
            throw new FormatException($"the token for {text} has {token.Length} characters: take at least {LeastToken}.");
        }

        if (token == null && !IPAddress.IsLoopback(address.Address))
        {
            throw new FormatException($"{text} is open to other machines, and whoever sends poses steers the arm: give a token that each " +
                $"datagram has to carry, or use udp:{address.Port} on this machine alone.");
        }

        return new PoseEndpoint(address, token);
    }

    public override string ToString() => Scheme + Address;
}
