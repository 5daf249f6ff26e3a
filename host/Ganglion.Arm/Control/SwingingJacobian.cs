using Ganglion.Arm.Inference;
using Ganglion.Basics.Space;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Control;

/// <summary>
/// The tip's Jacobian by displacements (<see cref="TrunkArm.StrokesToDisplacements"/>), mended by measured secants as in uncalibrated
/// visual servoing (Hosoda and Asada 1994), and carried along when the arm goes elsewhere. An arm moves its tip far more easily around its
/// base than to and from it, by a factor of 20 with 25 joints: after a way of a tenth of its length the small part would lie elsewhere, and
/// what was learned of it would be lost. So all rows turn with the chord from the base to the tip.
/// </summary>
/// <param name="arm">The arm: its variables and its base frame; its geometry is not used.</param>
/// <param name="rows">3 or 6; rotational rows are in metres (rad times <see cref="TrunkArm.NormalisingLength"/>).</param>
/// <param name="astray">Standard deviation of a model's entries as a share of their root mean square.</param>
public sealed class SwingingJacobian(TrunkArm arm, int rows, double astray)
{
    /// <summary>
    /// Turn of the tip's path per turn of the chord: 1 for a hinge at the base, 4/3 for a straight arm that bends evenly, 1.2 for one that
    /// bends with the least change of its joints, in proportion to their leverage (tip at z = L - 0.6 r^2/L for small bends).
    /// </summary>
    private const double Turn = 1.2;

    /// <summary>Share of the turn that may be wrong: of a secant of length w that share of w^2 / (2 L) is doubtful.</summary>
    private const double TurnDoubt = 0.3;

    /// <summary>Secants that are kept for a new Jacobian from the model.</summary>
    private const int Secants = 16;

    /// <summary>At this distance, as a share of the straight arm, a secant says half as much about the Jacobian here.</summary>
    private const double Curvature = 0.05;

    private readonly int _n = arm.InputCount;
    private readonly double _length = arm.Joints * arm.NormalisingLength;
    private readonly SecantJacobian _jacobian = new(rows, arm.InputCount);
    private readonly double[] _here = new double[arm.InputCount], _away = new double[arm.InputCount], _byInputs =
        new double[rows * arm.InputCount], _way = new double[6];
    private readonly double[] _moves = new double[Secants * arm.InputCount], _middles = new double[Secants * arm.InputCount], _ways =
        new double[Secants * 6];
    private readonly double[] _variances = new double[Secants];
    private readonly Vec3[] _places = new Vec3[Secants];
    private Vec3 _tip;
    private int _secants;

    /// <summary>By displacements, rows x <see cref="TrunkArm.InputCount"/>: the tip's velocity (m) and angular velocity (rad times
    /// <see cref="TrunkArm.NormalisingLength"/>).</summary>
    public double[] Values => _jacobian.Values;

    /// <summary>Standard deviation of an entry by the model alone, m.</summary>
    public double EntryDoubt { get; private set; }

    /// <summary>Standard deviation of a Jacobian's entries, m, as a share of their root mean square.</summary>
    internal static double DoubtOf(ReadOnlySpan<double> jacobian, double astray)
    {
        double sum = 0;
        foreach (double entry in jacobian)
        {
            sum += entry * entry;
        }

        return astray * Math.Sqrt(sum / jacobian.Length);
    }

    /// <summary>Forgets what was measured.</summary>
    public void Forget() => _secants = 0;

    /// <summary>Takes a Jacobian from a model; the last measured secants are applied to it again.</summary>
    /// <param name="jacobian">As <see cref="Values"/>.</param>
    /// <param name="around">The inputs at which it was made.</param>
    /// <param name="tip">Where the tip is there, m.</param>
    public void Linearise(ReadOnlySpan<double> jacobian, ReadOnlySpan<double> around, in Vec3 tip)
    {
        EntryDoubt = DoubtOf(jacobian, astray) + double.Epsilon;
        jacobian.CopyTo(Values);
        _jacobian.Restart();
        arm.InputsToDisplacements(around, _here);
        _tip = tip;
        for (int k = Math.Max(0, _secants - Secants); k < _secants; k++)
        {
            Apply(k % Secants);
        }
    }

    /// <summary>Carries it elsewhere.</summary>
    /// <param name="displacements">Where.</param>
    /// <param name="tip">Where the tip is there, m.</param>
    public void MoveTo(ReadOnlySpan<double> displacements, in Vec3 tip)
    {
        displacements.CopyTo(_here);
        if (tip == _tip)
        {
            return;
        }

        Mat3 turn = Between(_tip, tip, Turn);
        double[] j = Values;
        for (int first = 0; first < rows * _n; first += 3 * _n)
        {
            for (int i = first; i < first + _n; i++)
            {
                Vec3 turned = turn * new Vec3(j[i], j[i + _n], j[i + 2 * _n]);
                (j[i], j[i + _n], j[i + 2 * _n]) = (turned.X, turned.Y, turned.Z);
            }
        }

        _tip = tip;
    }

