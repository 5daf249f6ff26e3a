using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Tests.Session;
using Ganglion.Shared.Link;

namespace Ganglion.Bridge.Tests.Operations;

/// <summary>PROTOCOL.md, "Which board this is".</summary>
public class NamingTests
{
    private static BoardConfiguration For(string name, int channels = 20) => Bench.Servos(channels) with { Board = name };

    private static Bench Flashed(string name)
    {
        var bench = new Bench();
        bench.Board.FirmwareName = name;
        bench.Board.Reset(0, 0);
        bench.Session.Await(bench.Session.Connect());
        return bench;
    }

    [Fact]
    public void A_flashed_name_is_told_and_kept()
    {
        Bench bench = Flashed("arm/tip");
        Assert.Equal(("arm/tip", true), (bench.Session.Identity!.Name, bench.Session.Identity.IsFlashed));
        bench.Session.Await(bench.Session.Configure(For("arm/tip")));
        bench.Session.Await(bench.Session.Arm());
        Assert.Equal(("arm/tip", true), (bench.Session.Identity!.Name, bench.Session.Identity.IsFlashed));
    }

    /// <summary>The name of another board of the arm, of another robot's board with the same id, and one that only begins alike.</summary>
    [Theory]
    [InlineData("arm/middle")]
    [InlineData("walker/tip")]
    [InlineData("arm/tip2")]
    [InlineData("tip")]
    public void A_board_flashed_to_be_another_is_refused_and_told_nothing(string name)
    {
        Bench bench = Flashed(name);
        BoardException error = Assert.Throws<BoardException>(() => bench.Session.Configure(For("arm/tip")));
        Assert.Equal(Reason.WrongBoard, error.Reason);
        Assert.Contains($"is '{name}' by its firmware, and 'arm/tip' is meant. Give --port in the order", error.Message);
        bench.Poll(200);
        Assert.Null(bench.Board.Core.Store.Config);
    }

    /// <summary>Two boards of an arm may have the same configuration to the last byte.</summary>
    [Fact]
    public void A_board_without_a_name_is_what_it_was_configured_as_until_its_reset()
    {
        var bench = new Bench();
        Assert.Equal("", bench.Session.Await(bench.Session.Connect()).Name);
        bench.Session.Await(bench.Session.Configure(For("arm/middle")));
        Assert.Equal(("arm/middle", false), (bench.Session.Identity!.Name, bench.Session.Identity.IsFlashed));
        bench.Session.Dispose();

        using BoardSession next = bench.NewSession("tip", 2);
        Assert.Equal("arm/middle", next.Await(next.Connect()).Name);
        Assert.Contains("was configured as 'arm/middle' before, and 'arm/tip' is meant. Give --port in the order",
            Assert.Throws<BoardException>(() => next.Configure(For("arm/tip"))).Message);
        next.Await(next.Configure(For("arm/middle")));
        next.Dispose();

        bench.Board.Reset(bench.Time.NowNanoseconds, 0);
        using BoardSession last = bench.NewSession("tip", 3);
        Assert.Equal("", last.Await(last.Connect()).Name);
        last.Await(last.Configure(For("arm/tip")));
        Assert.Equal("arm/tip", last.Identity!.Name);
    }

    /// <summary>One board on a desk serves one robot after the other.</summary>
    [Fact]
    public void A_configuration_of_another_robot_takes_a_board_over_that_has_no_name_of_its_own()
    {
        var bench = new Bench();
        bench.Session.Await(bench.Session.Connect());
        bench.Session.Await(bench.Session.Configure(For("arm/tip")));
        bench.Session.Await(bench.Session.Configure(For("rig/base")));
        Assert.Equal("rig/base", bench.Session.Identity!.Name);
        Assert.Equal("rig/base"u8.ToArray(), bench.Board.Core.Store.Name);
    }

    [Fact]
    public void A_board_refuses_what_was_made_for_another_by_itself()
    {
        byte[] begin = [24, 0, 1, 2, 3, 4];
        var bench = new CoreBench(null, "arm/tip");
        Assert.Equal(Reason.WrongBoard, bench.Command(MessageType.ConfigBegin, [.. begin, .. "arm/top"u8]));
        Assert.Equal(Reason.WrongBoard, bench.Command(MessageType.ConfigBegin, [.. begin, .. "arm/ti"u8]));
        Assert.Equal(Reason.None, bench.Command(MessageType.ConfigBegin, [.. begin, .. "arm/tip"u8]));
        Assert.Equal(Reason.None, bench.Command(MessageType.ConfigBegin, begin));
        Assert.Equal(Reason.WrongLength, bench.Command(MessageType.ConfigBegin, [.. begin, .. new byte[98]]));
        Assert.Equal(Reason.None, new CoreBench(null).Command(MessageType.ConfigBegin, [.. begin, .. new byte[97]]));
    }

    /// <summary>While a cable was out, another board came to be behind the port.</summary>
    [Fact]
    public void A_port_that_comes_back_with_another_board_is_left_alone()
    {
        Bench bench = Flashed("arm/tip");
        bench.Session.Await(bench.Session.Configure(For("arm/tip")));
        bench.Session.Await(bench.Session.Arm());
        bench.Wire.Plugged = false;
        bench.Poll(60);
        bench.Board.FirmwareName = "arm/middle";
        bench.Board.Reset(bench.Time.NowNanoseconds, 0);
        bench.Wire.Plugged = true;
        bench.Poll(500);
        Assert.Equal(SessionPhase.Closed, bench.Session.Phase);
        Assert.Null(bench.Board.Core.Store.Config);
        BoardEvent told = Assert.Single(bench.Events, e => e.Kind == BoardEventKind.Failed);
        Assert.Contains("is 'arm/middle' by its firmware, and 'arm/tip' is meant", told.Words);
        Assert.Contains("'arm/middle'", bench.Session.Stopped("").Message);
    }

    /// <summary>What a board says of itself goes to terminals.</summary>
    [Fact]
    public void A_name_that_is_no_text_is_shown_without_harm()
    {
        Bench bench = Flashed("a\u001b[2J/\u00ff");
        Assert.Equal("a?[2J/?", bench.Session.Identity!.Name);
    }
}
