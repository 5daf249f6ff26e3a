using Ganglion.Gait.Planned;
using Ganglion.Shared.Legs;
using Ganglion.Shared.Rhythms;
using Ganglion.Shared.Tests;
using Ganglion.Shared.Walking;

namespace Ganglion.Gait.Tests.Walks;

/// <summary>The board's walker with its network: duty, steps, slip, commands, and channels that never jump.</summary>
public class WalkerTests
{
    private const float Dt = 0.02f, Speed = 0.3f;

    [Theory]
    [InlineData(0.55)]
    [InlineData(0.6)]
    [InlineData(0.7)]
    [InlineData(0.78)]
    public void DutyAndStepAreWhatWasAskedFor(double duty)
    {
        (Walker walker, KimuraNetwork network, double cycle) = Make(duty);
        Assert.Equal(WalkReason.None, walker.SetCommand(Speed, 0, 1));
        walker.Start();
        Run(walker, network, 20);
        int ticks = 0, standing = 0;
        double x = 0, slip = 0, held = double.NaN;
        var landings = new List<(double X, int Foot)>();
        FootPath[] feet = [walker.Left, walker.Right];
        bool[] stood = [true, true];
        for (int n = 0; n < 60 * cycle / Dt; n++)
        {
            network.Step();
            Assert.True(walker.Step(network));
            x += walker.Speed * (double)Dt;
            ticks++;
            for (int f = 0; f < 2; f++)
            {
                bool stands = !feet[f].Swinging;
                if (stands)
                {
                    standing++;
                }

                if (stands && !stood[f])
                {
                    landings.Add((x + feet[f].X, f));
                }

                if (f == 0)
                {
                    if (stands && !stood[f])
                    {
                        held = x + feet[f].X;
                    }

                    if (stands && !double.IsNaN(held))
                    {
                        slip = Math.Max(slip, Math.Abs(x + feet[f].X - held));
                    }
                }
                stood[f] = stands;
            }
        }
        Assert.Equal(duty, standing / (2.0 * ticks), 0.01);
        Assert.InRange(slip, 0, 1e-6);
        // Landings are seen at ticks, but the place is that of the phase: it does not jitter by a tick's way.
        for (int i = 1; i < landings.Count; i++)
        {
            Assert.NotEqual(landings[i - 1].Foot, landings[i].Foot);
            Assert.InRange(landings[i].X - landings[i - 1].X, 0.97 * Speed * cycle / 2, 1.03 * Speed * cycle / 2);
        }
        Assert.Equal(Speed * cycle / 2, (landings[^1].X - landings[0].X) / (landings.Count - 1), 5e-4);
    }

    [Fact]
    public void StartSpeedChangeTurnAndStopStayBelowTheSlewBound()
    {
        (Walker walker, KimuraNetwork network, _) = Make(0.6);
        ChannelMap map = new(12);
        int[] all = [.. Enumerable.Range(0, 12)];
        // Servos of 180 degrees, at most 1.9 travels a second.
        Assert.Equal(RhythmReason.None, map.Configure(12, 12, 12, all, all, [.. Enumerable.Repeat(0.5f, 12)],
            [.. Enumerable.Repeat((float)(1 / Math.PI), 12)], out _));
        int bound = (int)(1.9 * 16384 * Dt);
        int[] targets = [.. Enumerable.Repeat(8192, 12)], last = [.. targets];
        map.Start(targets);
        int worst = 0;
        float blend = 0;
        void Go(double seconds)
        {
            for (int n = 0; n < seconds / Dt; n++)
            {
                network.Step();
                Assert.True(walker.Step(network));
                blend = Math.Min(1, blend + Dt / 2);
                Assert.True(map.Write(walker.Angles, blend, blend, targets));
                for (int i = 0; i < 12; i++)
                {
                    worst = Math.Max(worst, Math.Abs(targets[i] - last[i]));
                }

                targets.CopyTo(last, 0);
            }
        }
        Go(2.1);
        Assert.Equal(1, blend);
        network.Reset();
        walker.Start();
        Assert.Equal(WalkReason.None, walker.SetCommand(0.2f, 0, 1));
        Go(8);
        Assert.Equal(0.2f, walker.Speed);
        Assert.Equal(WalkReason.None, walker.SetCommand(Speed, 0.2f, 1.2f));
        Assert.Equal(RhythmReason.None, network.SetModulation(1.2f, 1, 1));
        Go(6);
        Assert.Equal(0.2f, walker.Turn);
        Assert.Equal(WalkReason.None, walker.SetCommand(-0.1f, -0.2f, 0.8f));
        Go(8);
        walker.Stop();
        Go(6);
        Assert.False(walker.Walking);
        Assert.InRange(worst, 50, bound);
        // It ends with its feet side by side.
        Assert.Equal(walker.Left.X, walker.Right.X, 2e-3);
        Assert.Equal(0, walker.Left.Z, 1e-6);
        Assert.Equal(0, walker.Right.Z, 1e-6);
    }

