using System.Net;
using Microsoft.AspNetCore.Http;

namespace Ganglion.Dashboard.Guard;

/// <summary>
/// What every request must satisfy before anything answers it. A browser says truly which page a request comes from (Origin,
/// Sec-Fetch-Site; Fetch standard) and which name it was sent to (Host); a page of another site, or one whose name was rebound to this
/// machine, is known by them.
/// </summary>
internal static class RequestGuard
{
    private const string LocalName = "localhost";

    /// <summary>Whether the request was sent to the address that it came in at, by number, and not to a name that somebody made point
    /// here: "localhost" is the one name that nobody else can give out.</summary>
    public static bool IsForThisServer(HttpContext context)
    {
        HostString host = context.Request.Host;
        IPAddress? local = context.Connection.LocalIpAddress;
        if (local == null || !host.HasValue || (host.Port ?? 80) != context.Connection.LocalPort
            || context.Request.Headers.Host.Count != 1)
        {
            return false;
        }

        return string.Equals(host.Host, LocalName, StringComparison.OrdinalIgnoreCase)
            ? IPAddress.IsLoopback(local)
            : IPAddress.TryParse(host.Host.Trim('[', ']'), out IPAddress? named) && Plain(named).Equals(Plain(local));
    }

    /// <summary>Whether the request comes from a page that this server gave out, under the address that it was asked by now.</summary>
    public static bool IsFromOwnPage(HttpRequest request) =>
        request.Headers.Origin is [{ } origin] && string.Equals(origin, $"http://{request.Host.Value}", StringComparison.OrdinalIgnoreCase)
        && IsSameSite(request);

    /// <summary>Whether the request comes from no other site: it opens the page itself, or comes from it.</summary>
    public static bool IsSameSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] is var site && (site.Count == 0 || site is ["same-origin" or "none"]);

    /// <summary>Writes what keeps a browser from letting anything else into the page, and the page into anything else.</summary>
    public static void Harden(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;

        // Not every browser takes 'self' for WebSockets too, hence the second source. Host was checked before.
        headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
            + $"connect-src 'self' ws://{context.Request.Host.Value}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), usb=(), serial=(), gamepad=(self)";
        headers.CacheControl = "no-store";
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
