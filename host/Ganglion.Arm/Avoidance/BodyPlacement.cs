using Ganglion.Arm.Body;
using Ganglion.Arm.Kinematics;
using Ganglion.Basics.Space;
using Ganglion.Robots.Bodies;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Avoidance;

/// <summary>
/// Where the parts of an arm's body are, how far they may be from there, and how they move with the joints: by kinematics of the arm as it
/// is described, by what was learned of it, or by a network that learned one joint. A part is a rod: a module, from its origin to the next,
/// the tool, then those of a gripper. Holds its work space; allocates nothing.
/// </summary>
/// <param name="arm">The arm, as it is described.</param>
/// <param name="gripper">What it carries at its tip; null: nothing.</param>
/// <param name="known">What is known of where its body is; null: it is as described.</param>
/// <param name="network">Places the body and tells by gradients through its spikes how it moves; null: kinematics do.</param>
internal sealed class BodyPlacement(TrunkArm arm, GripperDescription? gripper, KnownBody? known, BodyNetwork? network)
{
    /// <summary>
    /// To place a posture by a network and to look how near it is takes as long as so many others: 10.3 us against 4.7 with ten joints
    /// among posts (the least of 600 times fifty postures), so that a period's search takes no longer with one. Counted as 15, arms waited
    /// for ways: 1.79 times the time to rest without obstacles, and 1.25 with 3 (`bench avoidance --body joint-4g-64 --targets 50 --seeds
    /// 9761 --controller ik`, posts).
    /// </summary>
    private const int PlacedPostures = 3;

    /// <summary>Places jump by this share of what is kept clear because of the network, as spikes come and go: by 1.1 mm of the tool's 10.2
    /// where an arm of ten joints stood still for good, beside a ball (`balls`, seed 9764).</summary>
    private const double JumpShare = 0.2;

    private readonly SpikingChain? _chain = network == null ? null : new SpikingChain(arm, network.Model);
    private readonly Pose[] _modules = new Pose[arm.Joints];
    private readonly BodyRod[] _gripper = gripper == null ? [] : GripperBody.Of(gripper);
    private readonly double _gripperReach = gripper == null ? 0 : GripperBody.Reach(gripper);
    private readonly Vec3[] _ends = new Vec3[arm.Joints + 2 + (gripper == null ? 0 : 2 * GripperBody.Of(gripper).Length)];
    private readonly double[] _jacobian = new double[6 * arm.InputCount], _strokes = new double[arm.StrokeCount];
    private readonly double[] _doubts = new double[arm.Joints + 2];

    /// <summary>Parts: modules, the tool, then rods of the gripper.</summary>
    public int Count => arm.Joints + 1 + _gripper.Length;

    /// <summary>Ends of the parts in the posture that was taken last, m: base, modules, tip, then two a rod of the gripper.</summary>
    public ReadOnlySpan<Vec3> Ends => _ends;

    /// <summary>Postures that were taken so far, by what they cost.</summary>
    public long Postures { get; private set; }

    /// <summary>By so much a part's place may jump between postures that are hardly apart, m: 0 by kinematics.</summary>
    public double Jumps { get; } = JumpShare * (network?.Allowance(arm.Joints) ?? 0);

    /// <summary>Ends of a part.</summary>
    public (Vec3 From, Vec3 To) Rod(int link) => (_ends[First(link)], _ends[First(link) + 1]);

    /// <summary>Half the thickness of a part and how far it may be from where it is placed, m.</summary>
    public double Radius(int link) => _doubts[Math.Min(link, arm.Joints + 1)] + (link > arm.Joints ? _gripper[link - arm.Joints - 1].Radius
        : link == arm.Joints ? TrunkArm.ToolRadius : arm.ModuleReach);

    /// <summary>Takes a posture.</summary>
    /// <param name="inputs"><see cref="TrunkArm.InputCount"/> values.</param>
    public void Inputs(ReadOnlySpan<double> inputs)
    {
        if (known?.Learned == null && _chain == null)
        {
            Place(arm.Forward(inputs, _modules));
            return;
        }

        arm.InputsToStrokes(inputs, _strokes);
        Strokes(_strokes);
    }

