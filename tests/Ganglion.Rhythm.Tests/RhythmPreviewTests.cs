using System.Text;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Motion;
using Ganglion.Shared.Rhythms;
using static Ganglion.Rhythm.Tests.Definitions;

namespace Ganglion.Rhythm.Tests;

/// <summary>Previews of the shipped rhythms against published figures, a finer integration, and the board's own output stage.</summary>
public class RhythmPreviewTests
{
    private const double GainOfHipPitch = 0.5, GainOfKnee = 0.8;

    private static string Text(string folder, string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "hardware", folder,
        name + ".yaml"));

    private static RobotDescription Rig(string from = "", string to = "") =>
        RobotFile.Parse(Encoding.UTF8.GetBytes(Changed(Text("robots", "rig12"), from, to)), "rig12.yaml");

    private static RhythmDescription Rhythm(string name, RobotDescription robot, string from = "", string to = "") =>
        RhythmFile.Parse(Encoding.UTF8.GetBytes(Changed(Text("rhythms", name), from, to)), name + ".yaml", robot);

    private static string Changed(string text, string from, string to)
    {
        if (from.Length == 0)
        {
            return text;
        }

        Assert.Contains(from, text);
        return text.Replace(from, to);
    }

    private static RhythmPreview Preview(string name, string from = "", string to = "", double frequency = 1, double amplitude = 1)
    {
        RobotDescription robot = Rig();
        return RhythmPreview.Play(Rhythm(name, robot, from, to), robot, 0, frequency, amplitude);
    }

    /// <summary>
    /// shared/README.md A4, T2 with q = 0.7: 0.7403 s and 0.6204. Heun's error grows with the square of the tick: at 10 ms the figures are
    /// within 0.5 % and 1 %; at 20 ms the board itself plays 0.505 % fast, and the preview says so.
    /// </summary>
    [Theory]
    [InlineData(10, 0.5)]
    [InlineData(20, 0.52)]
    public void Walk7_has_the_published_period_amplitude_and_phases(int tick, double percent)
    {
        RobotDescription robot = Rig("tick_ms: 20", $"tick_ms: {tick}");
        var preview = RhythmPreview.Play(Rhythm("walk7", robot), robot);
        Assert.Equal(tick * 1e-3, preview.Tick, 1e-12);
        Assert.False(preview.Diverges);
        double[] leads = [0, 90, 180, 270, 0, 270, 90];
        for (int i = 0; i < 7; i++)
        {
            Within(0.7403, preview.Oscillators[i].Period, percent);
            Within(0.6204, preview.Oscillators[i].PeakToPeak, 1);
            Assert.InRange(PhaseHistory.Distance(leads[i], preview.Oscillators[i].LeadDeg), 0, 1);
        }
    }

    [Fact]
    public void Walking_backward_reverses_the_phases()
    {
        RhythmPreview preview = Preview("walk7", "direction: forward", "direction: backward");
        double[] leads = [0, 270, 180, 90, 0, 90, 270];
        for (int i = 0; i < 7; i++)
        {
            Assert.InRange(PhaseHistory.Distance(leads[i], preview.Oscillators[i].LeadDeg), 0, 1);
        }
    }

    /// <summary>shared/README.md A3, Figure 5.</summary>
    [Fact]
    public void Half_center_has_the_published_period_and_amplitude()
    {
        OscillatorPreview joint = Assert.Single(Preview("half-center").Oscillators);
        Within(1.2047, joint.Period, 0.5);
        Within(0.6641, joint.PeakToPeak, 1);
        Assert.Equal(0, joint.LeadDeg);
    }

    /// <summary>Slowed fifty times, the period is fifty times as long and the amplitude the same (exact: shared/README.md A3).</summary>
    [Fact]
    public void Slow_rhythms_are_given_the_time_they_need()
    {
        OscillatorPreview joint = Preview("half-center", "rise_time_ms: 200, adaptation_time_ms: 400",
            "rise_time_ms: 10000, adaptation_time_ms: 20000").Oscillators[0];
        Within(50 * 1.2047, joint.Period, 0.5);
        Within(0.6641, joint.PeakToPeak, 1);
    }

    [Fact]
    public void Modulation_scales_period_and_range()
    {
        RhythmPreview preview = Preview("half-center", frequency: 0.5, amplitude: 0.8);
        Within(2 * 1.2047, preview.Oscillators[0].Period, 0.5);
        Within(0.8 * 0.6641, preview.Oscillators[0].PeakToPeak, 1);
        ChannelPreview plain = Preview("half-center").Channels[0];
        Assert.Equal(0.2, preview.Channels[0].Low);
        Within(0.8 * (plain.High - 0.2), preview.Channels[0].High - 0.2, 1);
    }

    [Theory]
    [InlineData(6, 1, RhythmReason.StepTooLong)]
    [InlineData(11, 1, RhythmReason.FrequencyOutOfRange)]
    [InlineData(0, 1, RhythmReason.FrequencyOutOfRange)]
    [InlineData(double.NaN, 1, RhythmReason.NotANumber)]
    [InlineData(1, 11, RhythmReason.AmplitudeOutOfRange)]
    [InlineData(1, -1, RhythmReason.AmplitudeOutOfRange)]
    public void A_modulation_that_the_board_refuses_is_refused(double frequency, double amplitude, RhythmReason reason)
    {
        RhythmRefusedException error = Assert.Throws<RhythmRefusedException>(() => Preview("half-center", frequency: frequency,
            amplitude: amplitude));
        Assert.Equal((RhythmPart.Modulation, reason), (error.Part, error.Reason));
        Assert.Equal(RhythmRefusedException.Words(reason), error.Message);
    }

    /// <summary>Ranges and speeds of hip pitch and knee against the same equations integrated forty times finer.</summary>
    [Fact]
    public void Ranges_and_speeds_are_those_of_the_equations()
    {
        RobotDescription robot = Rig("tick_ms: 20", "tick_ms: 10");
        var preview = RhythmPreview.Play(Rhythm("walk7", robot), robot);
        (double flexorPeak, double signedSpeed, double flexorSpeed) = FineWalker.Extremes(0.7);
        Assert.Equal(Enumerable.Range(0, 12), preview.Channels.Select(channel => channel.Channel));

        ChannelPreview hip = preview.Channels[2], knee = preview.Channels[3];
        Assert.Equal(("lx", "ly"), (hip.Oscillator, knee.Oscillator));
        Within(GainOfHipPitch * 0.6204, hip.High - hip.Low, 1);
        Assert.Equal(0.5, (hip.High + hip.Low) / 2, 0.002);
        Assert.Equal(0.5, knee.Low);
        Within(GainOfKnee * flexorPeak, knee.High - 0.5, 1);
        Within(GainOfHipPitch * signedSpeed, hip.PeakSpeed, 2);
        Within(GainOfKnee * flexorSpeed, knee.PeakSpeed, 2);
    }

    /// <summary>The warning against what happens: the board's output stage falls behind exactly where the preview says so.</summary>
    [Theory]
    [InlineData(1.2)]
    [InlineData(1.3)]
    [InlineData(1.36)]
    [InlineData(1.38)]
    [InlineData(2.7)]
    public void Slew_clips_where_the_boards_output_stage_falls_behind(double slew)
    {
        RobotDescription robot = Rig("slew_per_s: 2.7", $"slew_per_s: {slew}");
        RhythmDescription rhythm = Rhythm("walk7", robot);
        var preview = RhythmPreview.Play(rhythm, robot);

        var board = BoardRhythm.Build(rhythm, 0.02, 12);
        ChannelTable table = new(12);
        int[] target = new int[12];
        for (int i = 0; i < 12; i++)
        {
            table.High[i] = FixedPoint.One;
            table.Bound(i, (int)Math.Round(slew * FixedPoint.SlewOne) * (FixedPoint.One / FixedPoint.SlewOne) * 20 / 1000);
            target[i] = table.Command[i] = FixedPoint.One / 2;
        }
        bool[] behind = new bool[12];
        board.Map.Start(target);
        for (int tick = 0; tick < 1000; tick++)
        {
            board.Network.Step();
            board.Map.Write(board.Network, target);
            OutputStage.Step(table, target, target, 0, new byte[2]);
            for (int i = 0; i < 12; i++)
            {
                behind[i] |= table.Command[i] != target[i];
            }
        }
        Assert.Equal(behind, preview.Channels.Select(channel => channel.SlewClips));
        Assert.Equal(behind.Contains(true), preview.Clips);
        Assert.Equal(slew < 1.37, preview.Clips);
    }

    /// <summary>A ramp that is too short for the way from park to offset is seen as well, though the rhythm itself is slow.</summary>
    [Fact]
    public void A_hasty_ramp_is_seen()
    {
        RobotDescription robot = Rig("park: 0.5", "park: 0");
        var hasty = RhythmPreview.Play(Rhythm("half-center", robot, "offset: 0.2, gain: 1.5", "offset: 0.9, gain: 0.01"), robot);
        Assert.All(hasty.Channels, channel => Assert.Equal(0.9 / 1.0, channel.PeakSpeed, 0.02));
        robot = Rig("park: 0.5", "park: 0");
        var hastier = RhythmPreview.Play(Rhythm("half-center", robot, "ramp_ms: 1000", "ramp_ms: 100"), robot);
        Assert.True(hastier.Channels[0].SlewClips);
    }

    [Fact]
    public void Limits_clip_what_reaches_beyond_them()
    {
        RobotDescription robot = Rig("limit_max: 1\n", "limit_max: 0.6\n");
        var preview = RhythmPreview.Play(Rhythm("walk7", robot), robot);
        Assert.Equal([2, 3, 8, 9], preview.Channels.Where(channel => channel.LimitsClip).Select(channel => channel.Channel));
        Assert.True(preview.Clips);
        Assert.Equal((0, 0.6), (preview.Channels[2].LimitMin, preview.Channels[2].LimitMax));
        Assert.True(preview.Channels[2].High > 0.65);
    }

    /// <summary>a = 1.2 is below 1 + Tr/Ta = 1.5 (paper, constraint 13): no oscillation.</summary>
    [Fact]
    public void A_network_at_rest_has_no_period()
    {
        RhythmPreview preview = Preview("half-center", "inhibition: 2.0", "inhibition: 1.2");
        OscillatorPreview joint = preview.Oscillators[0];
        Assert.True(double.IsNaN(joint.Period) && double.IsNaN(joint.LeadDeg));
        Assert.InRange(joint.PeakToPeak, 0, OscillatorPreview.AtRest);
        Assert.False(preview.Diverges);
    }

    [Fact]
    public void A_network_that_excites_itself_diverges()
    {
        RhythmPreview preview = Preview("half-center", "\nmap:", "  couplings: [{ to: joint, from: joint, weight: 8 }]\n\nmap:");
        Assert.True(preview.Diverges);
        Assert.True(double.IsNaN(preview.Oscillators[0].Period));
    }
}
