using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Session;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Bridge.Tests.Session;

public class HandshakeTests
{
    [Fact]
    public void The_board_says_who_it_is_within_two_ticks()
    {
        var bench = new Bench();
        BoardIdentity identity = bench.Session.Await(bench.Session.Connect());
        Assert.Equal((Definition.ProtocolVersion, Definition.Hash), (identity.Protocol, identity.DefinitionHash));
        Assert.Equal((new Version(1, 2), 1, 20), (identity.Firmware, identity.Profile, identity.TickMs));
        Assert.Equal((BoardState.Idle, 0, 0u), (identity.State, identity.Channels, identity.ConfigHash));
        Assert.InRange(bench.Time.NowNanoseconds, 0, 45_000_000);
        Assert.Equal(SessionPhase.Ready, bench.Session.Phase);
        Assert.Contains(bench.Events, e => e.Kind == BoardEventKind.Connected && e.Words.Contains("firmware 1.2"));
    }

    [Fact]
    public void A_board_with_another_definition_refuses_the_host()
    {
        var bench = new Bench();
        bench.Wire.ToBoard.Rewrite = WireFrames.Rewriter(MessageType.Hello, payload => payload[2] ^= 1);
        BoardException error = Assert.Throws<BoardException>(() => bench.Session.Await(bench.Session.Connect()));
        Assert.Equal(Reason.WrongDefinition, error.Reason);
        Assert.Contains("Flash the firmware", error.Message);
        Assert.Equal(SessionPhase.Closed, bench.Session.Phase);
        Assert.False(bench.Board.Hardware.On);
    }

    [Fact]
    public void A_board_with_another_protocol_version_refuses_the_host()
    {
        var bench = new Bench();
        bench.Wire.ToBoard.Rewrite = WireFrames.Rewriter(MessageType.Hello, payload => payload[0] = 9);
        BoardException error = Assert.Throws<BoardException>(() => bench.Session.Await(bench.Session.Connect()));
        Assert.Equal((Reason.WrongProtocol, Definition.ProtocolVersion), (error.Reason, error.Detail));
    }

    [Theory]
    [InlineData(0, Reason.WrongProtocol)]
    [InlineData(3, Reason.WrongDefinition)]
    public void The_host_refuses_a_board_that_claims_another_definition(int flipped, byte reason)
    {
        var bench = new Bench();
        bench.Wire.ToHost.Rewrite = WireFrames.Rewriter(MessageType.Identity, payload => payload[flipped] ^= 2);
        BoardException error = Assert.Throws<BoardException>(() => bench.Session.Await(bench.Session.Connect()));
        Assert.Equal(reason, error.Reason);
        Assert.Equal(SessionPhase.Closed, bench.Session.Phase);
    }

    [Fact]
    public void Nobody_there_is_said_with_the_port_and_what_to_look_at()
    {
        var bench = new Bench();
        bench.Board.Dead = true;
        BoardException error = Assert.Throws<BoardException>(() => bench.Session.Await(bench.Session.Connect()));
        Assert.Contains("no board answers on test0", error.Message);
        Assert.Contains("baud rate", error.Message);
        Assert.Equal(SessionPhase.Closed, bench.Session.Phase);
    }

    [Fact]
    public void A_port_that_is_not_there_is_said_at_once()
    {
        var bench = new Bench();
        bench.Wire.Plugged = false;
        Assert.Equal(PortProblem.Missing, Assert.Throws<PortException>(() => bench.Session.Connect()).Problem);
        Assert.Equal(SessionPhase.Closed, bench.Session.Phase);
    }

    [Fact]
    public void A_board_that_is_reset_by_opening_its_port_is_waited_for()
    {
        var bench = new Bench();
        bench.Board.Reset(0, bootMilliseconds: 2000);
        BoardIdentity identity = bench.Session.Await(bench.Session.Connect());
        Assert.Equal(BoardState.Idle, identity.State);
        Assert.InRange(bench.Time.NowNanoseconds, 2_000_000_000, 2_100_000_000);
    }

    [Fact]
    public void A_lost_hello_is_repeated()
    {
        var bench = new Bench();
        bench.Wire.ToBoard.Rewrite = WireFrames.Loser(MessageType.Hello, 2);
        bench.Session.Await(bench.Session.Connect());
        Assert.InRange(bench.Time.NowNanoseconds, 120_000_000, 180_000_000);
    }

    /// <summary>Both hosts draw the same id, 1 chance in 255: the board would take the second for the first and stay armed.</summary>
    [Fact]
    public void A_session_id_that_another_host_armed_under_is_drawn_again()
    {
        var first = Bench.Armed();
        BoardSession second = first.NewSession("base", seed: 1);
        BoardIdentity identity = second.Await(second.Connect());
        Assert.Equal((BoardState.Hold, Reason.SessionReplaced), (identity.State, identity.Reason));
        Assert.False(second.IsArmed);
    }

    [Fact]
    public void Commands_without_a_connection_are_refused_in_words()
    {
        var bench = new Bench();
        Assert.Contains("not connected", Assert.Throws<BoardException>(() => bench.Session.Disarm()).Message);
        Assert.Contains("not connected", Assert.Throws<BoardException>(() => bench.Session.Configure(Bench.Servos(4))).Message);
    }
}
