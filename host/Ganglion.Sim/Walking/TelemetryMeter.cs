using Ganglion.Basics.Space;
using Ganglion.Bridge.Messages;
using Ganglion.Gait.Trials;
using Ganglion.Robots.Walkers;

namespace Ganglion.Sim.Walking;

/// <summary>
/// Sums up a trial of a walker by what its board tells: its IMU, its foot cells, and what it believes. Where it is in the world, how fast
/// it comes over the ground and what its joints spend, no sensor of it says: those measures are NaN.
/// </summary>
/// <param name="walker">Its description.</param>
/// <param name="settleSeconds">Time from which on it counts [s].</param>
public sealed class TelemetryMeter(WalkerLayout walker, double settleSeconds)
{
    /// <summary>A torso that is tilted by more has fallen [rad]: as in the same trial in physics.</summary>
    public const double FallTilt = 1;

    private static readonly Vec3 Unknown = new(double.NaN, double.NaN, double.NaN);

    private readonly List<WalkSample> _samples = [];
    private double _pitch, _pitchSquare, _rollSquare, _maxPitch, _maxRoll, _felt, _largestSlope, _largestShift, _toldSpeed, _toldTurn;
    private double _began = double.NaN, _latest;
    private int _count;

    /// <summary>What was told, by time.</summary>
    public IReadOnlyList<WalkSample> Samples => _samples;

    /// <summary>Whether the first step has begun.</summary>
    public bool Began => !double.IsNaN(_began);

    /// <summary>How far the torso is tilted, of its pitch and its roll [rad].</summary>
    public static double Tilt(BoardTelemetry told) => Math.Acos(Math.Clamp(Math.Cos(told.Pitch) * Math.Cos(told.Roll), -1, 1));

    /// <summary>The first step begins.</summary>
    /// <param name="time">Since the trial's start [s].</param>
    public void Begin(double time) => _began = time;

    /// <summary>Takes a message of the board.</summary>
    /// <param name="time">Since the trial's start [s].</param>
    /// <param name="told">The message.</param>
    /// <param name="walk">What it told of its walk last.</param>
    /// <param name="speed">What it is told to do [m/s].</param>
    /// <param name="turn">Likewise, to the left above 0 [rad/s].</param>
    /// <param name="counts">False: it only goes into <see cref="Samples"/>.</param>
    public void Look(double time, BoardTelemetry told, WalkTelemetry walk, double speed, double turn, bool counts)
    {
        (double left, double right) = (double.NaN, double.NaN);
        if (walker.FootSensors.Length > 0)
        {
            (left, right) = (0, 0);
            foreach (FootSensor cell in walker.FootSensors)
            {
                double force = cell.NewtonsOf(told.Analog[cell.Input]);
                (left, right) = cell.Right ? (left, right + force) : (left + force, right);
            }
        }

        _samples.Add(new WalkSample(time, Unknown, Unknown, Unknown, Unknown, double.NaN, told.Pitch, double.NaN, walk.Slope, walk.Shift,
            Unknown, left, right, double.NaN, double.NaN, double.NaN));
        if (!counts || !Began)
        {
            return;
        }

        _latest = time;
        _largestSlope = Math.Max(_largestSlope, Math.Abs(walk.Slope));
        _largestShift = Math.Max(_largestShift, Math.Abs(walk.Shift));
        if (time < settleSeconds)
        {
            return;
        }

        _count++;
        _pitch += told.Pitch;
        _pitchSquare += told.Pitch * told.Pitch;
        _rollSquare += told.Roll * told.Roll;
        _maxPitch = Math.Max(_maxPitch, Math.Abs(told.Pitch));
        _maxRoll = Math.Max(_maxRoll, Math.Abs(told.Roll));
        _felt += walk.Slope;
        _toldSpeed += speed;
        _toldTurn += turn;
    }

    /// <summary>What it comes to.</summary>
    /// <param name="fell">When it fell [s]; null: it did not.</param>
    /// <param name="arrived">Whether it walked to the trial's end.</param>
    public WalkMeasures Result(double? fell, bool arrived)
    {
        double mean = _pitch / _count;
        return new WalkMeasures
        {
            Began = Began,
            Fell = fell,
            Seconds = Began ? Math.Max(0, _latest - _began) : 0,
            Arrived = arrived,
            Distance = double.NaN,
            Drift = double.NaN,
            Heading = double.NaN,
            Speed = double.NaN,
            ToldSpeed = Mean(_toldSpeed),
            Turn = double.NaN,
            ToldTurn = Mean(_toldTurn),
            FeltSlope = Mean(_felt),
            Step = double.NaN,
            CostOfTransport = double.NaN,
            MaxPitch = _count > 0 ? _maxPitch : double.NaN,
            MaxRoll = _count > 0 ? _maxRoll : double.NaN,
            RmsPitch = _count > 0 ? Math.Sqrt(Math.Max(0, _pitchSquare / _count - mean * mean)) : double.NaN,
            RmsRoll = Math.Sqrt(Mean(_rollSquare)),
            InsideShare = double.NaN,
            InsideShareOnSlope = double.NaN,
            InsidePolygonShare = double.NaN,
            Margin = double.NaN,
            CentreOffset = double.NaN,
            SlopeError = double.NaN,
            LargestSlope = _largestSlope,
            LargestShift = _largestShift,
        };
    }

    private double Mean(double sum) => _count > 0 ? sum / _count : double.NaN;
}
