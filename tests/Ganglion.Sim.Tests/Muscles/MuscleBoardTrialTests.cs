using Ganglion.Live.Tests;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Robot;
using Ganglion.Sim.Muscles;

namespace Ganglion.Sim.Tests.Muscles;

public class MuscleBoardTrialTests
{
    /// <summary>Through valves, converters and the wire the joint follows as well as on the rig without a board, and the
    /// board's loops take out what a valve is off: rms at most 0.015 rad at 0.5 Hz, where the joint loop alone has 0.108 and
    /// feed-forward without loops 0.030 (shared/README.md H3).</summary>
    [Fact]
    public void The_boards_pressure_loops_take_out_lag_and_the_valves_error()
    {
        RobotDescription rig = ShippedFiles.Robot("muscle-rig");
        RobotDescription plain =
            rig with { Channels = [.. rig.Channels.Select(channel => (PressureChannel)channel with { Sensor = null })] };
        Assert.InRange(MuscleBoardTrial.Track(plain, 0.5, 0, 0), 0.020, 0.037);
        Assert.InRange(MuscleBoardTrial.Track(rig, 0.5, 0, 0), 0, 0.002);
        Assert.InRange(MuscleBoardTrial.Track(rig, 0.5, 0.15, 0.1), 0, 0.006);
        Assert.InRange(MuscleBoardTrial.Track(rig, 1, 0.05, 0.1), 0, 0.006);
    }
}
