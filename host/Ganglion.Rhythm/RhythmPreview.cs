using System.Collections.Immutable;
using System.Globalization;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Rhythm;

/// <summary>
/// What a rhythm will do, played on the host with the code that the board runs, at the board's tick, before anything moves.
/// The play begins with all channels at their park positions: ramp up, some tens of periods, ramp down.
/// </summary>
/// <param name="Tick">The board's tick [s].</param>
/// <param name="MeasuredSeconds">Length of the settled part that periods, amplitudes, phases and ranges are measured on [s].</param>
/// <param name="Diverges">The network's outputs grow until they are no numbers, at which the board goes safe: its couplings excite
/// too strongly. The other figures then mean nothing.</param>
/// <param name="Oscillators">One entry for each oscillator, in the rhythm's order.</param>
/// <param name="Channels">One entry for each driven channel, in the order of the rhythm's map.</param>
public sealed record RhythmPreview(
    double Tick, double MeasuredSeconds, bool Diverges, ImmutableArray<OscillatorPreview> Oscillators,
    ImmutableArray<ChannelPreview> Channels)
{
    /// <summary>Periods of an oscillator, by the estimate of <see cref="PeriodEstimate"/>, to settle in and to measure.</summary>
    private const double SettlePeriods = 20, MeasurePeriods = 10;

    /// <summary>What dies away has less than this share of its amplitude five periods later.</summary>
    private const double Dying = 0.8;

    /// <summary>Longest time to settle; the measured part is half as long at most [s].</summary>
    private const double MaxSettle = 600;

    /// <summary>True if a channel would not follow the rhythm, because its slew bound or its limits clip it.</summary>
    public bool Clips => Channels.Any(channel => channel.SlewClips || channel.LimitsClip);

    /// <summary>Plays a rhythm.</summary>
    /// <param name="rhythm">A rhythm that was loaded for this board.</param>
    /// <param name="robot">The robot.</param>
    /// <param name="board">Index of the board that plays.</param>
    /// <param name="frequency">Factor on the frequency, 0.02..10, as the host would modulate it.</param>
    /// <param name="amplitude">Factor on the amplitude, 0..10.</param>
    /// <exception cref="RhythmRefusedException">The board would refuse the rhythm or the modulation.</exception>
    public static RhythmPreview Play(RhythmDescription rhythm, RobotDescription robot, int board = 0, double frequency = 1,
        double amplitude = 1)
    {
        double tick = robot.Boards[board].Tick;
        ChannelDescription[] channels = [.. robot.ChannelsOf(board)];
        var playing = BoardRhythm.Build(rhythm, tick, channels.Length);
        RhythmNetwork network = playing.Network;
        RhythmReason reason = network.SetModulation((float)frequency, (float)amplitude, KimuraNetwork.MaxRate);
        if (reason != RhythmReason.None)
        {
            throw new RhythmRefusedException(RhythmPart.Modulation, 0, reason);
        }

        double period = PeriodEstimate(rhythm) / frequency;
        double settle = Math.Min(MaxSettle, rhythm.Ramp + SettlePeriods * period), measure = Math.Clamp(MeasurePeriods * period, 10 * tick,
            MaxSettle / 2);
        ChannelPlay play = new(rhythm, channels, playing);
        int steps = 0, settled = (int)Math.Round(settle / tick);
        var recording = RhythmRecording.Record(network, measure, settle, () => play.Step(measured: ++steps > settled));
        play.Stop();
        return new RhythmPreview(tick, measure, play.Diverges, MeasureOscillators(rhythm, recording), play.Figures(tick));
    }

    /// <summary>Why it is no rhythm, to follow its name; null: it oscillates.</summary>
    /// <param name="rhythm">What was played.</param>
    public string? Trouble(RhythmDescription rhythm)
    {
        if (Diverges)
        {
            return "the network's outputs grow without bound";
        }

        if (!rhythm.Cells.IsEmpty)
        {
            return Oscillators.Any(pair => double.IsNaN(pair.Period))
                ? "the cells do not take turns: they are silent, one alone fires, or both fire together" : null;
        }

        string[] still = [.. Oscillators.Where((one, i) => one.PeakToPeak < OscillatorPreview.AtRest || one.DiesAway
            || (rhythm.Couplings.IsEmpty && !rhythm.Oscillators.IsEmpty && !rhythm.Oscillators[i].Oscillates)).Select(one => one.Name)];
        if (still.Length == 0)
        {
            return null;
        }

        string rests = $"{string.Join(", ", still)} {(still.Length == 1 ? "comes" : "come")} to rest";
        return rhythm.Oscillators.FirstOrDefault(one => still.Contains(one.Name) && !one.Oscillates) is not { } neurons ? rests
            : string.Create(CultureInfo.InvariantCulture, $"{rests}: alone {neurons.Name} needs an inhibition above 1 + Tr / Ta = " +
                $"{1 + neurons.RiseTime / neurons.AdaptationTime:0.###} and an adaptation of at least the inhibition less 1");
    }

    /// <summary>Which channel would not follow it, and why, to follow its name; null: all do.</summary>
    public string? Clipping() => Channels.FirstOrDefault(channel => channel.SlewClips) is { } fast
        ? string.Create(CultureInfo.InvariantCulture, $"channel {fast.Channel} would have to move at {fast.PeakSpeed:0.0} travels/s and " +
            $"its slew bound is {fast.Slew:0.0}")
        : Channels.FirstOrDefault(channel => channel.LimitsClip) is { } wide
        ? string.Create(CultureInfo.InvariantCulture, $"channel {wide.Channel} would go from {wide.Low:0.00} to {wide.High:0.00} of its " +
            $"travel and its limits are {wide.LimitMin:0.00} and {wide.LimitMax:0.00}")
        : null;

    /// <summary>
    /// A guess at the longest period [s]. Kimura: 2.5 (Tr + Ta) of the slowest oscillator: the published sets have 1.8 to 2.0 times
    /// alone and 2.5 times as a pair with weight -1 (shared/README.md A3 and A4). A chess clock: 1 s, as cats have it. Cells: 60 ms of
    /// theirs, as the pendulum paper's pair has it.
    /// </summary>
    private static double PeriodEstimate(RhythmDescription rhythm) => !rhythm.Clocks.IsEmpty ? 1
        : !rhythm.Phases.IsEmpty ? 1 / rhythm.Phases[0].Frequency
        : !rhythm.Cells.IsEmpty ? 60 / rhythm.Cells[0].TimeScale
        : 2.5 * rhythm.Oscillators.Max(oscillator => oscillator.RiseTime + oscillator.AdaptationTime);

    private static ImmutableArray<OscillatorPreview> MeasureOscillators(RhythmDescription rhythm, RhythmRecording recording)
    {
        PhaseHistory phases = recording.Phases();
        bool hasReference = phases.Cycles > 0 && recording.PeakToPeak(0) > OscillatorPreview.AtRest;
        return [.. rhythm.Names.Select((name, i) =>
        {
            double peakToPeak = recording.PeakToPeak(i);
            bool oscillates = peakToPeak > OscillatorPreview.AtRest;
            double lead = oscillates && hasReference ? phases.LeadDeg(i, phases.Cycles - 1) : double.NaN;
            int half = recording.Output(i).Length / 2;
            return new OscillatorPreview(name, oscillates ? recording.Period(i) : double.NaN, peakToPeak, lead)
            {
                DiesAway = Waveform.PeakToPeak(recording.Output(i)[half..]) < Dying * Waveform.PeakToPeak(recording.Output(i)[..half]),
            };
        })];
    }
}

