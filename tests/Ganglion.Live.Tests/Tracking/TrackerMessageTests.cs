using System.Text;
using Ganglion.Basics.Space;
using Ganglion.Live.Tracking;

namespace Ganglion.Live.Tests.Tracking;

public class TrackerMessageTests
{
    private static TrackerMessage Read(string json, string? token = null) => TrackerMessage.Read(Encoding.UTF8.GetBytes(json), token, 2);

    [Fact]
    public void All_fields_come_through()
    {
        TrackerMessage message = Read("""
            {"t":12.5,"frame":"base","position_mm":[100,-20.5,1e2],"quaternion":[-0.6,0,-0.8,0],"id":7,
             "modules":[{"position_mm":[1,2,3],"quaternion":[1,0,0,0]},{"position_mm":[4,5,6],"quaternion":[0,1,0,0]}]}

            """);
        Assert.Equal(12.5, message.Seconds);
        Assert.Equal(new Vec3(0.1, -0.0205, 0.1), message.Tip.Position);
        Assert.Equal(new Quat(0.6, 0, 0.8, 0), message.Tip.Orientation);
        Assert.True(message.HasOrientation);
        Assert.Equal([new Vec3(1e-3, 2e-3, 3e-3), new Vec3(4e-3, 5e-3, 6e-3)], message.Modules.Select(module => module.Position));
        Assert.Equal(new Quat(0, 1, 0, 0), message.Modules[1].Orientation);
    }

    [Fact]
    public void A_position_alone_is_enough()
    {
        TrackerMessage message = Read("""{"position_mm":[1,2,3]}""");
        Assert.Null(message.Seconds);
        Assert.False(message.HasOrientation);
        Assert.Equal(new Pose(new Vec3(1e-3, 2e-3, 3e-3), Quat.Identity), message.Tip);
        Assert.Empty(message.Modules);
    }

    [Theory]
    [InlineData(TrackerRefusal.Malformed, "no JSON", "")]
    [InlineData(TrackerRefusal.Malformed, "no JSON", "1 2 3")]
    [InlineData(TrackerRefusal.Malformed, "no JSON", """{"position_mm":[1,2,3]""")]
    [InlineData(TrackerRefusal.Malformed, "no JSON", """{"position_mm":[1,2,3]}{"position_mm":[1,2,3]}""")]
    [InlineData(TrackerRefusal.Malformed, "no JSON object", "[1,2,3]")]
    [InlineData(TrackerRefusal.Malformed, "position_mm is missing", """{"position":[1,2,3]}""")]
    [InlineData(TrackerRefusal.Malformed, "no list of 3 numbers", """{"position_mm":[1,2]}""")]
    [InlineData(TrackerRefusal.Malformed, "no list of 3 numbers", """{"position_mm":{"x":1}}""")]
    [InlineData(TrackerRefusal.Malformed, "holds \"1\"", """{"position_mm":["1",2,3]}""")]
    [InlineData(TrackerRefusal.Malformed, "holds null", """{"position_mm":[null,2,3]}""")]
    [InlineData(TrackerRefusal.Malformed, "no list of 4 numbers", """{"position_mm":[1,2,3],"quaternion":[1,0,0]}""")]
    [InlineData(TrackerRefusal.Malformed, "t holds", """{"t":"now","position_mm":[1,2,3]}""")]
    [InlineData(TrackerRefusal.Malformed, "modules is no list of 2", """{"position_mm":[1,2,3],"modules":[{}]}""")]
    [InlineData(TrackerRefusal.Malformed, "modules[1].quaternion is missing",
        """{"position_mm":[1,2,3],"modules":[{"position_mm":[1,2,3],"quaternion":[1,0,0,0]},{"position_mm":[1,2,3]}]}""")]
    [InlineData(TrackerRefusal.Malformed, "modules[0] is no object", """{"position_mm":[1,2,3],"modules":[1,2]}""")]
    [InlineData(TrackerRefusal.NotFinite, "NaN", """{"position_mm":[NaN,2,3]}""")]
    [InlineData(TrackerRefusal.NotFinite, "Infinity", """{"position_mm":[1,-Infinity,3]}""")]
    [InlineData(TrackerRefusal.NotFinite, "1e999", """{"position_mm":[1e999,2,3]}""")]
    [InlineData(TrackerRefusal.NotFinite, "t holds 1e999", """{"t":1e999,"position_mm":[1,2,3]}""")]
    [InlineData(TrackerRefusal.NotFinite, "length 2", """{"position_mm":[1,2,3],"quaternion":[2,0,0,0]}""")]
    [InlineData(TrackerRefusal.NotFinite, "length 0", """{"position_mm":[1,2,3],"quaternion":[0,0,0,0]}""")]
    [InlineData(TrackerRefusal.ForeignFrame, "\"camera\"", """{"position_mm":[1,2,3],"frame":"camera"}""")]
    [InlineData(TrackerRefusal.ForeignFrame, "3", """{"position_mm":[1,2,3],"frame":3}""")]
    public void What_cannot_be_used_is_refused_in_words(TrackerRefusal refusal, string told, string json)
    {
        TrackerRefusedException error = Assert.Throws<TrackerRefusedException>(() => Read(json));
        Assert.Equal(refusal, error.Refusal);
        Assert.Contains(told, error.Message);
    }

