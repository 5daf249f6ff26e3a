using System.Text;
using Ganglion.Gait.Trials;
using Ganglion.Gait.Walks;
using Ganglion.Physics;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Yaml;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Gait.Tests.Walks;

/// <summary>A gait whose legs a chess clock times: read, written, searched for, and carrying a body in physics.</summary>
public class ClockGaitTests
{
    private static readonly RobotDescription Robot = RobotFile.Load(GaitFileTests.InRepository("hardware/robots/walker12.yaml"));

    private static readonly string Shipped = File.ReadAllText(GaitFileTests.InRepository("hardware/gaits/clock12.yaml"));

    /// <summary>The lone clock in closed form, -ln(1 - r/k) / r (A9), without couplings: a swing and a stance are as long.</summary>
    [Fact]
    public void CycleAndDutyAreThoseOfTheClock()
    {
        GaitClock clock = new(1, 1, 2, 0.5, 1.5, 0.8, 0, 0, 0, 0, 1.2);
        ClockPace pace = clock.Measure(0.02);
        double swing = -Math.Log(1 - 0.8 / 3) / 0.8, stance = -Math.Log(1 - 0.8 / 2) / 0.8;
        Assert.Equal(ClockFault.None, pace.Fault);
        Assert.Equal(swing + stance, pace.Cycle, 0.002);
        Assert.Equal(stance / (swing + stance), pace.Duty, 0.005);

        ClockPace slowed = clock.Slowed(1.5).Measure(0.02);
        Assert.Equal(1.5 * pace.Cycle, slowed.Cycle, 0.003);
        Assert.Equal(pace.Duty, slowed.Duty, 0.005);
    }

    [Fact]
    public void WhatIsWrittenIsReadAgain()
    {
        GaitDescription gait = Parse(Shipped), again = Parse(GaitText.Of(gait, "version: 0.1.0, search: cma, seed: 1, evaluations: 4, " +
            "fitness: -1, step_mm: 40", "Written."));
        Assert.Equal(gait.Clock, again.Clock);
        Assert.Equal((gait.Walk.Cycle, gait.Walk.Duty, gait.Walk.Sway, gait.Reflexes.PlaceSide), (again.Walk.Cycle, again.Walk.Duty,
            again.Walk.Sway, again.Reflexes.PlaceSide));
        Assert.Equal((GaitDescription.NoOscillator, GaitDescription.NoOscillator, 0), (again.Foot, again.Body, again.Ring));
        Assert.IsType<ChessClockNetwork>(BoardWalk.Build(again, Robot).Timing.Network);
    }

    [Theory]
    [InlineData("leak_per_s: ", "leak_per_s: 9 #", "clock")]
    [InlineData("leak_per_s: ", "leak_per_s: nan #", "leak_per_s")]
    [InlineData("speed_m_per_s: ", "speed_m_per_s: 3.5 #", "both legs would swing at once")]
    [InlineData("start_at: ", "start_clock: flexor\n  start_at: 0.5 #", "both legs would swing at once")]
    [InlineData("speed_m_per_s: ", "speed_m_per_s: 0.04 #", "clock")]
    [InlineData("    flexor_from_flexor: ", "    flexor_from_flexor: 51 #", "must be within -50..50")]
    [InlineData("  lift_mm: ", "  duty: 0.6\n  lift_mm: ", "unknown key 'duty'")]
    [InlineData("  contact_load: ", "  plantar: 0.02\n  contact_load: ", "unknown key 'plantar'")]
    [InlineData("clock:", "ring: 0.7\nclock:", "unknown key 'ring'")]
    [InlineData("kind: clock-gait", "kind: gait", "clock")]
    public void WhatCannotTimeAWalkIsRefusedWithItsLine(string key, string damaged, string reason)
    {
        int at = Shipped.IndexOf(key, StringComparison.Ordinal);
        string text = Shipped[..at] + damaged + Shipped[(at + key.Length)..];
        RobotFileException error = Assert.Throws<RobotFileException>(() => Parse(text));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Matches(@"\D\d+\D", error.Message);
    }

    /// <summary>A search asks for cycle and duty, and the clock's speed and slowness are what makes them; a duty that its sides could not
    /// take turns at becomes the nearest (the cat's reaches 0.557). A cycle of 30 whole ticks stands and swings in whole ticks.</summary>
    [Theory]
    [InlineData(0.6, 0.65, 0.65)]
    [InlineData(0.8, 0.6, 0.6)]
    [InlineData(0.9, 0.5, 0.557)]
    public void GenesOfAClockComeBackAsItsCycleAndDuty(double cycle, double duty, double nearest)
    {
        GaitClock clock = Parse(Shipped).Clock!;
        double[] genes = WalkGenes.Of(Parse(Shipped));
        (genes[WalkGenes.Cycle], genes[WalkGenes.Duty]) = (cycle, duty);
        GaitDescription built = WalkGenes.Build(genes, Robot, clock);
        Assert.Equal(cycle, built.Walk.Cycle, 0.01);
        Assert.Equal(nearest, built.Walk.Duty, 0.02 / cycle);
        Assert.Equal(built.Clock, Parse(GaitText.Of(built, "version: 0.1.0, search: cma, seed: 1, evaluations: 4, fitness: -1, step_mm: 40",
            "Written.")).Clock! with
        { Speed = built.Clock!.Speed }, Near);
        Assert.Equal(built.Walk.Cycle, (float)WalkGenes.Of(built)[WalkGenes.Cycle]);

        static bool Near(GaitClock? one, GaitClock? other) => Math.Abs(one!.FlexorBias - other!.FlexorBias) < 1e-5
            && Math.Abs(one.ExtensorGain - other.ExtensorGain) < 1e-5
            && Math.Abs(one.ExtensorFromExtensor - other.ExtensorFromExtensor) < 1e-5;
    }

    [Fact]
    public void AClockCarriesABodyOverLevelGroundAndUpARamp()
    {
        GaitDescription gait = Parse(Shipped);
        using WalkTrial level = new(Robot, new TrialConditions(Terrain.Flat(), 14) { Push = 2 });
        using WalkTrial ramp = new(Robot, new TrialConditions(Terrain.Ramp(5 * Math.PI / 180, 0.4, 1), 30) { Goal = 0.8 });
        WalkMeasures walked = level.Run(gait, 8101), climbed = ramp.Run(gait, 8102);
        Assert.Null(walked.Fell);
        Assert.InRange(walked.Speed, 0.5 * gait.Speed, 1.2 * gait.Speed);
        Assert.True(climbed.Arrived, climbed.Fell?.ToString());
        Assert.Equal(walked, level.Run(gait, 8101));
    }

    private static GaitDescription Parse(string text) => GaitFile.Parse(Encoding.UTF8.GetBytes(text), "clocked.yaml", Robot);
}
