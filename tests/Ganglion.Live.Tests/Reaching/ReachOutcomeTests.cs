using Ganglion.Basics.Space;
using Ganglion.Live.Reaching;

namespace Ganglion.Live.Tests.Reaching;

public class ReachOutcomeTests
{
    private static ReachOutcome At(double millimetres, double degrees, bool orientation) => new(
        new Pose(default, Quat.Identity), new Pose(default, Quat.Identity), default!, 1e-3 * millimetres, degrees * Math.PI / 180, 0, 0, 1,
        0, 1, 1, orientation);

    /// <summary>A tip that is in its place and turned otherwise is not there, if it was asked to be turned so.</summary>
    [Theory]
    [InlineData(0.9, 1.9, true, true)]
    [InlineData(0.9, 2.1, true, false)]
    [InlineData(0.9, 95, true, false)]
    [InlineData(0.9, 95, false, true)]
    [InlineData(1.1, 0, true, false)]
    [InlineData(1.1, 0, false, false)]
    [InlineData(double.NaN, double.NaN, true, false)]
    public void Reached_is_place_and_orientation(double millimetres, double degrees, bool orientation, bool reached) =>
        Assert.Equal(reached, At(millimetres, degrees, orientation).Reached);
}
