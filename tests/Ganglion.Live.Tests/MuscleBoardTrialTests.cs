using Ganglion.Live.Muscles;
using Ganglion.Robots;

namespace Ganglion.Live.Tests;

public class MuscleBoardTrialTests
{
    /// <summary>Through valves, converters and the wire the joint follows as well as on the rig without a board, and the
    /// measured pressures take out what a valve is off: rms at most .015 rad at .5 Hz, where the joint loop alone has .108
    /// (specification cpg.md H).</summary>
    [Fact]
    public void Pressures_sensed_by_the_board_take_out_the_valves_error()
    {
        RobotDescription rig = ReachRunTests.Robot("muscle-rig");
        double exact = MuscleBoardTrial.Track(rig, 0.5, true, 0, 0);
        double off = MuscleBoardTrial.Track(rig, 0.5, true, 0.2, 0), blind = MuscleBoardTrial.Track(rig, 0.5, false, 0.2, 0);
        Assert.InRange(exact, 0, 0.004);
        Assert.InRange(off, 0, 0.010);
        Assert.True(blind > 2 * off, $"{blind} against {off}");
    }
}
