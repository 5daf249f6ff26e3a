using System.Numerics;
using Ganglion.Basics;

namespace Ganglion.Gait.Planned;

/// <summary>
/// Follows the gaits of a block through their cycles and measures each in its lane. A foot stands while y0 + Cy times its
/// output is 0 or below; it stands where equation (2) had it at touch-down (shared/README.md B4: a stance foot is held
/// still). The ZMP is that of a tick ago, where the second difference of the body's path is centred.
/// </summary>
internal sealed class LaneMeasures(GaitProblem problem)
{
    /// <summary>The margin with both feet in the air, where nothing supports the robot.</summary>
    private const float Unsupported = -0.1f;

    private static readonly Vector<float> Zero = Vector<float>.Zero, One = Vector<float>.One;

    private readonly float _dt = (float)problem.Tick;
    private Vector<float>[] _genes = [];
    private Foot _left, _right;
    private Body _body;
    private Cycles _cycles;
    private Sums _sums;

    /// <summary>Forgets all and measures gaits with these genes.</summary>
    public void Reset(Vector<float>[] genes)
    {
        _genes = genes;
        _left = _right = default;
        _body = default;
        _cycles = default;
        _sums = default;
        _sums.MinMargin = new Vector<float>(float.MaxValue);
        _sums.Lowest = new Vector<float>(float.MaxValue);
        _left.Up = _right.Up = One;
    }

    /// <summary>Takes over a tick.</summary>
    /// <param name="t">Time of the tick, s.</param>
    /// <param name="slow">Low-passed outputs of lx, ly, rx, ry, cx, cy, cz.</param>
    /// <returns>True once all lanes have finished their cycles.</returns>
    public bool Add(float t, ReadOnlySpan<Vector<float>> slow)
    {
        Vector<float>[] g = _genes;
        Body body = _body;
        Vector<float> x = g[GaitGenes.BodyX] + g[GaitGenes.BodyGainX] * slow[4] + g[GaitGenes.BodySpeed] * t;
        Vector<float> y = g[GaitGenes.BodyY] + g[GaitGenes.BodyGainY] * slow[5];
        Vector<float> z = g[GaitGenes.BodyZ] + g[GaitGenes.BodyGainZ] * slow[6];
        AddZmp(ref body, x, y, z);

        Vector<float> ramp = g[GaitGenes.FootX] + g[GaitGenes.FootSpeed] * t;
        _left.Move(ramp + g[GaitGenes.FootGainX] * slow[0], g[GaitGenes.FootY] + g[GaitGenes.FootGainY] * slow[1]);
        _right.Move(ramp + g[GaitGenes.FootGainX] * slow[2], g[GaitGenes.FootY] + g[GaitGenes.FootGainY] * slow[3]);
        Vector<float> recording = _cycles.Count(slow[0], t, _dt, problem.SettleCycles, problem.SettleCycles + problem.Cycles);

        var step = Vector.Abs(_left.Stance - _right.Stance);
        Vector<float> landed = recording * (_left.Lands + _right.Lands);
        _sums.Steps += landed;
        _sums.StepLength += landed * step;
        _sums.Standing += recording * (_left.Stood + _right.Stood);
        _sums.Lift = Vector.Max(_sums.Lift, recording * Vector.Max(_left.Height, _right.Height));

        body.Last = body.Now;
        body.X2 = body.X1; body.Y2 = body.Y1; body.Z2 = body.Z1;
        body.X1 = x; body.Y1 = y; body.Z1 = z;
        Place(ref body, recording);
        AddReach(in body, recording);
        _body = body;
        return Vector.GreaterThanOrEqualAll(_cycles.Done, new Vector<float>(problem.SettleCycles + problem.Cycles));
    }

    /// <summary>The score of a lane.</summary>
    public GaitScore Score(int lane)
    {
        float samples = _sums.Samples[lane];
        int wanted = problem.SettleCycles + problem.Cycles;
        if (!(_cycles.Done[lane] >= wanted) || !(samples > 0))
        {
            return GaitScore.NotJudged(2);
        }

        double mean = _sums.Z[lane] / samples, square = _sums.ZSquare[lane] / samples, steps = _sums.Steps[lane];
        GaitScore score = new()
        {
            MeanDistance = _sums.Distance[lane] / samples,
            MaxDistance = _sums.MaxDistance[lane],
            MinMargin = _sums.MinMargin[lane],
            Inside = _sums.Inside[lane] / samples,
            StepLength = steps > 0 ? _sums.StepLength[lane] / steps : 0,
            Lift = _sums.Lift[lane],
            Duty = 0.5 * _sums.Standing[lane] / samples,
            Period = (_cycles.End[lane] - _cycles.Start[lane]) / problem.Cycles,
            SwayDeviation = Math.Sqrt(Math.Max(0, square - mean * mean)),
            LowestBody = _sums.Lowest[lane],
            LongestLeg = Math.Sqrt(_sums.LegSquare[lane]),
        };
        score.Judge(problem);
        return double.IsFinite(score.Fitness) ? score : GaitScore.NotJudged(2);
    }

