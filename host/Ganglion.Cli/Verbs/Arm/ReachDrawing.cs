using Ganglion.Basics.Space;
using Ganglion.Lab.Pictures.Trunk;
using Ganglion.Live.Reaching;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;
using Ganglion.Sim;

namespace Ganglion.Cli.Verbs.Arm;

/// <summary>Remembers what the picture of a run shows: the last targets, as many as it has room for, and the way between them.</summary>
/// <param name="robot">The arm.</param>
/// <param name="file">Where the picture goes.</param>
/// <param name="body">The simulated body that is looked at.</param>
internal sealed class ReachDrawing(RobotDescription robot, FileInfo file, VirtualArm body)
{
    private readonly List<TrunkPosture> _postures = [];
    private readonly List<PictureTarget> _targets = [];
    private readonly List<Vec3> _path = [];
    private readonly Queue<int> _pathLengths = [];
    private int _onTheWay, _targetsLeftOut;

    /// <summary>Looks at the body, and takes down a target that has just been reached.</summary>
    public void Note(ReachProgress progress)
    {
        if (body.Posture() is not { } posture)
        {
            return;
        }

        _path.Add(posture.Tip.Position);
        _onTheWay++;
        if (progress.Last is not { } outcome)
        {
            return;
        }

        if (_targets.Count == TrunkPicture.MostTargets)
        {
            _targets.RemoveAt(0);
            _postures.RemoveAt(0);
            _path.RemoveRange(0, _pathLengths.Dequeue());
            _targetsLeftOut++;
        }

        _postures.Add(new TrunkPosture(posture.Modules, posture.Tip));
        _targets.Add(new PictureTarget(outcome.Target.Position, outcome.TipError));
        _pathLengths.Enqueue(_onTheWay);
        _onTheWay = 0;
    }

    /// <summary>Draws.</summary>
    /// <exception cref="UserException">No target was reached.</exception>
    public void Save(ReachRunResult result)
    {
        if (_postures.Count == 0)
        {
            throw new UserException("there is nothing to draw: no target was reached in this time. Give more --seconds.");
        }

        TrunkArmLayout layout = robot.TrunkArm!;
        string title = $"{robot.Name}: {layout.Joints} joints, {layout.Gears.Length} servos, {result.Stream.StreamHz:0} Hz" +
            (_targetsLeftOut > 0 ? $", the last {_targets.Count} of {_targets.Count + _targetsLeftOut} targets" : "");
        Files.WriteWhole(file.FullName,
            TrunkPicture.Render(Ganglion.Robots.Trunk.TrunkArm.FromDescription(robot), title, _postures, _path, _targets));
    }
}
