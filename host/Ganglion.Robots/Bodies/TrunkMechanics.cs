using Ganglion.Basics;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Robots.Bodies;

/// <summary>
/// Where a simulated arm's modules and tip are while its servos stand where they stand: play and dead gears, its own dimensions, and joints
/// that yield to weight. It stands upright. Play remembers where a gear was: one object an arm, of one thread.
/// </summary>
public sealed class TrunkMechanics
{
    /// <summary>Sag moves the weights that cause it: so many rounds bring what is left below 1e-3 of it while joints yield by a few
    /// degrees.</summary>
    private const int SagRounds = 4;

    private readonly TrunkBodyDescription _body;
    private readonly TrunkArm _arm;
    private readonly double[] _strokes;
    private readonly Pose[] _straight, _modules;
    private bool _started;

    /// <param name="body">What the arm is like.</param>
    public TrunkMechanics(TrunkBodyDescription body)
    {
        (_body, _arm) = (body, new TrunkArm(body.Dimensions));
        _strokes = new double[_arm.StrokeCount];
        (_straight, _modules) = (new Pose[_arm.Joints], new Pose[_arm.Joints]);
    }

    /// <summary>Where the gears stand after the last <see cref="Move"/>, joint-major, parts of the travel.</summary>
    public ReadOnlySpan<double> Strokes => _strokes;

    /// <summary>Where the modules are after the last <see cref="Move"/>, base first.</summary>
    public ReadOnlySpan<Pose> Modules => _modules;

    /// <summary>Moves the servos, straight from where they were.</summary>
    /// <param name="servos">One a gear, joint-major, parts of the travel.</param>
    /// <returns>Pose of the tool tip.</returns>
    public Pose Move(ReadOnlySpan<double> servos)
    {
        for (int gear = 0; gear < _strokes.Length; gear++)
        {
            GearFlaw flaw = _body.Gears[gear];
            double play = flaw.Backlash / 2;
            _strokes[gear] = flaw.DeadAt ?? (_started ? Math.Clamp(_strokes[gear], servos[gear] - play, servos[gear] + play)
                : servos[gear]);
        }

        _started = true;
        Pose tip = _arm.ForwardFromStrokes(_strokes, _straight);
        _straight.CopyTo(_modules, 0);
        if (_body.Sag == 0 || _body.ModuleMass + _body.LoadMass == 0)
        {
            return tip;
        }

        Pose sagged = tip;
        for (int round = 0; round < SagRounds; round++)
        {
            sagged = Sagged(tip, sagged.Position);
        }

        return sagged;
    }

    /// <summary>The arm without weight, each joint of it turned by what the weights beyond it, where they are now, do to it.</summary>
    private Pose Sagged(in Pose tip, Vec3 load)
    {
        int joints = _modules.Length;
        var turns = new Quat[joints];
        Vec3 moment = _body.LoadMass * load;
        double mass = _body.LoadMass;
        for (int joint = joints - 1; joint >= 0; joint--)
        {
            // The joint carries its module and all beyond it; it yields where the module before it is.
            moment += _body.ModuleMass * _modules[joint].Position;
            mass += _body.ModuleMass;
            Vec3 lever = moment - mass * Below(_modules, joint), torque = Vec3.Cross(lever, new Vec3(0, 0, -Gravity.OfBodies));
            turns[joint] = Quat.FromRotationVector(_body.Sag * torque);
        }

        Quat turned = Quat.Identity;
        Vec3 position = default;
        for (int joint = 0; joint < joints; joint++)
        {
            turned = (turns[joint] * turned).Normalized();
            position += turned.ToMatrix() * (_straight[joint].Position - Below(_straight, joint));
            _modules[joint] = new Pose(position, (turned * _straight[joint].Orientation).Normalized());
        }

        return new Pose(position + turned.ToMatrix() * (tip.Position - _straight[^1].Position), (turned * tip.Orientation).Normalized());
    }

    private static Vec3 Below(Pose[] modules, int joint) => joint == 0 ? default : modules[joint - 1].Position;
}
