using Ganglion.Basics;
using Ganglion.Basics.Space;
using Ganglion.Gait.Stability;
using Ganglion.Physics;
using Ganglion.Robots.Gaits;
using Ganglion.Robots.Walkers;
using Ganglion.Shared.Reflexes;

namespace Ganglion.Gait.Trials;

/// <summary>Sums up a trial, a tick at a time: <see cref="Work"/> after each step of the simulation, <see cref="Tick"/> after each
/// tick.</summary>
public sealed class WalkMeter
{
    /// <summary>Normal force from which a corner or a foot carries load [N].</summary>
    private const double LeastLoad = 5;

    private readonly IWalkerPhysics _body;
    private readonly Terrain _terrain;
    private readonly double _tick, _halfLength, _halfWidth;
    private readonly JointMeter _joints;
    private readonly TakenSpeed _taken;
    private readonly bool[] _stood = [true, true];
    private Vec3 _start, _settled;
    private double _settledAt = double.NaN, _settledWork, _pitch, _pitchSquare, _rollSquare, _slopeSquare, _offset, _margin, _maxPitch,
        _maxRoll, _felt, _largestSlope, _largestShift;
    private double _lastLanding = double.NaN, _steps, _slopedSteps, _slopedAhead, _spent;
    private double _ahead, _turned, _toldSpeed, _toldTurn, _yaw;
    private int _count, _inside, _insidePolygon, _sloped, _insideSloped, _landings, _slopedLandings, _ticks, _loaded;

    /// <param name="body">The body.</param>
    /// <param name="terrain">What it walks on.</param>
    /// <param name="layout">Its description.</param>
    /// <param name="tick">Period of <see cref="Tick"/> [s].</param>
    /// <param name="gait">That it walks with.</param>
    /// <param name="muscles">Whether pneumatic muscles turn its joints.</param>
    public WalkMeter(IWalkerPhysics body, Terrain terrain, WalkerLayout layout, double tick, GaitDescription gait, bool muscles = false)
    {
        _taken = new TakenSpeed(gait, tick);
        _joints = new JointMeter(body, layout.Body.Servo, muscles);
        (_body, _terrain, _tick) = (body, terrain, tick);
        (_halfLength, _halfWidth) = (0.5 * layout.Body.Sole.Length, 0.5 * layout.Body.Sole.Width);
    }

    /// <summary>Way forward since <see cref="Start"/> [m].</summary>
    public double Distance => _body.CentreOfMass.X - _start.X;

    /// <summary>Whether the first step has begun.</summary>
    public bool Began { get; private set; }

    /// <summary>The first step begins.</summary>
    public void Start() => (_start, Began) = (_body.CentreOfMass, true);

    /// <summary>Power of the joints in the last step of the simulation, for a time.</summary>
    public void Work(double seconds) => _joints.Step(seconds, !double.IsNaN(_settledAt));

