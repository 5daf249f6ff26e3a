using System.Net.WebSockets;
using System.Text;
using Ganglion.Dashboard.Steering;
using Ganglion.Dashboard.Stream;
using Ganglion.Live.Teleop;

namespace Ganglion.Dashboard.Tests.Steering;

/// <summary>What a window may say, and that anything else moves nothing and breaks nothing.</summary>
public sealed class PageMessageTests
{
    private const string Pose = "{\"t\":\"input\",\"held\":true,\"sent\":12.5,\"pose\":[0.1,-0.05,0.4,1,0,0,0]}";

    private static readonly string[] Good =
    [
        Pose, "{\"t\":\"input\",\"held\":true,\"way\":[1,0,-0.5],\"turn\":[0,0,0.25]}", "{\"t\":\"input\",\"held\":false}",
        "{\"t\":\"input\",\"held\":true,\"gear\":3,\"value\":0.5}", "{\"t\":\"input\",\"held\":true,\"frequency\":1.5,\"amplitude\":1}",
        "{\"t\":\"take\",\"over\":true}", "{\"t\":\"leave\"}", "{\"t\":\"stop\"}", "{\"t\":\"rearm\"}", "{\"t\":\"home\"}",
        "{\"t\":\"play\",\"factor\":0.5}", "{\"t\":\"replay\",\"name\":\"a.mcap\",\"factor\":2}",
        "{\"t\":\"set\",\"name\":\"drive\",\"value\":0.5}", "{\"t\":\"anew\"}", "{\"t\":\"save\"}",
        "{\"t\":\"line\",\"at\":12.5,\"plays\":true,\"speed\":2}",
    ];

    [Fact]
    public void A_pose_is_read_as_it_is_meant()
    {
        TeleopInput input = PageMessage.Read(Served.Text(Pose)).Input!.Value;
        Assert.True(input.Held);
        Assert.Equal(TeleopKind.Pose, input.Kind);
        Assert.Equal(12.5, input.Sent);
        Assert.Equal(-0.05, input.Target.Position.Y);
        Assert.Equal(1, input.Target.Orientation.W);
        Assert.Equal(TeleopOrderKind.Stop, PageMessage.Read(Served.Text("{\"t\":\"stop\"}")).Order!.Value.Kind);
        Assert.True(PageMessage.Read(Served.Text(Good[5])).Over);
        Assert.False(PageMessage.Read(Served.Text("{\"t\":\"take\"}")).Over);
        Assert.Equal((12.5, true, 2), PageMessage.Read(Served.Text(Good[^1])).Line);
        Assert.Equal(("drive", 0.5), PageMessage.Read(Served.Text(Good[^4])).Setting);
        Assert.True(PageMessage.Read(Served.Text(Good[^3])).BeginsAnew);
        Assert.True(PageMessage.Read(Served.Text(Good[^2])).Saves);
        Assert.Equal((null, false, null), PageMessage.Read(Served.Text("{\"t\":\"line\",\"plays\":false}")).Line);
    }

