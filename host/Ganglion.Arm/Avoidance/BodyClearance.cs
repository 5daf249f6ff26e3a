using Ganglion.Arm.Body;
using Ganglion.Arm.Kinematics;
using Ganglion.Basics.Space;
using Ganglion.Robots.Bodies;
using Ganglion.Robots.Scenes;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Avoidance;

/// <summary>
/// How far an arm's body is from what stands around it and from itself. The body is a capsule a module, from one module's origin to the
/// next, one for the tool, and those of a gripper at any grip (<see cref="GripperBody"/>). Modules that are so few apart that their joints
/// cannot turn them towards each other are not compared, nor are the first two with the table that they stand on. Holds its work space,
/// hence one instance a thread; allocates nothing.
/// </summary>
public sealed class BodyClearance
{
    /// <summary>Bend from which on modules can come near each other, rad: their joints hold them apart up to there.</summary>
    private const double TowardsEachOther = 2 * Math.PI / 3;

    /// <summary>Modules that no joint can bring down to the table.</summary>
    private const int Standing = 2;

    /// <summary>A posture that a network places takes as long as so many others.</summary>
    private const int PlacedPostures = 15;

    private readonly Pose[] _modules;
    private readonly Vec3[] _ends;
    private readonly double[] _jacobian;
    private readonly int _apart;
    private readonly double _gripperReach;
    private readonly (Mat3 Turn, Mat3 Back)[] _turns;
    private readonly BodyRod[] _gripper;
    private readonly KnownBody? _known;
    private readonly BodyNetwork? _network;
    private readonly SpikingChain? _chain;
    private readonly double[] _strokes, _doubts, _displacements;

    /// <param name="arm">The arm, as it is described.</param>
    /// <param name="scene">What stands around it.</param>
    /// <param name="gripper">What it carries at its tip; null: nothing.</param>
    /// <param name="known">What is known of where its body is; null: it is as described.</param>
    /// <param name="network">Places the body and tells by gradients through its spikes how it moves; null: kinematics do.</param>
    public BodyClearance(TrunkArm arm, SceneDescription scene, GripperDescription? gripper = null, KnownBody? known = null,
        BodyNetwork? network = null)
    {
        (Arm, Scene, _gripper, _known) = (arm, scene, gripper == null ? [] : GripperBody.Of(gripper), known);
        (_network, _chain) = (network, network == null ? null : new SpikingChain(arm, network.Model));
        (_strokes, _doubts) = (new double[arm.StrokeCount], new double[arm.Joints + 2]);
        _displacements = new double[arm.InputCount];
        _gripperReach = gripper == null ? 0 : GripperBody.Reach(gripper);
        _modules = new Pose[arm.Joints];
        _ends = new Vec3[arm.Joints + 2 + 2 * _gripper.Length];
        _jacobian = new double[6 * arm.InputCount];
        _apart = (int)Math.Ceiling(TowardsEachOther / arm.MostBend);
        _turns = [.. scene.Obstacles.Select(obstacle => obstacle is BoxObstacle box
            ? (Mat3.AboutZ(box.Yaw), Mat3.AboutZ(-box.Yaw)) : (Mat3.Identity, Mat3.Identity))];
    }

    public TrunkArm Arm { get; }

    public SceneDescription Scene { get; }

    /// <summary>Ends of the body's parts in the posture that was taken last, m: base, modules, tip, then two a rod of the
    /// gripper.</summary>
    public ReadOnlySpan<Vec3> Ends => _ends;

    /// <summary>Postures that were taken so far: what searches count.</summary>
    public long Postures { get; private set; }

    /// <summary>Takes a posture.</summary>
    /// <param name="inputs"><see cref="TrunkArm.InputCount"/> values.</param>
    public void PlaceInputs(ReadOnlySpan<double> inputs)
    {
        if (_known?.Learned == null && _chain == null)
        {
            Place(Arm.Forward(inputs, _modules));
            return;
        }

        Arm.InputsToStrokes(inputs, _strokes);
        PlaceStrokes(_strokes);
    }

