using Ganglion.Bridge.Messages;
using Ganglion.Shared.Config;
using Ganglion.Shared.Legs;
using Ganglion.Shared.Walking;

namespace Ganglion.Lab.Reliability.Core;

/// <summary>Boards at random: servos and valves with any limits, slew and safe behaviour, with or without an IMU, a rhythm, a walk and
/// pressure loops, on one bus or on two.</summary>
internal static class FuzzConfiguration
{
    /// <summary>Of the servos' drivers, Hz.</summary>
    public const double PulseHz = 50, Oscillator = 25e6;

    /// <summary>Of a DAC.</summary>
    private const int Outputs = 4;

    /// <summary>Draws one that a board takes.</summary>
    /// <param name="random">For all but the rhythm.</param>
    /// <param name="rhythms">For the rhythm, and for what times a walk, so that what a seed once found of a board it finds again.</param>
    public static BoardConfiguration Draw(Random random, Random rhythms)
    {
        bool walks = random.Next(3) == 0, imu = walks || random.Next(2) == 0;
        int servos = walks ? 12 : 1 + random.Next(24), chips = (servos + 15) / 16;
        int valves = !walks && random.Next(3) == 0 ? 1 + random.Next(Outputs) : 0, sensors = 1 + random.Next(2);
        double hold = 0.02 + 0.01 * random.Next(40);
        List<ChipConfiguration> all = [.. Enumerable.Range(0, chips).Select(i =>
            new ChipConfiguration(ChipType.Pca9685, 1, 0x40 + i, false, PulseHz, Oscillator))];
        if (valves > 0)
        {
            all.Add(new(ChipType.Mcp4728, 1 + random.Next(2), 0x60));
        }

        if (imu)
        {
            all.Add(new(ChipType.Mpu6050, sensors, 0x68, random.Next(4) > 0));
        }

        bool loops = valves > 0 && random.Next(4) > 0;
        if (loops || random.Next(3) == 0)
        {
            all.Add(new(ChipType.Ads1115, sensors, 0x48, loops || random.Next(2) == 0));
        }

        BoardConfiguration drawn = FuzzRhythm.Add(rhythms, new BoardConfiguration
        {
            Profile = 1,
            Tick = random.Next(2) == 0 ? 0.01 : 0.02,
            HoldTimeout = hold,
            SafeTimeout = hold + 0.01 + 0.01 * random.Next(60),
            RhythmTimeout = random.Next(4),
            RhythmRamp = 0.1 + 0.1 * random.Next(10),
            TelemetryTicks = 1 + random.Next(20),
            Bus2Speed = 400e3,
            Chips = [.. all],
            Channels = [.. Enumerable.Range(0, servos).Select(i => Channel(random, i, walks)),
                .. Enumerable.Range(0, valves).Select(i => Valve(random, chips, i, loops))],
            Walk = walks ? Walker() : null,
        });
        if (drawn.Walk is { } walk && rhythms.Next(2) == 0)
        {
            TimeByClock(walk);
        }

        return drawn;
    }

    /// <summary>The cat's chess clock, slowed so that a cycle takes as long as the oscillators', in their place.</summary>
    private static void TimeByClock(WalkDefinition walk)
    {
        walk.Ring = 0;
        Array.Clear(walk.Foot);
        Array.Clear(walk.Body);
        WalkClocks clocks = walk.Clocks;
        (clocks.FlexorBias, clocks.FlexorGain, clocks.ExtensorBias, clocks.ExtensorGain) = (2.18f, 1.45f, 0.654f, 2.1f);
        (clocks.Leak, clocks.FlexorFromFlexor, clocks.FlexorFromExtensor) = (0.982f, 1.193f, -0.53f);
        (clocks.ExtensorFromFlexor, clocks.ExtensorFromExtensor, clocks.Start) = (0.626f, 1.206f, 1.25f);
    }

    private static ChannelConfiguration Channel(Random random, int index, bool walks)
    {
        double low = walks ? 0 : 0.4 * random.NextDouble(), high = walks ? 1 : 0.6 + 0.4 * random.NextDouble();
        return new ChannelConfiguration
        {
            Chip = index / 16,
            Output = index % 16,
            Reversed = random.Next(2) == 0,
            OnSafe = (byte)random.Next(3),
            PulseMin = 561e-6,
            PulseMax = 2439e-6,
            Low = low,
            High = high,
            Park = low + (high - low) * random.NextDouble(),
            Slew = walks ? 10 : 0.1 + 20 * random.NextDouble(),
        };
    }

    /// <summary>A valve behind the DAC, with a loop whose largest error no honest sensor makes.</summary>
    private static ChannelConfiguration Valve(Random random, int chip, int output, bool loop)
    {
        double low = 0.3 * random.NextDouble(), high = 0.7 + 0.3 * random.NextDouble();
        return new ChannelConfiguration
        {
            Chip = chip,
            Output = output,
            OnSafe = (byte)random.Next(3),
            PulseMin = 0,
            PulseMax = 4095,
            Low = low,
            High = high,
            Park = low + (high - low) * random.NextDouble(),
            Slew = 0.1 + 10 * random.NextDouble(),
            Pressure = loop
                ? new PressureLoopConfiguration(output, 0.2, 1.8, 0.01 + 0.2 * random.NextDouble(), 5 * random.NextDouble(), 0.5)
                : null,
        };
    }

    /// <summary>Legs of 0.66 m, as the 12-joint walker's, with a little of each kind of reflex.</summary>
    private static WalkDefinition Walker()
    {
        var walk = new WalkDefinition
        {
            Ring = 0.7f,
            Legs = new LegGeometry { Thigh = 0.33f, Shank = 0.33f, Ankle = 0.05f, HipHalfWidth = 0.1f },
            Gait = new WalkParameters
            {
                Cycle = 0.74f,
                Lift = 0.03f,
                FootY = 0.1f,
                Height = 0.62f,
                Sway = 0.05f,
                MaxSpeed = 0.35f,
                MaxTurn = 0.3f,
            },
            JointCount = 12,
        };
        walk.Reflexes.AnklePitch = 0.1f;
        walk.Reflexes.HipPitchRate = 0.02f;
        ((float[])[0.139f, 0.246f, 0.375f, 3.414f, 1.79f]).CopyTo(walk.Foot, 0);
        walk.Foot.CopyTo(walk.Body, 0);
        for (int i = 0; i < 12; i++)
        {
            (walk.JointChannel[i], walk.JointAngle[i], walk.JointCentre[i], walk.JointGain[i]) = (i, i, 0.5f, 0.3f);
        }

        return walk;
    }
}
