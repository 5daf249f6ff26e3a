using System.Diagnostics;
using System.Net.WebSockets;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Ganglion.Arm.Control;
using Ganglion.Bridge.Recording;
using Ganglion.Dashboard.Foxglove;
using Ganglion.Live;
using Ganglion.Live.Reaching;
using Ganglion.Live.Recording;
using Ganglion.Robots.Robot;
using Ganglion.Sim;

namespace Ganglion.Dashboard.Tests.Foxglove;

/// <summary>The live stream, read by Foxglove's own client (npm's @foxglove/ws-protocol), and what others may not do with it.</summary>
public sealed class FoxgloveTests
{
    private static readonly string[] Topics = ["/arm/pose", "/board/base/events", "/board/base/identity", "/board/base/rx",
        "/board/base/setpoints", "/board/base/telemetry", "/board/base/tx", "/joint_states", "/scene", "/tf"];

    [Fact]
    public async Task Foxgloves_client_sees_what_a_log_would_have()
    {
        using var server = new FoxgloveServer("trunk6-3g", 0);
        server.AddMetadata("run", [new("seed", "1"), new("robot", "trunk6-3g")]);
        using Process client = Watch(server.Address, Topics);
        Assert.Equal("connected", await client.StandardOutput.ReadLineAsync());
        Move(server, () => client.HasExited);
        string told = await client.StandardOutput.ReadToEndAsync();
        await client.WaitForExitAsync();
        Assert.True(client.ExitCode == 0, await client.StandardError.ReadToEndAsync());
        JsonElement answer = JsonDocument.Parse(told).RootElement, seen = answer.GetProperty("seen");
        Assert.Equal("trunk6-3g", answer.GetProperty("server").GetProperty("name").GetString());
        Assert.Equal(("foxglove.FrameTransforms", "foxglove.SceneUpdate", "foxglove.JointStates", "foxglove.Log"),
            (Schema("/tf"), Schema("/scene"), Schema("/joint_states"), Schema("/board/base/events")));
        Assert.Equal(0xA5, seen.GetProperty("/board/base/rx").GetProperty("last").GetInt32());
        Assert.Equal(7, seen.GetProperty("/tf").GetProperty("last").GetProperty("transforms").GetArrayLength());

        // Parameters are for reading: setting one is refused in words, and changes nothing.
        Assert.Equal("1", answer.GetProperty("parameters").GetProperty("run.seed").GetString());
        Assert.Contains("for watching", Assert.Single(answer.GetProperty("status").EnumerateArray()).GetString());

        string? Schema(string topic) => seen.GetProperty(topic).GetProperty("schema").GetString();
    }

    [Fact]
    public async Task Web_pages_of_others_and_clients_of_other_protocols_are_refused()
    {
        using var server = new FoxgloveServer("arm", 0);
        foreach ((string? origin, string protocol, bool taken) in new[]
        {
            (null, "foxglove.websocket.v1", true), (null, "foxglove.sdk.v1", true), (null, "mqtt", false),
            ("https://app.foxglove.dev", "foxglove.sdk.v1", true), ("https://evil.example", "foxglove.sdk.v1", false),
            ("http://127.0.0.1:8047", "foxglove.sdk.v1", false), ("null", "foxglove.sdk.v1", false),
        })
        {
            using var socket = new ClientWebSocket();
            socket.Options.AddSubProtocol(protocol);
            if (origin != null)
            {
                socket.Options.SetRequestHeader("Origin", origin);
            }

            Task connect = socket.ConnectAsync(new Uri(server.Address), CancellationToken.None);
            if (taken)
            {
                await connect;
                Assert.Equal(protocol, socket.SubProtocol);
            }
            else
            {
                await Assert.ThrowsAsync<WebSocketException>(() => connect);
            }
        }
    }

