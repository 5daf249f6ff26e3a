using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Yaml;
using Ganglion.Shared.Config;
using Ganglion.Shared.Motion;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Robots.Tests;

/// <summary>Rhythm files: what loads is what a board takes, to the bit; what does not is refused with its line.</summary>
public class RhythmFileTests
{
    private static readonly RobotDescription Rig = RobotFile.Load(Shipped.Path("rig12"));

    private static RhythmDescription Parse(string text, RobotDescription? robot = null) =>
        RhythmFile.Parse(Encoding.UTF8.GetBytes(text), "beat.yaml", robot ?? Rig);

    [Fact]
    public void Shipped_rhythms_load_for_both_rigs()
    {
        Assert.Equal(["cat-clock", "half-center", "izhikevich", "muscle-pair", "pendulum", "trot", "walk7"], Shipped.Rhythms);
        foreach (string name in Shipped.Rhythms.Where(name => name != "pendulum"))
        {
            foreach (string robot in new[] { "rig12", "walker-rig12-imu" })
            {
                Assert.Equal(name, RhythmFile.Load(Shipped.RhythmPath(name), RobotFile.Load(Shipped.Path(robot))).Name);
            }
        }
    }

    /// <summary>shared/README.md A4 and A5: the coupling matrix and the start order of the seven oscillators.</summary>
    [Theory]
    [InlineData("forward")]
    [InlineData("backward")]
    public void Walking_network_is_the_published_one(string direction)
    {
        RhythmDescription walk = Parse(Shipped.RhythmText("walk7").Replace("direction: forward", $"direction: {direction}"));
        Assert.Equal(["lx", "ly", "rx", "ry", "cx", "cy", "cz"], walk.Oscillators.Select(oscillator => oscillator.Name));
        int[] quarters = direction == "forward" ? [0, 1, 2, 3, 0, 3, 1] : [0, 3, 2, 1, 0, 1, 3];
        Assert.Equal(quarters, walk.Oscillators.Select(oscillator => oscillator.Quarter));
        Assert.All(walk.Oscillators, oscillator => Assert.Equal(new RhythmOscillator(oscillator.Name, OscillatorParameters.Table2,
            oscillator.Quarter), oscillator));

        const double q = -0.7;
        double[,] feet = { { 0, 0, -1, q }, { q, 0, 0, -1 }, { -1, q, 0, 0 }, { 0, -1, q, 0 } };
        int[] rowOf = [0, 1, 2, 3, 0, 3, 1];
        double[] weights = new double[49];
        foreach (RhythmCoupling coupling in walk.Couplings)
        {
            weights[coupling.To * 7 + coupling.From] += coupling.Weight;
        }

        for (int to = 0; to < 7; to++)
        {
            for (int from = 0; from < 7; from++)
            {
                // Backward walking transposes the ring; the pairs are symmetric anyway.
                double wanted = from > 3 ? 0 : direction == "forward" ? feet[rowOf[to], from] : feet[from, rowOf[to]];
                Assert.Equal(wanted, weights[to * 7 + from], 1e-7);
            }
        }
        Assert.Equal(14, walk.Couplings.Length);
    }

    [Fact]
    public void Feet_alone_and_a_body_of_its_own_are_possible()
    {
        RhythmDescription feet = Parse(Shipped.RhythmText("walk7").Replace("body: true", "body: false")
            .Replace("cx,", "lx,").Replace("cy,", "ly,").Replace("cz,", "rx,"));
        Assert.Equal(4, feet.Oscillators.Length);
        RhythmDescription both = Parse(SchemaTests.RichWalk);
        Assert.Equal([0.139, 0.139, 0.139, 0.139, 0.123, 0.123, 0.123], both.Oscillators.Select(oscillator => oscillator.RiseTime));
    }