/// <summary>What one oscillator does once it has settled.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Period">Mean period [s]; NaN if it is at rest or slower than the preview is long.</param>
/// <param name="PeakToPeak">Peak to peak of its output u_f - u_e.</param>
/// <param name="LeadDeg">Lead over the first oscillator in the last cycle [deg], 0..360; NaN if one of the two has no cycle.</param>
public sealed record OscillatorPreview(string Name, double Period, double PeakToPeak, double LeadDeg)
{
    /// <summary>Peak to peak below which an oscillator is at rest.</summary>
    public const double AtRest = 1e-4;

    /// <summary>It still moves, but less and less.</summary>
    public bool DiesAway { get; init; }
}

/// <summary>What one channel is told. Values are fractions of its travel.</summary>
/// <param name="Channel">The board's number of the channel.</param>
/// <param name="Name">Its name in the robot's description, or empty.</param>
/// <param name="Oscillator">Name of the oscillator that drives it.</param>
/// <param name="Low">Lowest value that the settled rhythm asks for, before any limit.</param>
/// <param name="High">Highest value.</param>
/// <param name="LimitMin">The channel's lower limit.</param>
/// <param name="LimitMax">Its upper limit.</param>
/// <param name="PeakSpeed">Highest speed within the limits, ramps included [1/s].</param>
/// <param name="Slew">The channel's bound on the speed [1/s].</param>
public sealed record ChannelPreview(
    int Channel, string Name, string Oscillator, double Low, double High, double LimitMin, double LimitMax, double PeakSpeed, double Slew)
{
    /// <summary>The rhythm is faster than the channel may be: it lags behind and loses amplitude.</summary>
    public bool SlewClips => PeakSpeed > Slew;

    /// <summary>The rhythm reaches beyond the channel's limits.</summary>
    public bool LimitsClip => Low < LimitMin || High > LimitMax;
}