    /// <summary>A tick of the walk.</summary>
    /// <param name="settleSeconds">Time from which on it counts [s].</param>
    /// <param name="estimate">What the board believes.</param>
    /// <param name="speed">What it is told [m/s].</param>
    /// <param name="turn">Likewise, to the left above 0 [rad/s].</param>
    public void Tick(double settleSeconds, in WalkEstimate estimate, double speed, double turn)
    {
        _ticks++;
        double time = _body.Time;
        (bool loaded, double back, double front, _, double left, double right) = Support();
        Vec3 centre = _body.CentreOfMass, up = _body.Up;
        Landings(settleSeconds);
        double slope = _terrain.SlopeAt(_body.Hips.X, time);
        _largestSlope = Math.Max(_largestSlope, Math.Abs(estimate.Slope));
        _largestShift = Math.Max(_largestShift, Math.Abs(estimate.Shift));
        _taken.Tick(speed, estimate.Speed, time >= settleSeconds);
        if (time < settleSeconds)
        {
            return;
        }

        double yaw = _body.Yaw;
        if (double.IsNaN(_settledAt))
        {
            (_settledAt, _settled, _settledWork, _yaw) = (time, centre, _body.Work, yaw);
        }

        _spent = _body.Work - _settledWork;

        // Whole turns do not count back.
        _turned += Math.IEEERemainder(yaw - _yaw, 2 * Math.PI);
        _yaw = yaw;
        Vec3 velocity = _body.CentreVelocity;
        double ahead = velocity.X * Math.Cos(yaw) + velocity.Y * Math.Sin(yaw);
        _ahead += ahead;
        _toldSpeed += speed;
        _toldTurn += turn;

        // Along gravity down to the lower sole.
        double ground = Math.Min(_body.Sole(0).Z, _body.Sole(1).Z), x = centre.X - (centre.Z - ground) * up.X / up.Z;
        bool inside = loaded && x >= back && x <= front;
        _count++;
        if (inside)
        {
            _inside++;
        }

        if (loaded)
        {
            SupportPolygon polygon = Polygon(left > LeastLoad, right > LeastLoad);
            double margin = polygon.Margin(x, -centre.Y);
            if (margin >= 0)
            {
                _insidePolygon++;
            }

            _margin += margin;
            _offset += x - polygon.Centre.X;
            _loaded++;
        }
        if (Math.Abs(slope) > TegotaeLaw.LeastSlope)
        {
            _sloped++;
            _slopedAhead += ahead;
            if (inside)
            {
                _insideSloped++;
            }
        }
        double pitch = _body.Pitch, roll = _body.Roll, error = estimate.Slope - slope;
        _pitch += pitch;
        _pitchSquare += pitch * pitch;
        _rollSquare += roll * roll;
        _slopeSquare += error * error;
        _felt += estimate.Slope;
        _maxPitch = Math.Max(_maxPitch, Math.Abs(pitch));
        _maxRoll = Math.Max(_maxRoll, Math.Abs(roll));
    }

    /// <summary>The present tick as a sample.</summary>
    /// <param name="estimate">What the board believes.</param>
    public WalkSample Sample(in WalkEstimate estimate)
    {
        (bool loaded, _, _, Vec3 pressure, double left, double right) = Support();
        return new WalkSample(
            _body.Time, _body.CentreOfMass, _body.Hips, _body.Sole(0), _body.Sole(1), _body.Pitch, estimate.Pitch,
            _terrain.SlopeAt(_body.Hips.X, _body.Time),
            estimate.Slope, estimate.Shift, loaded ? pressure : new Vec3(double.NaN, double.NaN, double.NaN), left, right, _joints.Power(0),
            _joints.Power(1), _joints.Power(2));
    }

    /// <summary>What it comes to.</summary>
    public WalkMeasures Result(double? fell, bool arrived, int outOfReach)
    {
        Vec3 centre = _body.CentreOfMass;
        double seconds = _body.Time - _settledAt, way = centre.X - _settled.X, mean = _pitch / _count;
        return new WalkMeasures
        {
            Began = Began,
            Fell = fell,
            Seconds = _ticks * _tick,
            Arrived = arrived,
            Distance = Distance,
            Drift = centre.Y - _start.Y,
            Heading = _body.Yaw,
            Speed = _count > 0 ? _ahead / _count : 0,
            ToldSpeed = _count > 0 ? _toldSpeed / _count : 0,
            TakenSpeed = _taken.Taken,
            AskedSpeed = _taken.Told,
            Turn = _count > 0 && seconds > 0 ? _turned / seconds : 0,
            ToldTurn = _count > 0 ? _toldTurn / _count : 0,
            FeltSlope = _count > 0 ? _felt / _count : double.NaN,
            Step = _landings > 0 ? _steps / _landings : 0,
            CostOfTransport = _count > 0 ? (_body.Work - _settledWork) / (_body.Mass * Gravity.OfBodies * Math.Max(0.01, Math.Abs(way)))
            : double.NaN,
            Hip = _joints.Energy(0),
            Knee = _joints.Energy(1),
            Ankle = _joints.Energy(2),
            SettledSeconds = seconds,
            SettledWay = way,
            Steps = _landings,
            StepEnergy = _landings > 0 ? _spent / _landings : double.NaN,
            SpeedOnSlope = _sloped > 0 ? _slopedAhead / _sloped : double.NaN,
            StepOnSlope = _slopedLandings > 0 ? _slopedSteps / _slopedLandings : double.NaN,
            MaxPitch = _maxPitch,
            MaxRoll = _maxRoll,
            RmsPitch = _count > 0 ? Math.Sqrt(Math.Max(0, _pitchSquare / _count - mean * mean)) : double.NaN,
            RmsRoll = _count > 0 ? Math.Sqrt(_rollSquare / _count) : double.NaN,
            InsideShare = _count > 0 ? (double)_inside / _count : double.NaN,
            InsideShareOnSlope = _sloped > 0 ? (double)_insideSloped / _sloped : double.NaN,
            InsidePolygonShare = _count > 0 ? (double)_insidePolygon / _count : double.NaN,
            CentreOffset = _loaded > 0 ? _offset / _loaded : double.NaN,
            Margin = _loaded > 0 ? _margin / _loaded : double.NaN,
            SlopeError = _count > 0 ? Math.Sqrt(_slopeSquare / _count) : double.NaN,
            LargestSlope = _largestSlope,
            LargestShift = _largestShift,
            OutOfReach = outOfReach,
        };
    }

