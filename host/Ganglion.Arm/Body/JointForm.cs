using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Body;

/// <summary>
/// The numbers in which a network learns one joint of a design as drawn: 3 inputs, the joint's displacements
/// (<see cref="TrunkArm.StrokesToDisplacements"/>) brought to -1..1, which are all that its pose depends on; 6 outputs, how far it puts
/// the next module from where it is in the middle of all travels: along x, y, z, as parts of half a travel, and the vector part of the
/// quaternion by which it is turned. REP-103 axes of the joint's own module.
/// </summary>
public sealed class JointForm
{
    /// <summary>Numbers in and out.</summary>
    public const int Inputs = 3, Outputs = 6;

    /// <summary>What a joint turns by puts the whole arm behind it aside, what it moves by only itself: turns count so many times as
    /// much. Of ten joints' tips 99 of 100 are within 5.0 mm then, and with 1 within 5.8 (6 million samples, 128 neurons).</summary>
    private const double TurnsCount = 3;

    private readonly TrunkArm _one;
    private readonly Vec3 _middle;
    private readonly Quat _mount;
    private readonly Mat3 _mounted;
    private readonly double _length, _turn, _centre, _half;

    /// <param name="design">The joint module.</param>
    public JointForm(JointDesign design)
    {
        _one = new TrunkArm(design, 1);
        (_centre, _half) = (0.5 * (_one.InputMin + _one.InputMax), 0.5 * (_one.InputMax - _one.InputMin));
        _length = 0.5 * (design == JointDesign.FourGeared ? FourGearedJoint.Travel : ThreeGearedJoint.Travel);
        _turn = Math.Sin(0.5 * _one.MostBend) / TurnsCount;
        var module = new Pose[1];
        _one.Forward([_centre, _centre, _centre], module);
        (_middle, _mount) = (module[0].Position, module[0].Orientation);
        _mounted = _mount.ToMatrix();
    }

    /// <summary>An arm of one such joint.</summary>
    public TrunkArm One => _one;

    /// <summary>What an input changes by with its displacement.</summary>
    public double Slope => 1 / _half;

    /// <summary>Displacements of a joint as the network takes them.</summary>
    /// <param name="displacements">3 values.</param>
    /// <param name="inputs">Receives 3 values.</param>
    public void WriteInputs(ReadOnlySpan<double> displacements, Span<float> inputs)
    {
        for (int i = 0; i < Inputs; i++)
        {
            inputs[i] = (float)((displacements[i] - _centre) / _half);
        }
    }

    /// <summary>Where a joint puts the next module, as the network reports it.</summary>
    /// <param name="module">Pose of the next module in this one's frame.</param>
    /// <param name="outputs">Receives 6 values.</param>
    public void Write(in Pose module, Span<float> outputs)
    {
        Vec3 way = (1 / _length) * (module.Position - _middle);
        Quat turn = module.Orientation * _mount.Conjugate;
        double scale = (turn.W < 0 ? -1 : 1) / _turn;
        (outputs[0], outputs[1], outputs[2]) = ((float)way.X, (float)way.Y, (float)way.Z);
        (outputs[3], outputs[4], outputs[5]) = ((float)(scale * turn.X), (float)(scale * turn.Y), (float)(scale * turn.Z));
    }

    /// <summary>The inverse of <see cref="Write"/>.</summary>
    /// <param name="outputs">6 values.</param>
    public JointPose Read(ReadOnlySpan<float> outputs)
    {
        return new JointPose(Turn(outputs).ToMatrix() * _mounted, _middle + _length * new Vec3(outputs[0], outputs[1], outputs[2]));
    }

    /// <summary>How the next module moves where an output changes.</summary>
    /// <param name="outputs">What they are, 6 values.</param>
    /// <param name="changes">What they change by, 6 values.</param>
    /// <returns>Velocity (m) and angular velocity (rad), in this module's axes.</returns>
    public (Vec3 Way, Vec3 Turn) Change(ReadOnlySpan<float> outputs, ReadOnlySpan<double> changes)
    {
        // w = 2 Im(dq q*), where the scalar part follows from the length 1.
        Quat q = Turn(outputs);
        Vec3 part = _turn * new Vec3(changes[3], changes[4], changes[5]);
        double scalar = -(q.X * part.X + q.Y * part.Y + q.Z * part.Z) / q.W;
        Quat turn = new Quat(scalar, part.X, part.Y, part.Z) * q.Conjugate;
        return (_length * new Vec3(changes[0], changes[1], changes[2]), 2 * new Vec3(turn.X, turn.Y, turn.Z));
    }

    /// <summary>The turn that is reported, of length 1: no joint turns by more than a right angle, whatever a bad network says.</summary>
    private Quat Turn(ReadOnlySpan<float> outputs)
    {
        double x = _turn * outputs[3], y = _turn * outputs[4], z = _turn * outputs[5];
        return new Quat(Math.Sqrt(Math.Max(0.5, 1 - x * x - y * y - z * z)), x, y, z).Normalized();
    }
}
