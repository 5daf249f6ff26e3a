using Ganglion.Robots.Gaits;
using Ganglion.Robots.Robot;

namespace Ganglion.Bridge.Messages;

/// <summary>From a gait's description to what a board is told of it.</summary>
public static class WalkConfiguration
{
    /// <summary>The same configuration with the gait in it.</summary>
    /// <param name="board">Configuration of the walker's board.</param>
    /// <param name="gait">A gait that was read for this robot.</param>
    /// <param name="robot">The walker.</param>
    public static BoardConfiguration With(this BoardConfiguration board, GaitDescription gait, RobotDescription robot) => board with
    {
        RhythmTimeout = gait.Timeout,
        Walk = BoardWalk.Definition(gait, robot),
    };
}
