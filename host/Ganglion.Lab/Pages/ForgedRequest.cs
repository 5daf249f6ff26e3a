using System.Net;
using System.Net.Sockets;
using System.Text;
using Ganglion.Basics;

namespace Ganglion.Lab.Pages;

/// <summary>Requests that a page's server has to turn away: of other sites, for other names, with wrong tokens.</summary>
internal static class ForgedRequest
{
    private const double Patience = 20;

    private static readonly string[] Names = ["evil.example", "127.0.0.1", "127.0.0.2:{port}", "[::1]:{port}", "0.0.0.0:{port}",
        "localhost", "localhost.evil.example:{port}", "evil.example:{port}", "127.0.0.1:1", "127.0.0.1:{port}@evil.example",
        "127.1:{port}x", ""];

    private static readonly string[] Origins = ["http://evil.example", "null", "https://127.0.0.1:{port}", "http://127.0.0.1",
        "http://localhost:{port}", "http://127.0.0.1:{port}.evil.example", "http://127.0.0.1:{port}/", "file://", ""];

    private static readonly string[] Paths = ["/", "/page.js", "/scene", "/events?after=0", "/stream", "/session"];

    /// <summary>Sends one and judges the answer.</summary>
    /// <param name="random">Draws it.</param>
    /// <param name="open">The port of the server on loopback.</param>
    /// <param name="guarded">The port of the one that asks for a token.</param>
    /// <param name="secret">What no answer may hold: the robot's name.</param>
    /// <returns>What is wrong; null: it was turned away.</returns>
    public static string? Try(ref SeededRandom random, int open, int guarded, string secret)
    {
        int port = open;
        string request;
        switch (random.NextBelow(5))
        {
            case 0: // a name that somebody made point here
                request = Get(Paths[random.NextBelow(Paths.Length)], Names[random.NextBelow(Names.Length)], "");
                break;
            case 1: // another page's window
                string origin = random.NextBelow(6) == 0 ? "" : $"Origin: {Origins[random.NextBelow(Origins.Length)]}\r\n";
                request = Get("/stream", "127.0.0.1:{port}", origin + "Connection: Upgrade\r\nUpgrade: websocket\r\n" +
                    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n");
                break;
            case 2: // another page's request
                request = Get(random.NextBelow(2) == 0 ? "/scene" : "/events?after=0", "127.0.0.1:{port}",
                    $"Sec-Fetch-Site: {(random.NextBelow(2) == 0 ? "cross-site" : "same-site")}\r\n");
                break;
            case 3: // without the token, or with a session that is none
                port = guarded;
                request = Get(Paths[2 + random.NextBelow(3)], "127.0.0.1:{port}", random.NextBelow(3) == 0 ? ""
                    : $"Cookie: ganglion-{{port}}={Token(ref random, 64)}\r\n");
                break;
            default: // a token that is none
                port = guarded;
                string token = Token(ref random, random.NextBelow(400));
                request = $"POST /session HTTP/1.1\r\nHost: 127.0.0.1:{{port}}\r\nOrigin: http://127.0.0.1:{{port}}\r\n" +
                    $"Content-Length: {token.Length}\r\nConnection: close\r\n\r\n{token}";
                break;
        }

        request = request.Replace("{port}", FormattableString.Invariant($"{port}"), StringComparison.Ordinal);
        string answer = Answer(port, request);
        bool turnedAway = answer.Length > 12 && answer[9] == '4';
        return !turnedAway ? $"'{Line(request)}' was answered with '{Line(answer)}'"
            : answer.Contains(secret, StringComparison.Ordinal) ? $"'{Line(request)}' was told of the robot"
            : answer.Contains("Set-Cookie", StringComparison.OrdinalIgnoreCase) ? $"'{Line(request)}' was given a session" : null;
    }

    private static string Get(string path, string host, string headers) =>
        $"GET {path} HTTP/1.1\r\nHost: {host}\r\n{headers}{(headers.Contains("Upgrade") ? "" : "Connection: close\r\n")}\r\n";

    private static string Token(ref SeededRandom random, int length)
    {
        var text = new StringBuilder(length);
        while (text.Length < length)
        {
            text.Append("0123456789abcdef"[random.NextBelow(16)]);
        }

        return text.ToString();
    }

    private static string Answer(int port, string request)
    {
        using Socket socket = RawWindow.Connect(new IPEndPoint(IPAddress.Loopback, port), Patience);
        var answer = new StringBuilder();
        byte[] bytes = new byte[4096];
        try
        {
            socket.Send(Encoding.Latin1.GetBytes(request));
            for (int count; !IsWhole(answer) && (count = socket.Receive(bytes)) > 0;)
            {
                answer.Append(Encoding.Latin1.GetString(bytes, 0, count));
            }
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
        {
            // What came is the answer.
        }

        return answer.ToString();
    }

    /// <summary>Whether more is not to be waited for: the last chunk is there, there is none, or it is no refusal.</summary>
    private static bool IsWhole(StringBuilder answer)
    {
        string text = answer.ToString();
        return text.Contains("\r\n\r\n", StringComparison.Ordinal) && (text[9] != '4'
            || text.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal)
            || text.Contains("Content-Length: 0\r\n", StringComparison.Ordinal));
    }

    private static string Line(string text) => text.Split("\r\n", 3) is [string first, string second, ..] ? $"{first}, {second}" : text;
}
