using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;
using Ganglion.Shared.Link;
using Ganglion.Shared.Reflexes;
using Ganglion.Shared.Walking;
using Ganglion.VirtualBoard.Boards;

namespace Ganglion.Lab.Bench;

/// <summary>How long a board's tick takes with a number of channels.</summary>
/// <param name="Channels">Servos.</param>
/// <param name="Buses">I2C buses over which their drivers are shared out.</param>
/// <param name="WorstWork">From the start of the worst tick to its last output, s: often that of a stream's first frame.</param>
/// <param name="TickShare">The same as a part of the tick.</param>
/// <param name="Overruns">Ticks that started more than a period late.</param>
public sealed record ChannelLoad(int Channels, int Buses, double WorstWork, double TickShare, long Overruns)
{
    /// <summary>Every tick ends before the next one is due.</summary>
    public bool Fits => TickShare <= 1 && Overruns == 0;
}

/// <summary>What a stream of setpoints costs a board.</summary>
/// <param name="Start">Its first ticks, in which the stream is begun from where the channels are.</param>
/// <param name="Steady">All others.</param>
public sealed record StreamCost(TickCost Start, TickCost Steady);

/// <summary>What the firmware's tick costs on the virtual board.</summary>
public static class BoardBench
{
    private const double Tick = 0.02;

    /// <summary>A stream of one setpoint frame a tick to the first board of a robot.</summary>
    /// <param name="robot">The robot.</param>
    /// <param name="ticks">How many to look at; 200 and more meet every kind of motion.</param>
    public static StreamCost Stream(RobotDescription robot, int ticks)
    {
        var firmware = new MeteredFirmware();
        using var rig = new BenchRig(robot, firmware.Image);
        SetpointStream stream = rig.StartStream();
        int channels = rig.Session.Identity!.Channels;

        // The first frame is approached from park; from the fifth tick on the stream is steady.
        TickCost start = TickMeter.Measure(rig, firmware, 10, Send);
        return new StreamCost(start, TickMeter.Measure(rig, firmware, ticks, Send));

        void Send(int tick, long until)
        {
            BenchRig.SetValues(stream, channels, tick);
            stream.Step();
            rig.Boards.PollUntil(until);
        }
    }

    /// <summary>The pressure loops of a robot's board: a sine of pressure to its valves, one setpoint frame a tick.</summary>
    /// <param name="robot">A robot whose channels are valves with sensors.</param>
    /// <param name="ticks">How many to look at.</param>
    public static TickCost Pressures(RobotDescription robot, int ticks)
    {
        var firmware = new MeteredFirmware();
        using var rig = new BenchRig(robot, firmware.Image);
        SetpointStream stream = rig.StartStream();
        Send(0, rig.World.NowNanoseconds);
        rig.Run(0.06);
        return TickMeter.Measure(rig, firmware, ticks, Send);

        void Send(int tick, long until)
        {
            for (int i = 0; i < robot.Channels.Length; i++)
            {
                stream.Set(0, i, 0.5 + 0.2 * Math.Sin(0.1 * tick + i));
            }

            stream.Step();
            rig.Boards.PollUntil(until);
        }
    }

    /// <summary>The first board of a robot playing a rhythm by itself.</summary>
    /// <param name="robot">The robot.</param>
    /// <param name="rhythm">A rhythm for it.</param>
    /// <param name="ticks">How many to look at.</param>
    public static TickCost Rhythm(RobotDescription robot, RhythmDescription rhythm, int ticks)
    {
        var firmware = new MeteredFirmware();
        using var rig = new BenchRig(robot, firmware.Image, configuration => configuration.With(rhythm));
        rig.Session.Await(rig.Session.StartRhythm());
        rig.Run(rhythm.Ramp + 0.5);
        return TickMeter.Measure(rig, firmware, ticks, (_, until) => rig.Boards.PollUntil(until));
    }

    /// <summary>A walker's board walking by itself, at full steps and turning.</summary>
    /// <param name="robot">The walker.</param>
    /// <param name="gait">A gait of it.</param>
    /// <param name="ticks">How many to look at.</param>
    public static TickCost Walk(RobotDescription robot, GaitDescription gait, int ticks)
    {
        var firmware = new MeteredFirmware();
        using var rig = new BenchRig(robot, firmware.Image, configuration => configuration.With(gait, robot));
        rig.Session.Await(rig.Session.StartWalk());
        rig.Session.Await(rig.Session.ModulateWalk(gait.Walk.MaxSpeed * 0.8, gait.Walk.MaxTurn * 0.8));
        rig.Run(WalkPlayer.BlendSeconds + gait.Walk.Ramp + 0.5);
        return TickMeter.Measure(rig, firmware, ticks, (_, until) => rig.Boards.PollUntil(until));
    }

    /// <summary>The gait with every reflex, a table of speeds and an atlas at work, so that each costs what it costs.</summary>
    public static GaitDescription WithReflexes(GaitDescription gait)
    {
        var reflexes = new ReflexParameters
        {
            Adapt = 0.5f,
            Tegotae = 0.5f,
            Plantar = gait.Clock == null ? 0.02f : 0,
            AnklePitch = 0.1f,
            AnklePitchRate = 0.02f,
            HipPitch = 0.1f,
            HipPitchRate = 0.02f,
            HipRoll = 0.1f,
            HipRollRate = 0.02f,
            AnkleRoll = 0.1f,
            AnkleRollRate = 0.02f,
            PlaceForward = 0.02f,
            PlaceSide = 0.02f,
            Heading = 0.5f,
        };
        double[] slopes = [-0.2, -0.1, 0, 0.1, 0.2];
        return gait with
        {
            Reflexes = reflexes,
            Speeds = [.. slopes.SelectMany(slope => slopes.Select(share => new GroundSpeed(slope, share * gait.Walk.MaxSpeed,
                (share + slope) * gait.Walk.MaxSpeed)))],
            Atlas = [.. slopes.Select(slope => GaitAtlasKeys.Own(gait.Walk, reflexes, slope))],
        };
    }

    /// <summary>Measures the tick with a number of channels and one frame a tick.</summary>
    /// <param name="channels">1..120.</param>
    /// <param name="buses">1 or 2, at 400 kHz.</param>
    public static ChannelLoad Load(int channels, int buses)
    {
        using var rig = new BenchRig(SyntheticBoard.Of(channels, 400_000, buses), FirmwareImage.Embedded);
        SetpointStream stream = rig.StartStream();
        long overruns = rig.Session.Telemetry.Overruns;
        double work = 0;

        // The board tells the longest tick of each telemetry period.
        for (int frame = 0; frame < 220; frame++)
        {
            BenchRig.SetValues(stream, channels, frame);
            stream.Step();
            work = Math.Max(work, rig.Session.Telemetry.MaxWorkUs * 1e-6);
        }

        return new ChannelLoad(channels, buses, work, work / Tick, rig.Session.Telemetry.Overruns - overruns);
    }

    /// <summary>The largest number of channels whose ticks all end in time: up to what a setpoint frame can carry.</summary>
    /// <param name="buses">1 or 2, at 400 kHz.</param>
    public static ChannelLoad MostChannels(int buses)
    {
        ChannelLoad best = Load(1, buses);
        int least = 1, tooMany = FrameFormat.MaxChannels + 1;
        while (tooMany - least > 1)
        {
            int channels = (least + tooMany) / 2;
            ChannelLoad load = Load(channels, buses);
            if (load.Fits)
            {
                (least, best) = (channels, load);
            }
            else
            {
                tooMany = channels;
            }
        }

        return best;
    }
}
