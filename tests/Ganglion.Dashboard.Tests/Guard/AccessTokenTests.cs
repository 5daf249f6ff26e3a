using System.Net;
using System.Net.WebSockets;
using System.Text.RegularExpressions;
using Ganglion.Dashboard.Guard;

namespace Ganglion.Dashboard.Tests.Guard;

/// <summary>Off loopback nobody sees or steers without the token.</summary>
public sealed partial class AccessTokenTests
{
    private static readonly IPAddress Here = IPAddress.Parse("192.0.2.1"), There = IPAddress.Parse("192.0.2.2");

    private long _now;

    [Fact]
    public async Task On_loopback_no_token_is_asked_for()
    {
        using var served = new Served();
        Assert.Equal("", served.Token);
        Assert.Equal(200, (await served.Get("/scene")).Status);
    }

    [Fact]
    public async Task Elsewhere_everything_but_the_page_itself_needs_a_session()
    {
        using var served = new Served(everywhere: true);
        Assert.Equal(200, (await served.Get("/")).Status);
        Assert.Equal(401, (await served.Get("/scene")).Status);
        Assert.Equal(401, (await served.Get($"/scene?token={served.Token}")).Status);
        Assert.Equal(401, (await served.Get("/events?after=0")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, await served.Refused($"http://{served.Authority}"));
        Assert.Equal(HttpStatusCode.Unauthorized,
            await served.Refused($"http://{served.Authority}", $"ganglion-{served.Port}={served.Token}"));
    }

    [Fact]
    public async Task The_token_is_exchanged_for_a_cookie_that_no_script_reads()
    {
        using var served = new Served(everywhere: true);
        (int status, string text) = await served.Post("/session", served.Token, $"Origin: http://{served.Authority}");
        Assert.Equal(204, status);
        Match cookie = Cookie().Match(text);
        Assert.True(cookie.Success, text);
        Assert.Contains("httponly", cookie.Value);
        Assert.Contains("samesite=strict", cookie.Value);
        Assert.DoesNotContain(served.Token, text);
        Assert.Equal(200, (await served.Get("/scene", $"Cookie: {cookie.Groups[1].Value}")).Status);
        using ClientWebSocket window = await served.Open(cookie: cookie.Groups[1].Value);
        Assert.Equal(WebSocketMessageType.Text, (await served.Read(window)).Type);
    }

    [Fact]
    public async Task A_wrong_token_and_one_from_another_page_get_none()
    {
        using var served = new Served(everywhere: true);
        Assert.Equal(403, (await served.Post("/session", served.Token)).Status);
        Assert.Equal(403, (await served.Post("/session", served.Token, "Origin: http://evil.example")).Status);
        for (int i = 0; i < 5; i++)
        {
            (int status, string text) = await served.Post("/session", $"{i}", $"Origin: http://{served.Authority}");
            Assert.Equal(403, status);
            Assert.DoesNotContain("Set-Cookie", text);
        }

        Assert.Equal(429, (await served.Post("/session", served.Token, $"Origin: http://{served.Authority}")).Status);
        Assert.Equal(400, (await served.Post("/session", new string('a', 300), $"Origin: http://{served.Authority}")).Status);
    }

    [Fact]
    public void Wrong_tokens_cost_a_minute_and_only_their_sender()
    {
        var token = new AccessToken(() => _now);
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(Entry.Wrong, token.TryEnter(token.Text[1..], Here, out string none));
            Assert.Equal("", none);
        }

        Assert.Equal(Entry.TooMany, token.TryEnter(token.Text, Here, out _));
        Assert.Equal(Entry.Granted, token.TryEnter(token.Text, There, out string session));
        Assert.True(token.Knows(session));
        _now = 61_000;
        Assert.Equal(Entry.Granted, token.TryEnter(token.Text, Here, out string other));
        Assert.NotEqual(session, other);
    }

    [Fact]
    public void Many_senders_share_an_account()
    {
        var token = new AccessToken(() => _now);
        for (int i = 0; i < 1000; i++)
        {
            token.TryEnter("wrong", new IPAddress(i + 1), out _);
        }

        Assert.Equal(Entry.TooMany, token.TryEnter(token.Text, new IPAddress(5000), out _));
        _now = 61_000;
        Assert.Equal(Entry.Granted, token.TryEnter(token.Text, new IPAddress(5000), out _));
    }

    [Fact]
    public void Tokens_differ_and_sessions_end_for_newer_ones()
    {
        var token = new AccessToken(() => _now);
        Assert.NotEqual(token.Text, new AccessToken(() => _now).Text);
        Assert.Equal(32, token.Text.Length);
        token.TryEnter(token.Text, Here, out string first);
        for (int i = 0; i < 64; i++)
        {
            Assert.True(token.Knows(first));
            token.TryEnter(token.Text, Here, out _);
        }

        Assert.False(token.Knows(first));
        Assert.False(token.Knows(null));
        Assert.False(token.Knows(token.Text));
        Assert.False(token.Knows(new string('a', 10_000)));
    }

    [GeneratedRegex("[Ss]et-[Cc]ookie: (ganglion-[0-9]+=[0-9a-f]{64})[^\r]*")]
    private static partial Regex Cookie();
}