    /// <summary>Takes a posture.</summary>
    /// <param name="strokes"><see cref="TrunkArm.StrokeCount"/> values.</param>
    public void PlaceStrokes(ReadOnlySpan<double> strokes)
    {
        IForwardModel? learned = _known?.Learned;
        if (learned == null && _chain == null)
        {
            Place(Arm.ForwardFromStrokes(strokes, _modules));
            return;
        }

        for (int link = 0; link <= Arm.Joints; link++)
        {
            _doubts[link] = (_known?.Doubt(link) ?? 0) + (_network?.Allowance(link) ?? 0);
        }

        _doubts[^1] = (_known?.Doubt(Arm.Joints) ?? 0) + (_network?.Allowance(_gripperReach) ?? 0);
        Postures += _chain == null ? 0 : PlacedPostures - 1;
        Place(_chain?.Place(strokes, learned, _modules) ?? learned!.FromStrokes(strokes, _modules));
    }

    /// <summary>Takes a body as it is: of a simulated arm, which may be another than described. Not to be used where something is known
    /// of it.</summary>
    /// <param name="modules">Poses, base first.</param>
    /// <param name="tip">Pose of the tip.</param>
    public void PlaceBody(ReadOnlySpan<Pose> modules, in Pose tip)
    {
        modules.CopyTo(_modules);
        Place(tip);
    }

    /// <summary>The least distance beyond the stated clearance, m, of the posture that was taken last.</summary>
    /// <param name="horizon">Farther away nothing is looked at, m: the answer is at most this.</param>
    public double Slack(double horizon)
    {
        Span<Touch> worst = stackalloc Touch[1];
        return Near(horizon, worst) == 0 ? horizon : worst[0].Slack;
    }

    /// <summary>The places with the least slack, worst first.</summary>
    /// <param name="horizon">Only places with less slack than this, m.</param>
    /// <param name="worst">Receives them.</param>
    /// <returns>How many.</returns>
    public int Near(double horizon, Span<Touch> worst)
    {
        int count = 0;
        for (int link = 0; link <= Arm.Joints + _gripper.Length; link++)
        {
            double radius = Radius(link) + Scene.Clearance;
            Vec3 from = _ends[First(link)], to = _ends[First(link) + 1];
            if (Scene.Table is { } table && link >= Standing)
            {
                bool isFirst = from.Z <= to.Z;
                Keep(new Touch(Math.Min(from.Z, to.Z) - table - radius, Vec3.UnitZ, link, isFirst ? 0 : 1, Touch.Table, 0), horizon, worst,
                    ref count);
            }

            for (int i = 0; i < Scene.Obstacles.Length; i++)
            {
                (Nearest near, double thick) = To(i, from, to);
                Keep(new Touch(near.Distance - thick - radius, near.Normal, link, near.Share, Touch.FirstObstacle - i, 0), horizon, worst,
                    ref count);
            }

            for (int other = 0; other <= Math.Min(link, Arm.Joints) - _apart; other++)
            {
                double both = radius + Radius(other);
                Vec3 otherFrom = _ends[other], otherTo = _ends[other + 1];

                // Most pairs are far from each other: the ends alone tell.
                double reach = both + horizon + 0.5 * ((to - from).Length + (otherTo - otherFrom).Length);
                if ((from + to - otherFrom - otherTo).LengthSquared > 4 * reach * reach)
                {
                    continue;
                }

                var near = Nearest.ToSegment(from, to, otherFrom, otherTo);
                Keep(new Touch(near.Distance - both, near.Normal, link, near.Share, other, near.OtherShare), horizon, worst, ref count);
            }
        }

        return count;
    }

    /// <summary>How the slack of the nearest places changes with the posture.</summary>
    /// <param name="inputs">The posture, <see cref="TrunkArm.InputCount"/> values; it is taken.</param>
    /// <param name="byDisplacements">True: columns are the displacements, <see cref="TrunkArm.StrokesToDisplacements"/>.</param>
    /// <param name="horizon">Only places with less slack than this, m.</param>
    /// <param name="worst">Receives the places, worst first.</param>
    /// <param name="rows">Receives a row of <see cref="TrunkArm.InputCount"/> values a place, m.</param>
    /// <returns>How many.</returns>
    public int Gradients(ReadOnlySpan<double> inputs, bool byDisplacements, double horizon, Span<Touch> worst, Span<double> rows)
    {
        PlaceInputs(inputs);
        int count = Near(horizon, worst);
        if (count == 0)
        {
            return 0;
        }

        if (_chain == null)
        {
            Arm.Jacobian(inputs, _jacobian, byDisplacements);
        }
        else
        {
            Arm.InputsToDisplacements(inputs, _displacements);
            _chain.Jacobian(_displacements, _jacobian);
        }

        Vec3 tip = _ends[Arm.Joints + 1];
        int n = Arm.InputCount;
        for (int k = 0; k < count; k++)
        {
            Touch touch = worst[k];
            Span<double> row = rows.Slice(k * n, n);
            row.Clear();
            Add(touch.Link, touch.Share, touch.Normal, tip, row);
            if (touch.Other >= 0)
            {
                Add(touch.Other, touch.OtherShare, -touch.Normal, tip, row);
            }

            if (_chain != null && !byDisplacements)
            {
                Arm.DisplacementGradientToInputs(inputs, row);
            }
        }

        return count;
    }

