using Ganglion.Arm.Control;
using Ganglion.Bridge.Session;
using Ganglion.Live.OwnMotion;
using Ganglion.Robots.Modules;
using Ganglion.Robots.Robot;

namespace Ganglion.Live.Joints;

/// <summary>One module with its outputs on. It moves on straight lines in the space of its servos, none of them faster than it may, and
/// starts and stops over a ramp.</summary>
public sealed class JointMove
{
    private readonly BoardPlay _play;
    private readonly BoardGroup _group;
    private readonly SetpointStream _stream;
    private readonly StrokeMotion _motion;
    private readonly double[] _at;

    internal JointMove(BoardPlay play, BoardGroup group, SetpointStream stream, RobotDescription robot, JointModule module,
        double[] slew, double[] start)
    {
        (_play, _group, _stream, _at, Robot, Module) = (play, group, stream, start, robot, module);
        _motion = new StrokeMotion(slew, start);
        Tell();
    }

    public RobotDescription Robot { get; }

    public JointModule Module { get; }

    /// <summary>What its servos are told, travels.</summary>
    public ReadOnlySpan<double> At => _at;

    public bool IsAtRest => _motion.Arrived;

    /// <summary>How the stream goes.</summary>
    public StreamStatistics Statistics => _stream.GetStatistics();

    /// <summary>Where it shall go from now on, travels.</summary>
    public void Lead(ReadOnlySpan<double> goal) => _motion.MoveTo(goal);

    /// <summary>Where it goes is given up: it comes to rest.</summary>
    public void Brake() => _motion.Brake();

    /// <summary>A period.</summary>
    /// <exception cref="BoardException">The board does not move any more.</exception>
    /// <exception cref="OperationCanceledException">Ended at once.</exception>
    public void Step()
    {
        _motion.Step(_stream.Period * 1e-9, _at);
        Tell();
        _stream.Step();
        _play.ThrowIfStopped("Nothing moves on.");
    }

    /// <summary>Goes somewhere and waits until it is there.</summary>
    /// <param name="goal">Travels.</param>
    /// <param name="ended">Ends the way: it comes to rest where it is.</param>
    /// <returns>Whether it is there.</returns>
    /// <inheritdoc cref="Step"/>
    public bool To(ReadOnlySpan<double> goal, CancellationToken ended)
    {
        Lead(goal);
        bool there = true;
        while (!IsAtRest)
        {
            if (there && ended.IsCancellationRequested)
            {
                Brake();
                there = false;
            }

            Step();
        }

        return there;
    }

    /// <summary>Waits until the board has carried out all that it was told.</summary>
    internal void Settle() => _group.PollUntil(_stream.ExecutionTime);

    private void Tell()
    {
        for (int i = 0; i < _at.Length; i++)
        {
            _stream.Set(0, i, _at[i]);
        }
    }
}