    [Fact]
    public void Explicit_network_map_and_times_are_read_as_written()
    {
        string text = SchemaTests.RichNetwork;
        RhythmDescription rhythm = Parse(text);
        OscillatorParameters figure5 = OscillatorParameters.Figure5;
        Assert.Equal([new RhythmOscillator("joint", figure5, 1), new RhythmOscillator("partner", figure5, 3)],
            rhythm.Oscillators.ToArray());
        Assert.Equal([new RhythmCoupling(0, 1, -1), new RhythmCoupling(1, 0, -1)], rhythm.Couplings.ToArray());
        Assert.Equal(
            [new RhythmChannel(2, 1, RhythmOutput.Signed, 0.5, -0.1), new RhythmChannel(0, 0, RhythmOutput.Flexor, 0.2, 1.5),
                new RhythmChannel(1, 0, RhythmOutput.Extensor, 0.2, 1.5)],
            rhythm.Map.ToArray());
        Assert.Equal((1.0, 60.0), (rhythm.Ramp, rhythm.Timeout));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), rhythm.FileHash);
    }

    /// <summary>The board's own player, fed with the bytes of Link.ConfigLayout, writes the same targets tick by tick.</summary>
    [Theory]
    [InlineData("walking")]
    [InlineData("explicit")]
    [InlineData("chess-clock")]
    [InlineData("phases")]
    [InlineData("cells")]
    public void Plays_as_a_board_plays_its_bytes(string kind)
    {
        RhythmDescription rhythm = Parse(kind switch
        {
            "walking" => SchemaTests.RichWalk,
            "chess-clock" => SchemaTests.RichClock,
            "phases" => SchemaTests.RichPhases,
            "cells" => SchemaTests.RichCells,
            _ => SchemaTests.RichNetwork,
        }, kind == "cells" ? RobotFile.Load(Shipped.Path("pendulum")) : null);
        RhythmPlayer board = new(20 * 0.001f);
        byte[] bytes = Bytes(rhythm);
        var header = new HeaderDefinition();
        PartReader.Header(bytes, 0, header);
        Assert.True(board.Configure(Ganglion.Shared.Config.RhythmReader.Read(bytes, ConfigLayout.HeaderSize, header), 12));
        var host = BoardRhythm.Build(rhythm, 0.02, 12);
        int[] park = new int[12], onBoard = new int[12], onHost = new int[12];
        Array.Fill(park, FixedPoint.One / 2);
        Array.Fill(onHost, FixedPoint.One / 2);
        park.CopyTo(onBoard, 0);
        board.Start(onBoard);
        host.Map.Start(onHost);
        bool moved = false;
        for (int tick = 0; tick < 1500; tick++)
        {
            if (tick == 1000)
            {
                board.Stop();
                host.Map.Stop();
            }
            Assert.True(board.Step(onBoard));
            host.Network.Step();
            Assert.True(host.Map.Write(host.Network, onHost));
            Assert.Equal(onBoard, onHost);
            moved |= onBoard[0] != park[0];
        }
        Assert.True(moved && board.AtRest && !host.Map.Active);
    }

    /// <summary>A leak that the drives cannot fill is seen at once, one that only waiting shows by waiting: both with their line.</summary>
    [Theory]
    [InlineData("leak_per_s: 1.7683", "leak_per_s: 4.5", "never comes to its end")]
    [InlineData("leak_per_s: 1.7683", "leak_per_s: 3.6", "stands still for 30 s")]
    [InlineData("speed_m_per_s: 0.7", "speed_m_per_s: 30", "beyond 50 1/s")]
    [InlineData("flexor: { bias_per_s: 3.9286", "flexor: { bias_per_s: -60", "-50..50")]
    public void A_chess_clock_that_would_stand_still_is_refused(string from, string to, string problem)
    {
        RobotFileException refused = Assert.Throws<RobotFileException>(() => Parse(Shipped.RhythmText("cat-clock").Replace(from, to)));
        Assert.Contains(problem, refused.Problem);
        Assert.InRange(refused.Line, 6, 20);
    }

    /// <summary>Cells that feel a pendulum need a robot that has one; steps that a tick has no time for are refused.</summary>
    [Fact]
    public void Cells_that_cannot_be_played_are_refused_with_their_line()
    {
        RobotFileException refused = Assert.Throws<RobotFileException>(() => Parse(Shipped.RhythmText("pendulum")));
        Assert.Contains("'rig12' has no pendulum whose angle could be felt", refused.Problem);
        refused = Assert.Throws<RobotFileException>(() => Parse(Shipped.RhythmText("izhikevich").Replace("ms_per_s: 40", "ms_per_s: 161")));
        Assert.Contains("tick is too long for so fast an oscillator", refused.Problem);
        Assert.InRange(refused.Line, 6, 20);
        refused = Assert.Throws<RobotFileException>(() => Parse(Shipped.RhythmText("izhikevich").Replace(
            "    - { name: joint }", "    - { name: joint }\n    - { name: joint }")));
        Assert.Contains("a second oscillator is called 'joint'", refused.Problem);
    }

    private static byte[] Bytes(RhythmDescription rhythm)
    {
        byte[] bytes = new byte[ConfigLayout.MaxSize];
        bytes[ConfigLayout.OscillatorCountAt] = (byte)rhythm.Names.Length;
        bytes[ConfigLayout.CouplingCountAt] = (byte)rhythm.Couplings.Length;
        bytes[ConfigLayout.MapCountAt] = (byte)rhythm.Map.Length;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(ConfigLayout.RhythmRampAt), (ushort)Math.Round(rhythm.Ramp * 1000));
        int at = ConfigLayout.HeaderSize;
        foreach (RhythmOscillator oscillator in rhythm.Oscillators)
        {
            Put(ConfigLayout.OscillatorRiseAt, oscillator.RiseTime);
            Put(ConfigLayout.OscillatorAdaptationTimeAt, oscillator.AdaptationTime);
            Put(ConfigLayout.OscillatorDriveAt, oscillator.Drive);
            Put(ConfigLayout.OscillatorAdaptationAt, oscillator.Adaptation);
            Put(ConfigLayout.OscillatorInhibitionAt, oscillator.Inhibition);
            bytes[at + ConfigLayout.OscillatorQuarterAt] = (byte)oscillator.Quarter;
            at += ConfigLayout.OscillatorSize;
        }
        foreach (RhythmClock clock in rhythm.Clocks)
        {
            Put(ConfigLayout.ClockFlexorBiasAt, clock.FlexorBias);
            Put(ConfigLayout.ClockExtensorBiasAt, clock.ExtensorBias);
            Put(ConfigLayout.ClockFlexorGainAt, clock.FlexorGain);
            Put(ConfigLayout.ClockExtensorGainAt, clock.ExtensorGain);
            Put(ConfigLayout.ClockLeakAt, clock.Leak);
            bytes[at + ConfigLayout.ClockStartAt] = (byte)Math.Round(128 * clock.Start);
            bytes[at + ConfigLayout.ClockKindAt] = 1;
            at += ConfigLayout.ClockSize;
        }
        foreach (RhythmPhase phase in rhythm.Phases)
        {
            Put(ConfigLayout.PhaseFrequencyAt, phase.Frequency);
            Put(ConfigLayout.PhaseDelayAt, phase.Delay);
            Put(ConfigLayout.PhaseDutyAt, phase.Duty);
            Put(ConfigLayout.PhaseStartAt, phase.Start);
            bytes[at + ConfigLayout.PhaseKindAt] = 2;
            at += ConfigLayout.PhaseSize;
        }
        foreach (RhythmCellPair cells in rhythm.Cells)
        {
            Whole(ConfigLayout.PairAAt, cells.A * 50000);
            Whole(ConfigLayout.PairBAt, cells.B * 10000);
            Whole(ConfigLayout.PairCAt, cells.C * 100);
            Whole(ConfigLayout.PairDAt, cells.D * 1000);
            Whole(ConfigLayout.PairCurrentAt, cells.Current * 100);
            Whole(ConfigLayout.PairTimeScaleAt, cells.TimeScale * 100);
            Whole(ConfigLayout.PairFeedbackAt, (cells.Feedback?.Size ?? 0) * 1000);
            Whole(ConfigLayout.PairSteepnessAt, (cells.Feedback?.Steepness ?? 0) * 100);
            Whole(ConfigLayout.PairZeroAt, (cells.Feedback?.Zero ?? 0) * 32768 / 2.048);
            Whole(ConfigLayout.PairEnvelopeAt, cells.Envelope * 100);
            bytes[at + ConfigLayout.PairInputAt] = (byte)(cells.Feedback is { } felt ? felt.Input + 1 : 0);
            bytes[at + ConfigLayout.PairKindAt] = 3;
            bytes[at + ConfigLayout.PairStepAt] = (byte)Math.Round(cells.Step * 200);
            bytes[at + ConfigLayout.PairReachAt] = (byte)Math.Round((cells.Feedback?.Reach ?? 0) * 100);
            at += ConfigLayout.PairSize;
        }
        foreach (RhythmCoupling coupling in rhythm.Couplings)
        {
            bytes[at + ConfigLayout.CouplingToAt] = (byte)coupling.To;
            bytes[at + ConfigLayout.CouplingFromAt] = (byte)coupling.From;
            Put(ConfigLayout.CouplingWeightAt, coupling.Weight);
            at += ConfigLayout.CouplingSize;
        }
        foreach (RhythmChannel entry in rhythm.Map)
        {
            bytes[at + ConfigLayout.MapChannelAt] = (byte)entry.Channel;
            bytes[at + ConfigLayout.MapOscillatorAt] = (byte)entry.Oscillator;
            bytes[at + ConfigLayout.MapOutputAt] = (byte)entry.Output;
            Put(ConfigLayout.MapOffsetAt, entry.Offset);
            Put(ConfigLayout.MapGainAt, entry.Gain);
            at += ConfigLayout.MapSize;
        }
        return bytes;

        void Whole(int offset, double value) =>
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(at + offset), unchecked((short)(int)Math.Round(value)));

        void Put(int offset, double value) => BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(at + offset), (float)value);
    }
}