    // Equation (11) with the ground at 0, distance from the centre of support, and margin (12): at the tick, and where support
    // changed since the tick before, there too, against the smaller of the two supports.
    private void AddZmp(ref Body body, Vector<float> x, Vector<float> y, Vector<float> z)
    {
        var rate = new Vector<float>(1 / (_dt * _dt));
        Vector<float> fall = (y - body.Y1 - body.Y1 + body.Y2) * rate + new Vector<float>((float)Gravity.OfBodies);
        Vector<float> lever = body.Y1 / Vector.Max(fall, One) * rate;
        Vector<float> zmpX = body.X1 - lever * (x - body.X1 - body.X1 + body.X2), zmpZ = body.Z1 - lever
            * (z - body.Z1 - body.Z1 + body.Z2);
        Vector<float> recorded = body.Recorded, dx = zmpX - body.Now.CentreX, dz = zmpZ - body.Now.CentreZ;
        Vector<float> distance = Vector.SquareRoot(dx * dx + dz * dz), margin = Margin(in body.Now, dx, dz);
        Vector<float> lasting = One - body.Change, atX = body.Change * zmpX + lasting * body.ZmpX, atZ = body.Change * zmpZ + lasting
            * body.ZmpZ;
        var lifted = Vector.GreaterThan(body.Lifted, Zero);
        Support smaller = default;
        smaller.CentreX = Vector.ConditionalSelect(lifted, body.Now.CentreX, body.Last.CentreX);
        smaller.CentreZ = Vector.ConditionalSelect(lifted, body.Now.CentreZ, body.Last.CentreZ);
        smaller.HalfX = Vector.ConditionalSelect(lifted, body.Now.HalfX, body.Last.HalfX);
        smaller.HalfZ = Vector.ConditionalSelect(lifted, body.Now.HalfZ, body.Last.HalfZ);
        smaller.Standing = Vector.ConditionalSelect(lifted, body.Now.Standing, body.Last.Standing);
        Vector<float> between = Margin(in smaller, atX - smaller.CentreX, atZ - smaller.CentreZ);
        var least = Vector.ConditionalSelect(Vector.GreaterThan(body.Changed, Zero), Vector.Min(margin, between), margin);
        body.ZmpX = zmpX;
        body.ZmpZ = zmpZ;

        _sums.Samples += recorded;
        _sums.Distance += recorded * distance;
        _sums.MaxDistance = Vector.Max(_sums.MaxDistance, recorded * distance);
        _sums.MinMargin = Vector.ConditionalSelect(Vector.GreaterThan(recorded, Zero), Vector.Min(_sums.MinMargin, least), _sums.MinMargin);
        _sums.Inside += Vector.ConditionalSelect(Vector.GreaterThanOrEqual(least, Zero), recorded, Zero);
        _sums.Z += recorded * body.Z1;
        _sums.ZSquare += recorded * body.Z1 * body.Z1;
    }

    // The hull of two equal upright rectangles is their sum with the way between them, so its faces are those of the
    // rectangle, moved out, and two along the way. Inside, the least distance to a face is the distance to the edge.
    private Vector<float> Margin(in Support support, Vector<float> dx, Vector<float> dz)
    {
        var length = new Vector<float>((float)problem.HalfLength);
        var width = new Vector<float>((float)problem.HalfWidth);
        var margin = Vector.Min(length + Vector.Abs(support.HalfX) - Vector.Abs(dx), width + Vector.Abs(support.HalfZ)
            - Vector.Abs(dz));
        var way = Vector.SquareRoot(support.HalfX * support.HalfX + support.HalfZ * support.HalfZ);
        var both = Vector.GreaterThan(way, Zero);
        Vector<float> scale = One / Vector.Max(way, new Vector<float>(1e-6f)), nx = support.HalfZ * scale, nz = support.HalfX * scale;
        Vector<float> along = length * Vector.Abs(nx) + width * Vector.Abs(nz) - Vector.Abs(nx * dx - nz * dz);
        margin = Vector.ConditionalSelect(both, Vector.Min(margin, along), margin);
        return Vector.ConditionalSelect(Vector.GreaterThan(support.Standing, Zero), margin, new Vector<float>(Unsupported));
    }