    /// <summary>Damaged requests, by a seed: the client is let go or told that nothing is done, and the next one is served.</summary>
    [Fact]
    public async Task Damaged_requests_end_their_client_alone()
    {
        using var server = new FoxgloveServer("arm", 0);
        ushort channel = server.AddChannel("/a", "json", server.AddSchema("a", "jsonschema", "{}"u8));
        string[] good = [$$"""{"op":"subscribe","subscriptions":[{"id":1,"channelId":{{channel}}}]}""",
            """{"op":"unsubscribe","subscriptionIds":[1]}""", """{"op":"getParameters","parameterNames":["run.seed"],"id":"x"}"""];
        var random = new Random(20261129);
        for (int i = 0; i < 60; i++)
        {
            using var socket = new ClientWebSocket();
            socket.Options.AddSubProtocol("foxglove.sdk.v1");
            await socket.ConnectAsync(new Uri(server.Address), CancellationToken.None);
            for (int message = 0; message < 20 && socket.State == WebSocketState.Open; message++)
            {
                byte[] text = Encoding.UTF8.GetBytes(good[random.Next(good.Length)]);
                for (int damage = random.Next(4); damage > 0; damage--)
                {
                    text[random.Next(text.Length)] = (byte)random.Next(256);
                }

                try
                {
                    await socket.SendAsync(text, random.Next(8) == 0 ? WebSocketMessageType.Binary : WebSocketMessageType.Text, true,
                        CancellationToken.None);
                }
                catch (WebSocketException)
                {
                    break; // let go meanwhile
                }
            }
        }

        using var last = new ClientWebSocket();
        last.Options.AddSubProtocol("foxglove.sdk.v1");
        await last.ConnectAsync(new Uri(server.Address), CancellationToken.None);
        byte[] answer = new byte[4096];
        WebSocketReceiveResult received = await last.ReceiveAsync(answer, CancellationToken.None);
        Assert.Contains("serverInfo", Encoding.UTF8.GetString(answer, 0, received.Count), StringComparison.Ordinal);
    }

    /// <summary>What it cannot do is told by its name, of which no more is told back than a person reads.</summary>
    [Fact]
    public async Task A_request_with_a_long_name_has_a_short_answer()
    {
        using var server = new FoxgloveServer("arm", 0);
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("foxglove.sdk.v1");
        await socket.ConnectAsync(new Uri(server.Address), CancellationToken.None);
        byte[] asked = Encoding.UTF8.GetBytes($$"""{"op":"{{new string('x', 50_000)}}"}"""), answer = new byte[4096];
        await socket.SendAsync(asked, WebSocketMessageType.Text, true, CancellationToken.None);
        WebSocketReceiveResult received;
        do
        {
            received = await socket.ReceiveAsync(answer, CancellationToken.None);
        }
        while (!answer.AsSpan(0, received.Count).StartsWith("{\"op\":\"status\""u8));
        Assert.True(received.EndOfMessage);
        Assert.Contains($"'{new string('x', 40)}' is not done here", Encoding.UTF8.GetString(answer, 0, received.Count)
            .Replace("\\u0027", "'", StringComparison.Ordinal));
    }

    /// <summary>A client that subscribes and never reads costs its own messages, whole ones, and nothing else.</summary>
    [Fact]
    public void Messages_that_find_no_room_are_left_out_whole_and_counted()
    {
        var ring = new MessageRing(1024);
        byte[] data = new byte[100], message = new byte[16];
        for (int i = 0; i < 20; i++)
        {
            data.AsSpan().Fill((byte)i);
            ring.Add(7, i, data);
        }

        int taken = 0;
        for (int length; (length = ring.Take(ref message)) > 0; taken++)
        {
            Assert.Equal(113, length);
            Assert.Equal((1, 7u, (long)taken), (message[0], BitConverter.ToUInt32(message, 1), BitConverter.ToInt64(message, 5)));
            Assert.All(message[13..113], value => Assert.Equal(taken, value));
        }

        Assert.Equal((8, 12), (taken, ring.LeftOut));
        ring.Add(7, 1, data);
        Assert.Equal(113, ring.Take(ref message));
    }

    private static Process Watch(string address, string[] topics)
    {
        string peers = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(one => one.Key == "Peers").Value!;
        return Process.Start(new ProcessStartInfo("node", [Path.Combine(peers, "watch.mjs"), address, .. topics])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    /// <summary>An arm that reaches for random targets, at a pace that a client can follow, until told to end.</summary>
    private static void Move(FoxgloveServer server, Func<bool> enough)
    {
        RobotDescription robot = RobotFile.Load(Path.Combine(AppContext.BaseDirectory, "hardware", "robots", "trunk6-3g.yaml"));
        using var arm = VirtualArm.InVirtualTime(robot, 1);
        var frames = new SessionRecorder(server, arm.Clock, DateTimeOffset.UnixEpoch, robot);
        using var session = new ArmSession(robot, arm.Ports, arm.Clock, new Random(1), frames);
        session.Open();
        using var end = new CancellationTokenSource();
        PoseRecorder? poses = null;
        ReachRun.Execute(session, new LeastSquaresController(session.Arm, 1, orientation: false), arm,
            new ReachRunOptions(1000, int.MaxValue, 1), _ =>
            {
                (poses ??= new PoseRecorder(frames.Log, session)).Note(arm.Posture(), null);
                Thread.Sleep(5);
                if (enough())
                {
                    end.Cancel();
                }
            }, end.Token);
    }
}