    [Fact]
    public void A_grip_is_read_as_it_is_meant()
    {
        TeleopInput input = PageMessage.Read(Served.Text("{\"t\":\"input\",\"held\":true,\"grip\":0.7}")).Input!.Value;
        Assert.Equal((true, TeleopKind.Grip, 0.7), (input.Held, input.Kind, input.Values.X));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"t\":1}")]
    [InlineData("{\"t\":\"explode\"}")]
    [InlineData("{\"t\":\"input\",\"held\":1}")]
    [InlineData("{\"t\":\"input\",\"held\":true,\"pose\":[1,2,3]}")]
    [InlineData("{\"t\":\"input\",\"held\":true,\"pose\":[1e999,0,0,1,0,0,0]}")]
    [InlineData("{\"t\":\"input\",\"held\":true,\"pose\":[NaN,0,0,1,0,0,0]}")]
    [InlineData("{\"t\":\"input\",\"held\":true,\"pose\":\"0,0,0,1,0,0,0\"}")]
    [InlineData("{\"t\":\"input\",\"held\":true,\"pose\":[[0],0,0,1,0,0,0]}")]
    [InlineData("{\"t\":\"input\",\"held\":true,\"gear\":0.5,\"value\":1}")]
    [InlineData("{\"t\":\"input\",\"held\":true,\"gear\":1}")]
    [InlineData("{\"t\":\"input\",\"held\":true,\"grip\":[1]}")]
    [InlineData("{\"t\":\"input\",\"held\":true,\"gear\":99999999999,\"value\":1}")]
    [InlineData("{\"t\":\"input\",\"held\":true,\"surprise\":1}")]
    [InlineData("{\"t\":\"stop\"} {\"t\":\"stop\"}")]
    [InlineData("{\"t\":\"replay\",\"name\":5}")]
    [InlineData("{\"t\":\"take\",\"over\":\"yes\"}")]
    [InlineData("{\"t\":\"line\",\"at\":\"end\"}")]
    [InlineData("{\"t\":\"line\",\"speed\":1e999}")]
    [InlineData("{\"t\":\"line\",\"plays\":1}")]
    [InlineData("{\"t\":\"set\",\"name\":\"drive\"}")]
    [InlineData("{\"t\":\"set\",\"name\":5,\"value\":1}")]
    [InlineData("{\"t\":\"set\",\"name\":\"drive\",\"value\":1e999}")]
    [InlineData("{\"t\":\"anew\",\"name\":\"drive\"}")]
    public void What_no_page_sends_is_refused_in_words(string text)
    {
        PageMessageException refused = Assert.Throws<PageMessageException>(() => PageMessage.Read(Served.Text(text)));
        Assert.InRange(Encoding.UTF8.GetByteCount(refused.Message), 10, 123);
    }

    /// <summary>Good messages, damaged at random: each is read, with finite numbers, or refused, and nothing else happens.</summary>
    [Fact]
    public void A_hundred_thousand_damaged_messages_break_nothing()
    {
        var random = new Random(20261129);
        int read = 0, refused = 0;
        for (int i = 0; i < 100_000; i++)
        {
            byte[] message = Encoding.UTF8.GetBytes(Good[random.Next(Good.Length)]);
            message = Damage(message, random);
            try
            {
                var meant = PageMessage.Read(message);
                read++;
                if (meant.Input is { Kind: TeleopKind.Pose } input)
                {
                    Assert.True(double.IsFinite(input.Target.Position.LengthSquared));
                }

                if (meant.Order is { } order)
                {
                    Assert.True(double.IsFinite(order.Factor) && order.Name.Length <= 120);
                }
            }
            catch (PageMessageException)
            {
                refused++;
            }
        }

        Assert.InRange(read, 1000, 60_000);
        Assert.InRange(refused, 40_000, 99_000);
    }

    [Fact]
    public async Task A_window_that_says_something_else_is_told_and_let_go()
    {
        using var served = new Served();
        Assert.Equal(WebSocketCloseStatus.InvalidPayloadData, await Say(served, "{\"t\":\"explode\"}"));
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, await Say(served, new string(' ', Viewer.LongestMessage + 1)));
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, await Say(served, new string(' ', 1_000_000)));
        Assert.Equal(WebSocketCloseStatus.InvalidMessageType, await Say(served, Good[0], WebSocketMessageType.Binary));
        Assert.Empty(served.Robot.Messages);
    }

    [Fact]
    public async Task A_window_that_says_too_much_is_let_go()
    {
        using var served = new Served();
        using ClientWebSocket window = await served.Open();
        Task<WebSocketCloseStatus?> closed = served.ReadToClose(window);
        try
        {
            for (int i = 0; i < 20 * Viewer.MostMessages && !closed.IsCompleted; i++)
            {
                await window.SendAsync(Served.Text("{\"t\":\"leave\"}"), WebSocketMessageType.Text, true, served.End);
            }
        }
        catch (WebSocketException)
        {
            // Cut off while it still talked.
        }

        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await closed);
        Assert.InRange(served.Robot.Messages.Count, 2 * Viewer.MostMessages, 19 * Viewer.MostMessages);
    }

    /// <summary>Each gets what it wants or goes; the next window finds the server as it was.</summary>
    [Fact]
    public async Task Damaged_messages_over_the_wire_leave_the_server_as_it_was()
    {
        using var served = new Served();
        var random = new Random(7);
        for (int i = 0; i < 200; i++)
        {
            byte[] message = Damage(Encoding.UTF8.GetBytes(Good[random.Next(Good.Length)]), random);
            using ClientWebSocket window = await served.Open();
            WebSocketMessageType type = random.Next(8) == 0 ? WebSocketMessageType.Binary : WebSocketMessageType.Text;
            await window.SendAsync(message, type, true, served.End);
            await served.Read(window);
        }

        using ClientWebSocket last = await served.Open();
        await served.Read(last);
        Assert.Equal(WebSocketMessageType.Binary, (await served.Read(last)).Type);
    }

    private static async Task<WebSocketCloseStatus?> Say(Served served, string text, WebSocketMessageType type = WebSocketMessageType.Text)
    {
        using ClientWebSocket window = await served.Open();
        try
        {
            await window.SendAsync(Served.Text(text), type, true, served.End);
        }
        catch (WebSocketException)
        {
            // Cut off while it still talked.
        }

        return await served.ReadToClose(window);
    }

    private static byte[] Damage(byte[] message, Random random)
    {
        var damaged = new List<byte>(message);
        for (int k = random.Next(2); k >= 0; k--)
        {
            int at = random.Next(damaged.Count);
            switch (random.Next(4))
            {
                case 0:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 1:
                    damaged.RemoveAt(at);
                    break;
                case 2:
                    damaged.Insert(at, (byte)"{}[]\",:0123456789eE-+."[random.Next(22)]);
                    break;
                default:
                    damaged.RemoveRange(at, Math.Min(damaged.Count - at, random.Next(1, 4)));
                    break;
            }

            if (damaged.Count == 0)
            {
                break;
            }
        }

        return [.. damaged];
    }
}
