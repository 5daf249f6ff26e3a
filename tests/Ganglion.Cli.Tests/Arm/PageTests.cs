using System.Net.WebSockets;
using System.Text;

namespace Ganglion.Cli.Tests.Arm;

/// <summary>The page of a verb, as somebody finds it who only has the program.</summary>
public sealed class PageTests
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(120);

    [Fact]
    public async Task Run_prints_where_its_page_is_and_the_page_stops_it()
    {
        using var process = GanglionProcess.Start("run", "--controller", "ik", "--virtual-time", "--seconds", "86400", "--listen", "0");
        Uri address = await PageAddress.Of(process);
        using var patience = new CancellationTokenSource(Guard);
        using var client = new HttpClient { BaseAddress = address };
        Assert.Contains("<title>Ganglion</title>", await client.GetStringAsync("/", patience.Token));
        Assert.Contains("\"robot\":\"trunk10-4g\"", await client.GetStringAsync("/scene", patience.Token));
        using ClientWebSocket window = await Stop(address, patience.Token);
        Outcome end = await Task.Run(process.End, patience.Token);
        Assert.Equal(1, end.ExitCode);
        Assert.Contains("stopped from the page: the arm's outputs are off", end.Errors);
    }

    [Trait("Ports", "Real")]
    [Theory]
    [InlineData("teleop")]
    [InlineData("run")]
    public async Task An_arm_can_be_led_from_its_page(string verb)
    {
        (GanglionProcess process, Uri address) = await PageAddress.Start(verb, "--controller", "ik", "--listen", "127.0.0.1:0");
        using GanglionProcess led = process;
        using var client = new HttpClient { BaseAddress = address };
        Assert.Contains("\"control\":\"operated\"", await client.GetStringAsync("/scene"));
        process.Interrupt();
        Outcome end = await Task.Run(process.End);
        Assert.True(end.ExitCode is 0 or 130 || end.Starved, $"{end.ExitCode}: {end.Errors}");
    }

    /// <summary>Of each kind of motion that a board makes by itself: the page shows it, and stops it.</summary>
    [Trait("Ports", "Real")]
    [Theory]
    [InlineData("\"walker\":{", "gait", "play", "walk")]
    [InlineData("\"motion\":\"walk7\"", "rhythm", "play", "walk7")]
    [InlineData("\"unit\":\"kPa\"", "pressure")]
    public async Task What_a_board_does_by_itself_is_seen_and_stopped(string scene, params string[] verb)
    {
        (GanglionProcess process, Uri address) = await PageAddress.Start([.. verb, "--listen", "0"]);
        using GanglionProcess watched = process;
        using var patience = new CancellationTokenSource(Guard);
        using var client = new HttpClient { BaseAddress = address };
        string told = await client.GetStringAsync("/scene", patience.Token);
        Assert.Contains(scene, told);
        Assert.Contains("\"control\":\"watched\"", told);
        ClientWebSocket? window = null;
        try
        {
            window = await Stop(address, patience.Token);
        }
        catch (WebSocketException)
        {
            // The verb ended while the window looked: its words have to say that the machine was too busy for real time.
        }

        using ClientWebSocket? open = window;
        Outcome end = await Task.Run(process.End, patience.Token);
        Assert.True(end.Starved || (end.ExitCode == 1 && end.Errors.Contains("stopped from the page: the board's outputs are off")),
            $"{end.ExitCode}: {end.Errors}");
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        using var first = GanglionProcess.Start("run", "--controller", "ik", "--virtual-time", "--seconds", "86400", "--listen", "0");
        int port = (await PageAddress.Of(first)).Port;
        string[] again = ["run", "--controller", "ik", "--virtual-time", "--seconds", "1", "--listen", $"{port}"];
        string told = GanglionProcess.Run(again).Refused(1);
        Assert.Contains($"the page cannot be served at 127.0.0.1:{port}", told);
        Assert.Contains("Choose another port with --listen. Or leave the page off with --no-page.", told);
    }

    [Theory]
    [InlineData("--listen: 'robot.local' is no address to listen on", "--listen", "robot.local")]
    [InlineData("do not go together", "--gait", "walk", "--listen", "8047", "--no-page")]
    [InlineData("do not go together", "--listen", "8047", "--no-page")]
    public void A_place_that_is_none_is_refused(string expected, params string[] options) =>
        Assert.Contains(expected, InProcess.Run(["teleop", .. options]).Refused(2));

    /// <summary>Stops it from a window that has seen it.</summary>
    /// <returns>The window, to be left open until that was heard.</returns>
    private static async Task<ClientWebSocket> Stop(Uri address, CancellationToken patience)
    {
        ClientWebSocket window = new();
        window.Options.SetRequestHeader("Origin", address.GetLeftPart(UriPartial.Authority));
        await window.ConnectAsync(new Uri($"ws://{address.Authority}/stream"), patience);
        byte[] told = new byte[65_536];
        while ((await window.ReceiveAsync(told, patience)).MessageType != WebSocketMessageType.Binary)
        {
        }

        await window.SendAsync(Encoding.UTF8.GetBytes("{\"t\":\"stop\"}"), WebSocketMessageType.Text, true, patience);
        return window;
    }
}