    [Fact]
    public void TurningGoesRoundByTheCommandedAngle()
    {
        (Walker walker, KimuraNetwork network, _) = Make(0.6);
        Assert.Equal(WalkReason.None, walker.SetCommand(0.1f, 0.3f, 1));
        walker.Start();
        Run(walker, network, 10);
        // Over whole cycles a foot's heading on the ground follows the path point's.
        double heading = 0, first = double.NaN, last = 0;
        bool stood = false;
        int landings = 0;
        for (int n = 0; n < 1000; n++)
        {
            network.Step();
            Assert.True(walker.Step(network));
            heading += walker.Turn * (double)Dt;
            if (!walker.Left.Swinging && !stood)
            {
                last = heading + walker.Left.Heading;
                if (double.IsNaN(first))
                {
                    first = last;
                }
                else
                {
                    landings++;
                }
            }
            stood = !walker.Left.Swinging;
        }
        double cycle = Shape(Network()).Cycle;
        Assert.Equal(0.3 * cycle, (last - first) / landings, 2e-3);
    }

    [Fact]
    public void ATickAllocatesNothing()
    {
        (Walker walker, KimuraNetwork network, _) = Make(0.6);
        walker.SetCommand(Speed, 0.1f, 1);
        walker.Start();
        Run(walker, network, 2);
        Assert.Equal(0, Allocation.Of(() => Run(walker, network, 10)));
    }

    [Fact]
    public void WhatCannotBeWalkedIsRefusedWithTheReason()
    {
        (Walker walker, KimuraNetwork network, _) = Make(0.6);
        Assert.Equal(WalkReason.CommandOutOfRange, walker.SetCommand(0.5f, 0, 1));
        Assert.Equal(WalkReason.CommandOutOfRange, walker.SetCommand(float.NaN, 0, 1));
        WalkParameters gait = Gait(0.6, Shape(Network()));
        gait.Height = 0.71f;
        Assert.Equal(WalkReason.OutOfReach, walker.Configure(Legs(), gait));
        gait.Height = 0.2f;
        Assert.Equal(WalkReason.KneeTooFar, walker.Configure(Legs(), gait));
        gait.Height = 0.6f;
        gait.Duty = 0.4f;
        Assert.Equal(WalkReason.DutyOutOfRange, walker.Configure(Legs(), gait));
        gait.Duty = 0.6f;
        gait.Cycle = float.NaN;
        Assert.Equal(WalkReason.CycleOutOfRange, walker.Configure(Legs(), gait));
        walker.Start();
        Assert.Equal(WalkReason.StillWalking, walker.Configure(Legs(), Gait(0.6, Shape(Network()))));
        Assert.True(walker.Step(network));
    }

    private static void Run(Walker walker, KimuraNetwork network, double seconds)
    {
        for (int n = 0; n < seconds / Dt; n++)
        {
            network.Step();
            if (!walker.Step(network))
            {
                throw new InvalidOperationException("out of reach");
            }
        }
    }

    private static (Walker, KimuraNetwork, double Cycle) Make(double duty)
    {
        PhaseShape shape = Shape(Network());
        Walker walker = new(Dt);
        Assert.Equal(WalkReason.None, walker.Configure(Legs(), Gait(duty, shape)));
        return (walker, Network(), shape.Cycle);
    }

    private static PhaseShape Shape(KimuraNetwork network) => PhaseShape.Of(network, new GaitProblem().Filter);

    private static KimuraNetwork Network() => GaitPlanner.Network(new GaitProblem(), GaitGenes.Paper());

    private static LegGeometry Legs() => new() { Thigh = 0.33f, Shank = 0.33f, Ankle = 0.05f, HipHalfWidth = 0.1f };

    private static WalkParameters Gait(double duty, PhaseShape shape) => new()
    {
        Duty = (float)duty,
        Lift = 0.03f,
        FootY = 0.1f,
        Height = 0.62f,
        Sway = 0.08f,
        Cycle = (float)shape.Cycle,
        Shift = (float)shape.Coefficients[0],
        Sin2 = (float)shape.Coefficients[1],
        Cos2 = (float)shape.Coefficients[2],
        Sin4 = (float)shape.Coefficients[3],
        Cos4 = (float)shape.Coefficients[4],
        MaxSpeed = 0.35f,
        MaxTurn = 0.3f,
    };
}