    /// <summary>The tip's way between here and elsewhere, by the Jacobian half way.</summary>
    /// <param name="move">Displacements, to here or from here.</param>
    /// <param name="elsewhere">Where the tip is at the other end, about, m.</param>
    /// <param name="way">Receives 6 values, as rows.</param>
    public void WayOf(ReadOnlySpan<double> move, in Vec3 elsewhere, double[] way)
    {
        Multiply(move, way);
        TurnRows(way, Between(_tip, elsewhere, Turn / 2));
    }

    /// <summary>What to ask of the Jacobian here for a way from here that turns it meanwhile.</summary>
    /// <param name="way">6 values; receives them.</param>
    public void Unturn(double[] way) => TurnRows(way, Between(_tip + new Vec3(way[0], way[1], way[2]), _tip, Turn / 2));

    /// <summary>By inputs.</summary>
    /// <param name="inputs">The inputs here.</param>
    /// <returns>Rows as <see cref="Values"/>; overwritten by the next call.</returns>
    public double[] ByInputs(ReadOnlySpan<double> inputs)
    {
        Values.CopyTo(_byInputs, 0);
        for (int row = 0; row < rows; row++)
        {
            arm.DisplacementGradientToInputs(inputs, _byInputs.AsSpan(row * _n, _n));
        }

        return _byInputs;
    }

    /// <summary>Learns from a move and the way that the tip was measured to make meanwhile.</summary>
    /// <param name="from">Displacements at the start of the move.</param>
    /// <param name="to">At its end.</param>
    /// <param name="place">Where the tip was half way, m.</param>
    /// <param name="way">6 values, as rows.</param>
    /// <param name="variance">Of each of them, m^2.</param>
    /// <returns>How far off the Jacobian had the way, m.</returns>
    public double Learn(ReadOnlySpan<double> from, ReadOnlySpan<double> to, in Vec3 place, double[] way, double variance)
    {
        int slot = _secants++ % Secants, first = slot * _n;
        for (int i = 0; i < _n; i++)
        {
            (_moves[first + i], _middles[first + i]) = (to[i] - from[i], (to[i] + from[i]) / 2);
        }

        way.CopyTo(_ways, 6 * slot);
        (_places[slot], _variances[slot]) = (place, variance);
        return Apply(slot);
    }

    /// <summary>A secant corrects the Jacobian, the less the farther away it was measured. Returns how far off it was.</summary>
    private double Apply(int slot)
    {
        ReadOnlySpan<double> move = _moves.AsSpan(slot * _n, _n);
        for (int i = 0; i < _n; i++)
        {
            _away[i] = _here[i] - _middles[slot * _n + i];
        }

        Multiply(_away, _way);
        double away = Length(_way) / (Curvature * _length);
        Multiply(move, _way);
        double off = 0, length = 0;
        Span<double> way = stackalloc double[6];
        _ways.AsSpan(6 * slot, 6).CopyTo(way);
        TurnRows(way, Between(_places[slot], _tip, Turn));
        for (int row = 0; row < rows; row++)
        {
            off += (way[row] - _way[row]) * (way[row] - _way[row]);
            length += way[row] * way[row];
        }

        double turn = TurnDoubt * length / (2 * _length), noise = (_variances[slot] + turn * turn) / (EntryDoubt * EntryDoubt);
        _jacobian.Update(move, way[..rows], 1 + away * away, noise: noise);
        return Math.Sqrt(off);
    }

    private void Multiply(ReadOnlySpan<double> move, double[] way)
    {
        for (int row = 0; row < rows; row++)
        {
            double sum = 0;
            ReadOnlySpan<double> line = Values.AsSpan(row * _n, _n);
            for (int i = 0; i < _n; i++)
            {
                sum += line[i] * move[i];
            }

            way[row] = sum;
        }
    }

    private void TurnRows(Span<double> way, in Mat3 turn)
    {
        for (int first = 0; first < rows; first += 3)
        {
            Vec3 turned = turn * new Vec3(way[first], way[first + 1], way[first + 2]);
            (way[first], way[first + 1], way[first + 2]) = (turned.X, turned.Y, turned.Z);
        }
    }

    /// <summary>The rotation that takes the direction of one place, seen from the base, to that of another, so many times.</summary>
    private static Mat3 Between(in Vec3 from, in Vec3 to, double times)
    {
        var axis = Vec3.Cross(from, to);
        double sine = axis.Length;
        if (sine == 0)
        {
            return Mat3.Identity;
        }

        double half = times * Math.Atan2(sine, Vec3.Dot(from, to)) / 2, scale = Math.Sin(half) / sine;
        return new Quat(Math.Cos(half), scale * axis.X, scale * axis.Y, scale * axis.Z).ToMatrix();
    }

    private static double Length(double[] way)
    {
        double sum = 0;
        foreach (double part in way)
        {
            sum += part * part;
        }

        return Math.Sqrt(sum);
    }
}