    [Fact]
    public void A_token_is_demanded_where_there_is_one()
    {
        Assert.Equal(1e-3, Read("""{"token":"open sesame","position_mm":[1,2,3]}""", "open sesame").Tip.Position.X);
        foreach (string json in (string[])["""{"token":"open barley","position_mm":[1,2,3]}""", """{"position_mm":[1,2,3]}""",
            """{"token":5,"position_mm":[1,2,3]}"""])
        {
            Assert.Equal(TrackerRefusal.WrongToken, Assert.Throws<TrackerRefusedException>(() => Read(json, "open sesame")).Refusal);
        }
    }

    [Theory]
    [InlineData("udp:9000", "127.0.0.1:9000")]
    [InlineData("udp:127.0.0.2:9000", "127.0.0.2:9000")]
    [InlineData("udp:[::1]:9000", "[::1]:9000")]
    public void Places_on_this_machine_need_no_token(string text, string address) =>
        Assert.Equal(address, PoseEndpoint.Parse(text, null).Address.ToString());

    [Theory]
    [InlineData("udp:0.0.0.0:9000", null, "give a token")]
    [InlineData("udp:192.168.1.5:9000", null, "give a token")]
    [InlineData("udp:192.168.1.5:9000", "short", "at least 8")]
    [InlineData("udp:9000", "", "at least 8")]
    [InlineData("udp:0", null, "no place for poses")]
    [InlineData("udp:70000", null, "no place for poses")]
    [InlineData("udp:-1", null, "no place for poses")]
    [InlineData("udp:", null, "no place for poses")]
    [InlineData("udp:127.0.0.1", null, "no place for poses")]
    [InlineData("tcp:9000", null, "no place for poses")]
    [InlineData("9000", null, "no place for poses")]
    [InlineData("udp:example.org:9000", null, "no place for poses")]
    public void Other_places_are_refused(string text, string? token, string told) =>
        Assert.Contains(told, Assert.Throws<FormatException>(() => PoseEndpoint.Parse(text, token)).Message);

    [Fact]
    public void A_network_with_a_token_is_allowed() =>
        Assert.Equal("udp:192.168.1.5:9000", PoseEndpoint.Parse("udp:192.168.1.5:9000", "open sesame").ToString());

    /// <summary>JSON that a parser passes and that holds no text: each is refused, with a demanded token and without.</summary>
    [Theory]
    [InlineData("""{"\ud800a":1}""")]
    [InlineData("""{"\ud800a":1,"position_mm":[0,0,500]}""")]
    [InlineData("""{"token":"\ud800","position_mm":[0,0,500]}""")]
    [InlineData("""{"frame":"\udc00","position_mm":[0,0,500]}""")]
    [InlineData("""{"frame":"b\u00e4se\ud83d","position_mm":[0,0,500]}""")]
    [InlineData("""{"position_mm":["\ud800",0,500]}""")]
    [InlineData("""{"position_mm":[0,0,500],"modules":[{"\ud800":1}]}""")]
    [InlineData("""{"token":"TOKEN","frame":"\ud800","position_mm":[0,0,500]}""")]
    [InlineData("{\"t\u00e4\":1,\"position_mm\":[0,0,500]}")]
    [InlineData("{\"token\":\"t\u00e4\",\"frame\":\"\u00ff\"}")]
    public void Text_that_is_no_text_is_refused(string json)
    {
        foreach (string? token in new[] { null, "12345678" })
        {
            byte[] datagram = System.Text.Encoding.Latin1.GetBytes(json.Replace("TOKEN", token ?? ""));
            try
            {
                TrackerMessage.Read(datagram, token, 10);
            }
            catch (TrackerRefusedException)
            {
            }
        }
    }

    /// <summary>Whatever bytes come, a datagram is read or refused in words.</summary>
    [Fact]
    public void Bytes_of_any_kind_are_read_or_refused()
    {
        var random = new Random(1);
        byte[] whole = System.Text.Encoding.UTF8.GetBytes(
            """{"t":1.5,"position_mm":[10,20,500.5],"quaternion":[1,0,0,0],"frame":"base","token":"12345678","x":"\u00e4\ud83d\ude00"}""");
        int read = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] datagram = (byte[])whole.Clone();
            for (int k = random.Next(4); k >= 0; k--)
            {
                datagram[random.Next(datagram.Length)] = (byte)(random.Next(2) == 0 ? random.Next(256) : "\"\\{}[],:du8"[random.Next(11)]);
            }

            try
            {
                int length = random.Next(3) == 0 ? random.Next(datagram.Length) : datagram.Length;
                TrackerMessage.Read(datagram.AsMemory(0, length), "12345678", 10);
                read++;
            }
            catch (TrackerRefusedException)
            {
            }
        }

        Assert.InRange(read, 300, 19_000);
    }
}