    private void Landings(double settleSeconds)
    {
        for (int foot = 0; foot < 2; foot++)
        {
            double load = 0;
            for (int corner = 0; corner < 4; corner++)
            {
                load += _body.CornerForce(foot, corner);
            }

            bool stands = load > LeastLoad;
            if (stands && !_stood[foot])
            {
                double x = _body.Sole(foot).X;

                // A foot that bounces lands twice in one place.
                if (double.IsNaN(_lastLanding) || Math.Abs(x - _lastLanding) > 0.02)
                {
                    if (_body.Time > settleSeconds && !double.IsNaN(_lastLanding))
                    {
                        _steps += x - _lastLanding;
                        _landings++;
                        if (Math.Abs(_terrain.SlopeAt(x, _body.Time)) > TegotaeLaw.LeastSlope)
                        {
                            _slopedSteps += x - _lastLanding;
                            _slopedLandings++;
                        }
                    }
                    _lastLanding = x;
                }
            }
            _stood[foot] = stands;
        }
    }

    // In the axes of the paper's Figure 6b: x forward, z right.
    private SupportPolygon Polygon(bool left, bool right)
    {
        Span<(double, double)> soles = stackalloc (double, double)[2];
        int count = 0;
        if (left)
        {
            soles[count++] = (_body.Sole(0).X, -_body.Sole(0).Y);
        }

        if (right)
        {
            soles[count++] = (_body.Sole(1).X, -_body.Sole(1).Y);
        }

        return new SupportPolygon(soles[..count], _halfLength, _halfWidth);
    }

    // Hindmost and foremost loaded corner, centre of pressure, loads of the feet.
    private (bool Loaded, double Back, double Front, Vec3 Pressure, double Left, double Right) Support()
    {
        double back = double.PositiveInfinity, front = double.NegativeInfinity, left = 0, right = 0;
        Vec3 moment = default;
        for (int foot = 0; foot < 2; foot++)
        {
            Vec3 sole = _body.Sole(foot);
            Mat3 turn = _body.SoleAttitude(foot).ToMatrix();
            for (int corner = 0; corner < 4; corner++)
            {
                double force = _body.CornerForce(foot, corner);
                if (foot == 0)
                {
                    left += force;
                }
                else
                {
                    right += force;
                }

                if (force < LeastLoad)
                {
                    continue;
                }

                Vec3 place = sole + turn * new Vec3(corner < 2 ? _halfLength : -_halfLength, corner % 2 == 0 ? _halfWidth : -_halfWidth, 0);
                back = Math.Min(back, place.X);
                front = Math.Max(front, place.X);
                moment += force * place;
            }
        }
        double sum = left + right;
        return (front >= back, back, front, sum > 0 ? 1 / sum * moment : default, left, right);
    }
}