    // The paper's z points right, so the left foot is at -z_f.
    private void Place(ref Body body, Vector<float> recording)
    {
        Vector<float> left = One - _left.Up, right = One - _right.Up, both = left * right, z = new Vector<float>((float)problem.Spacing);
        Vector<float> onLeft = left * (One - right), onRight = One - both - onLeft;
        Vector<float> middle = 0.5f * (_left.Stance + _right.Stance);
        body.Now.CentreX = both * middle + onLeft * _left.Stance + onRight * _right.Stance;
        body.Now.CentreZ = (onRight - onLeft) * z;
        body.Now.HalfX = both * (0.5f * (_right.Stance - _left.Stance));
        body.Now.HalfZ = both * z;
        body.Now.Standing = left + right;
        body.Recorded = recording;
        body.Lifted = _left.Lifts + _right.Lifts;
        body.Changed = body.Lifted + _left.Lands + _right.Lands;
        body.Change = Vector.Max(_left.When, _right.When);
    }

    // Hip to ankle of each standing leg: the hips are as far apart as the feet, so the body's sway is the lateral way.
    private void AddReach(in Body body, Vector<float> recording)
    {
        Vector<float> height = body.Y1 - new Vector<float>((float)(problem.BodyOverHips + problem.Ankle));
        Vector<float> same = height * height + body.Z1 * body.Z1, left = _left.Stance - body.X1, right = _right.Stance - body.X1;
        var longest = Vector.Max((One - _left.Up) * (same + left * left), (One - _right.Up) * (same + right * right));
        _sums.LegSquare = Vector.Max(_sums.LegSquare, recording * longest);
        _sums.Lowest = Vector.ConditionalSelect(Vector.GreaterThan(recording, Zero), Vector.Min(_sums.Lowest, body.Y1), _sums.Lowest);
    }

    /// <summary>
    /// A foot by equation (2), and where it stands. Up is 1 in the air and 0 on the ground. A tick in which it touches down
    /// or lifts off is parted where the line between the two heights meets 0.
    /// </summary>
    private struct Foot
    {
        public Vector<float> X, Height, Up, Stance;

        /// <summary>1 where it lifted off, and where it touched down, in the last tick; when, as a share of it; and for how
        /// much of it the foot stood.</summary>
        public Vector<float> Lifts, Lands, When, Stood;

        public void Move(Vector<float> x, Vector<float> height)
        {
            Vector<float> up = Vector.ConditionalSelect(Vector.GreaterThan(height, Zero), One, Zero), way = Height - height;
            Lands = Up * (One - up);
            Lifts = up * (One - Up);
            Vector<float> changes = Lands + Lifts;
            When = Vector.ConditionalSelect(Vector.GreaterThan(changes, Zero), Height / way, Zero);
            Stood = (One - Up) * (One - up) + Lifts * When + Lands * (One - When);
            Stance = Vector.ConditionalSelect(Vector.GreaterThan(Lands, Zero), X + When * (x - X), Stance);
            X = x;
            Height = height;
            Up = up;
        }
    }

    private struct Body
    {
        // Place now (1) and a tick before (2), the support at both, and the ZMP at 2.
        public Vector<float> X1, Y1, Z1, X2, Y2, Z2, ZmpX, ZmpZ, Recorded;
        public Support Now, Last;

        // Between the two: whether support changed, whether a foot lifted off, and when, as a share of the tick.
        public Vector<float> Changed, Lifted, Change;
    }

    /// <summary>Centre, half the way from left foot to right foot (0 on one foot), and the number of feet on the ground.</summary>
    private struct Support
    {
        public Vector<float> CentreX, CentreZ, HalfX, HalfZ, Standing;
    }

    /// <summary>Counts cycles by the upward crossings of lx.</summary>
    private struct Cycles
    {
        public Vector<float> Done, Start, End;
        private Vector<float> _last;

        /// <summary>1 where the tick belongs to the judged cycles.</summary>
        public Vector<float> Count(Vector<float> lx, float t, float dt, int first, int last)
        {
            var crossed = Vector.BitwiseAnd(Vector.LessThan(_last, Zero), Vector.GreaterThanOrEqual(lx, Zero));
            Vector<float> at = new Vector<float>(t) - lx / Vector.Max(lx - _last, new Vector<float>(1e-9f)) * dt;
            Done += Vector.ConditionalSelect(crossed, One, Zero);
            Start = Vector.ConditionalSelect(Vector.BitwiseAnd(crossed, Vector.Equals(Done, new Vector<float>(first))), at, Start);
            End = Vector.ConditionalSelect(Vector.BitwiseAnd(crossed, Vector.Equals(Done, new Vector<float>(last))), at, End);
            _last = lx;
            var judged = Vector.BitwiseAnd(Vector.GreaterThanOrEqual(Done, new Vector<float>(first)),
                Vector.LessThan(Done, new Vector<float>(last)));
            return Vector.ConditionalSelect(judged, One, Zero);
        }
    }

    private struct Sums
    {
        public Vector<float> Samples, Distance, MaxDistance, MinMargin, Inside, Standing, Z, ZSquare, Steps, StepLength, Lift,
            Lowest, LegSquare;
    }
}
