using System.Net;
using System.Net.WebSockets;

namespace Ganglion.Dashboard.Tests.Guard;

/// <summary>Pages of other sites, rebound names and forged headers get nothing.</summary>
public sealed class RequestGuardTests
{
    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:{port}")]
    [InlineData("127.0.0.1:1")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.2:{port}")]
    [InlineData("0.0.0.0:{port}")]
    [InlineData("[::1]:{port}")]
    [InlineData("localhost.evil.example:{port}")]
    public async Task A_request_for_another_name_is_turned_away(string host)
    {
        using var served = new Served();
        string sent = host.Replace("{port}", served.Port.ToString(), StringComparison.Ordinal);
        foreach (string path in (string[])["/", "/page.js", "/scene", "/events?after=0", "/stream"])
        {
            (int status, string text) = await served.Raw([$"GET {path} HTTP/1.1", $"Host: {sent}"]);
            Assert.Equal(421, status);
            Assert.DoesNotContain("fake", text);
        }
    }

    [Fact]
    public async Task Two_names_in_one_request_are_turned_away()
    {
        using var served = new Served();
        (int status, _) = await served.Raw(["GET /scene HTTP/1.1", $"Host: {served.Authority}", "Host: evil.example"]);
        Assert.Equal(400, status);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    public async Task Its_own_address_is_answered(string name)
    {
        using var served = new Served();
        (int status, string text) = await served.Raw(["GET /scene HTTP/1.1", $"Host: {name}:{served.Port}"]);
        Assert.Equal(200, status);
        Assert.Contains("fake", text);
    }

    [Theory]
    [InlineData("cross-site", 403)]
    [InlineData("same-site", 403)]
    [InlineData("same-origin", 200)]
    [InlineData("none", 200)]
    public async Task A_request_out_of_another_site_gets_no_data(string site, int expected)
    {
        using var served = new Served();
        Assert.Equal(expected, (await served.Get("/scene", $"Sec-Fetch-Site: {site}")).Status);
        Assert.Equal(expected, (await served.Get("/events?after=0", $"Sec-Fetch-Site: {site}")).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("null")]
    [InlineData("http://evil.example")]
    [InlineData("https://127.0.0.1:{port}")]
    [InlineData("http://127.0.0.1")]
    [InlineData("http://127.0.0.1:{port}.evil.example")]
    [InlineData("http://127.0.0.1:{port}/")]
    [InlineData("http://localhost:{port}")]
    public async Task A_WebSocket_of_another_page_is_refused(string? origin)
    {
        using var served = new Served();
        string? sent = origin?.Replace("{port}", served.Port.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, await served.Refused(sent));
        Assert.Equal(0, served.Server.Windows);
        Assert.Empty(served.Robot.Messages);
    }

    [Fact]
    public async Task The_pages_own_WebSocket_is_let_in()
    {
        using var served = new Served();
        using ClientWebSocket window = await served.Open();
        Assert.Equal("{\"you\":1}"u8.ToArray(), (await served.Read(window)).Bytes);
        Assert.Equal(WebSocketMessageType.Binary, (await served.Read(window)).Type);
    }

    [Fact]
    public async Task Every_answer_carries_a_strict_policy()
    {
        using var served = new Served();
        foreach (string path in (string[])["/", "/page.js", "/page.css", "/scene", "/nothing"])
        {
            (_, string text) = await served.Get(path);
            Assert.Contains("Content-Security-Policy: default-src 'none'; script-src 'self';", text);
            Assert.Contains("frame-ancestors 'none'", text);
            Assert.Contains("X-Content-Type-Options: nosniff", text);
            Assert.Contains("Cross-Origin-Resource-Policy: same-origin", text);
            Assert.DoesNotContain("unsafe", text[..text.IndexOf("\r\n\r\n", StringComparison.Ordinal)]);
        }
    }

    [Theory]
    [InlineData("GET", "/../DashboardServer.cs")]
    [InlineData("GET", "/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("GET", "//etc/passwd")]
    [InlineData("POST", "/scene")]
    [InlineData("DELETE", "/")]
    [InlineData("OPTIONS", "/stream")]
    public async Task What_is_not_there_is_not_there(string method, string path)
    {
        using var served = new Served();
        (int status, string text) = await served.Raw([$"{method} {path} HTTP/1.1", $"Host: {served.Authority}", "Content-Length: 0"]);
        Assert.Equal(404, status);
        Assert.DoesNotContain("root:", text);
    }

    [Fact]
    public async Task A_request_that_is_too_long_is_cut_off()
    {
        using var served = new Served();
        Assert.NotEqual(200, (await served.Get("/" + new string('a', 100_000))).Status);
        Assert.NotEqual(200, (await served.Get("/scene", "X: " + new string('a', 100_000))).Status);
        Assert.Equal(200, (await served.Get("/scene")).Status);
    }
}