    /// <summary>A place in words, such as "module 4 and the table".</summary>
    public string Words(in Touch touch) => $"{Part(touch.Link)} and " + (touch.Other >= 0 ? Part(touch.Other)
        : touch.Other == Touch.Table ? "the table" : $"the {Scene.Obstacles[Touch.FirstObstacle - touch.Other].Name}");

    private string Part(int link) => link > Arm.Joints ? "the gripper" : link == Arm.Joints ? "the tool" : $"module {link + 1}";

    private double Radius(int link) => _doubts[Math.Min(link, Arm.Joints + 1)] + (link > Arm.Joints ? _gripper[link - Arm.Joints - 1].Radius
        : link == Arm.Joints ? TrunkArm.ToolRadius : Arm.ModuleReach);

    /// <summary>Where the first of a part's ends is kept; the second follows it.</summary>
    private int First(int link) => link <= Arm.Joints ? link : 2 * link - Arm.Joints;

    private void Place(in Pose tip)
    {
        Postures++;
        for (int joint = 0; joint < _modules.Length; joint++)
        {
            _ends[joint + 1] = _modules[joint].Position;
        }

        _ends[Arm.Joints + 1] = tip.Position;
        Mat3 turn = tip.Orientation.ToMatrix();
        for (int rod = 0; rod < _gripper.Length; rod++)
        {
            int first = First(Arm.Joints + 1 + rod);
            (_ends[first], _ends[first + 1]) = (tip.Position + turn * _gripper[rod].From, tip.Position + turn * _gripper[rod].To);
        }
    }

    private (Nearest Near, double Thick) To(int obstacle, in Vec3 from, in Vec3 to)
    {
        switch (Scene.Obstacles[obstacle])
        {
            case SphereObstacle sphere:
                return (Nearest.ToPoint(from, to, sphere.Centre), sphere.Radius);
            case CapsuleObstacle capsule:
                return (Nearest.ToSegment(from, to, capsule.From, capsule.To), capsule.Radius);
            case BoxObstacle box:
                (Mat3 turn, Mat3 back) = _turns[obstacle];
                var near = Nearest.ToBox(back * (from - box.Centre), back * (to - box.Centre), 0.5 * box.Size);
                return (near with { Normal = turn * near.Normal }, 0);
            default:
                throw new InvalidOperationException($"an obstacle of the unknown kind {Scene.Obstacles[obstacle].GetType().Name}");
        }
    }

    /// <summary>Adds the speed along a direction of a place on a part's axis. Its ends are module origins: the first moves with the joints
    /// before it, the second with its own as well, tool and gripper with all.</summary>
    private void Add(int link, double share, in Vec3 direction, in Vec3 tip, Span<double> row)
    {
        int n = Arm.InputCount, first = Math.Min(n, 3 * link), second = Math.Min(n, 3 * (link + 1));
        Vec3 from = _ends[First(link)] - tip, to = _ends[First(link) + 1] - tip;
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

    /// <summary>Insertion into the worst so far.</summary>
    private static void Keep(in Touch touch, double horizon, Span<Touch> worst, ref int count)
    {
        if (touch.Slack >= horizon || count == worst.Length && touch.Slack >= worst[^1].Slack)
        {
            return;
        }

        int at = count < worst.Length ? count++ : count - 1;
        while (at > 0 && worst[at - 1].Slack > touch.Slack)
        {
            worst[at] = worst[at - 1];
            at--;
        }

        worst[at] = touch;
    }
}
