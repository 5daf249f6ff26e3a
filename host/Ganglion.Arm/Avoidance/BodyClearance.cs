using Ganglion.Arm.Body;
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

    private readonly BodyPlacement _placed;
    private readonly int _apart;
    private readonly (Mat3 Turn, Mat3 Back)[] _turns;

    /// <param name="arm">The arm, as it is described.</param>
    /// <param name="scene">What stands around it.</param>
    /// <param name="gripper">What it carries at its tip; null: nothing.</param>
    /// <param name="known">What is known of where its body is; null: it is as described.</param>
    /// <param name="network">Places the body and tells by gradients through its spikes how it moves; null: kinematics do.</param>
    public BodyClearance(TrunkArm arm, SceneDescription scene, GripperDescription? gripper = null, KnownBody? known = null,
        BodyNetwork? network = null)
    {
        (Arm, Scene, _placed) = (arm, scene, new BodyPlacement(arm, gripper, known, network));
        _apart = (int)Math.Ceiling(TowardsEachOther / arm.MostBend);
        _turns = [.. scene.Obstacles.Select(obstacle => obstacle is BoxObstacle box
            ? (Mat3.AboutZ(box.Yaw), Mat3.AboutZ(-box.Yaw)) : (Mat3.Identity, Mat3.Identity))];
    }

    public TrunkArm Arm { get; }

    public SceneDescription Scene { get; }

    /// <summary>Ends of the body's parts in the posture that was taken last, m: base, modules, tip, then two a rod of the
    /// gripper.</summary>
    public ReadOnlySpan<Vec3> Ends => _placed.Ends;

    /// <summary>Postures that were taken so far: what searches count.</summary>
    public long Postures => _placed.Postures;

    /// <summary>By so much the slack may jump between postures that are hardly apart, m: 0 but for a body that a network places.</summary>
    public double Jumps => _placed.Jumps;

    /// <summary>Takes a posture.</summary>
    /// <param name="inputs"><see cref="TrunkArm.InputCount"/> values.</param>
    public void PlaceInputs(ReadOnlySpan<double> inputs) => _placed.Inputs(inputs);

    /// <summary>Takes a posture.</summary>
    /// <param name="strokes"><see cref="TrunkArm.StrokeCount"/> values.</param>
    public void PlaceStrokes(ReadOnlySpan<double> strokes) => _placed.Strokes(strokes);

    /// <summary>Takes a body as it is: of a simulated arm, which may be another than described. Not to be used where something is known
    /// of it.</summary>
    /// <param name="modules">Poses, base first.</param>
    /// <param name="tip">Pose of the tip.</param>
    public void PlaceBody(ReadOnlySpan<Pose> modules, in Pose tip) => _placed.Body(modules, tip);

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
        for (int link = 0; link < _placed.Count; link++)
        {
            double radius = _placed.Radius(link) + Scene.Clearance;
            (Vec3 from, Vec3 to) = _placed.Rod(link);
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
                double both = radius + _placed.Radius(other);
                (Vec3 otherFrom, Vec3 otherTo) = _placed.Rod(other);

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

        bool isByDisplacements = _placed.Move(inputs, byDisplacements);
        int n = Arm.InputCount;
        for (int k = 0; k < count; k++)
        {
            Touch touch = worst[k];
            Span<double> row = rows.Slice(k * n, n);
            row.Clear();
            _placed.AddSpeed(touch.Link, touch.Share, touch.Normal, row);
            if (touch.Other >= 0)
            {
                _placed.AddSpeed(touch.Other, touch.OtherShare, -touch.Normal, row);
            }

            if (isByDisplacements && !byDisplacements)
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
