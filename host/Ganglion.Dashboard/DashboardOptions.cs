using System.Net;

namespace Ganglion.Dashboard;

/// <summary>Where the page is served.</summary>
/// <param name="Address">The address to listen on; on any other than loopback a token is asked for.</param>
/// <param name="Port">0: any free one.</param>
/// <param name="OtherPort">Whether another port will do where this one is taken.</param>
public sealed record DashboardOptions(IPAddress Address, int Port, bool OtherPort)
{
    /// <summary>The port of the page where nobody names one.</summary>
    public const int UsualPort = 8047;

    /// <summary>On loopback at the usual port, or at another where that is taken.</summary>
    public static DashboardOptions Usual { get; } = new(IPAddress.Loopback, UsualPort, OtherPort: true);

    /// <summary>Reads ADDRESS, ADDRESS:PORT or PORT; the address by number, IPv6 in brackets before a port.</summary>
    /// <exception cref="FormatException">It is none of these; the message says what is expected.</exception>
    public static DashboardOptions Parse(string text)
    {
        if (ushort.TryParse(text, out ushort port))
        {
            return new DashboardOptions(IPAddress.Loopback, port, OtherPort: false);
        }

        string spelled = text.StartsWith("localhost", StringComparison.OrdinalIgnoreCase) ? $"127.0.0.1{text["localhost".Length..]}" : text;
        bool hasPort = spelled.Contains("]:", StringComparison.Ordinal) || spelled.AsSpan().Count(':') == 1;
        return hasPort && IPEndPoint.TryParse(spelled, out IPEndPoint? both)
            ? new DashboardOptions(both.Address, both.Port, OtherPort: false)
            : !hasPort && spelled.AsSpan().ContainsAny('.', ':') && IPAddress.TryParse(spelled, out IPAddress? alone)
                ? new DashboardOptions(alone, UsualPort, OtherPort: true)
                : throw new FormatException($"'{text}' is no address to listen on: give a port (8047), an address by number " +
                    "(192.168.1.5, 0.0.0.0), or both (192.168.1.5:8047)");
    }
}

/// <summary>The page cannot be served. The message says why and what to do.</summary>
public sealed class DashboardException(string message, Exception? inner = null) : IOException(message, inner);