    /// <summary>Takes a posture.</summary>
    /// <param name="strokes"><see cref="TrunkArm.StrokeCount"/> values.</param>
    public void Strokes(ReadOnlySpan<double> strokes)
    {
        IForwardModel? learned = known?.Learned;
        if (learned == null && _chain == null)
        {
            Place(arm.ForwardFromStrokes(strokes, _modules));
            return;
        }

        for (int link = 0; link <= arm.Joints; link++)
        {
            _doubts[link] = (known?.Doubt(link) ?? 0) + (network?.Allowance(link) ?? 0);
        }

        _doubts[^1] = (known?.Doubt(arm.Joints) ?? 0) + (network?.Allowance(_gripperReach) ?? 0);
        Postures += _chain == null ? 0 : PlacedPostures - 1;
        Place(_chain?.Place(strokes, learned, _modules, []) ?? learned!.FromStrokes(strokes, _modules));
    }

    /// <summary>Takes a body as it is.</summary>
    /// <param name="modules">Poses, base first.</param>
    /// <param name="tip">Pose of the tip.</param>
    public void Body(ReadOnlySpan<Pose> modules, in Pose tip)
    {
        modules.CopyTo(_modules);
        Place(tip);
    }

    /// <summary>Finds how the body moves from the posture of inputs that was taken last (<see cref="AddSpeed"/>).</summary>
    /// <param name="inputs">That posture, <see cref="TrunkArm.InputCount"/> values.</param>
    /// <param name="byDisplacements">True: by the displacements. A network tells that alone.</param>
    /// <returns>Whether it is by the displacements.</returns>
    public bool Move(ReadOnlySpan<double> inputs, bool byDisplacements)
    {
        if (_chain == null)
        {
            arm.Jacobian(inputs, _jacobian, byDisplacements);
            return byDisplacements;
        }

        arm.InputsToStrokes(inputs, _strokes);
        _chain.Place(_strokes, known?.Learned, _modules, _jacobian);
        return true;
    }

    /// <summary>Adds the speed along a direction of a place on a part's axis, after <see cref="Move"/>. Its ends are module origins: the
    /// first moves with the joints before it, the second with its own as well, tool and gripper with all.</summary>
    /// <param name="link">The part.</param>
    /// <param name="share">Where on its axis, 0..1.</param>
    /// <param name="direction">Unit vector.</param>
    /// <param name="row">Receives what is added, <see cref="TrunkArm.InputCount"/> values, m.</param>
    public void AddSpeed(int link, double share, in Vec3 direction, Span<double> row)
    {
        int n = arm.InputCount, first = Math.Min(n, 3 * link), second = Math.Min(n, 3 * (link + 1));
        Vec3 tip = _ends[arm.Joints + 1], from = _ends[First(link)] - tip, to = _ends[First(link) + 1] - tip;
        for (int column = 0; column < second; column++)
        {
            Vec3 v = new(_jacobian[column], _jacobian[n + column], _jacobian[2 * n + column]);
            Vec3 w = new(_jacobian[3 * n + column], _jacobian[4 * n + column], _jacobian[5 * n + column]);
            double speed = share * Vec3.Dot(direction, v + Vec3.Cross(w, to));
            if (column < first)
            {
                speed += (1 - share) * Vec3.Dot(direction, v + Vec3.Cross(w, from));
            }

            row[column] += speed;
        }
    }

    /// <summary>Where the first of a part's ends is kept; the second follows it.</summary>
    private int First(int link) => link <= arm.Joints ? link : 2 * link - arm.Joints;

    private void Place(in Pose tip)
    {
        Postures++;
        for (int joint = 0; joint < _modules.Length; joint++)
        {
            _ends[joint + 1] = _modules[joint].Position;
        }

        _ends[arm.Joints + 1] = tip.Position;
        Mat3 turn = tip.Orientation.ToMatrix();
        for (int rod = 0; rod < _gripper.Length; rod++)
        {
            int first = First(arm.Joints + 1 + rod);
            (_ends[first], _ends[first + 1]) = (tip.Position + turn * _gripper[rod].From, tip.Position + turn * _gripper[rod].To);
        }
    }
}
