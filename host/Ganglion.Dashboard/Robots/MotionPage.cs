using Ganglion.Basics.Space;
using Ganglion.Dashboard.Steering;
using Ganglion.Dashboard.Stream;
using Ganglion.Live.Replay;
using Ganglion.Live.Viewing;
using Ganglion.Robots.Boards;
using Ganglion.Robots.Walkers;

namespace Ganglion.Dashboard.Robots;

/// <summary>A robot whose board moves it by itself, as a page shows and operates it: a walker's body as the board commands it, or as a
/// simulation knows it, on its ground; oscillators, sensors and pressures.</summary>
internal sealed class MotionPage : IPageRobot
{
    /// <summary>Load of a foot from which it carries, N.</summary>
    private const double LeastLoad = 5;

    private static readonly Vec3 Nowhere = new(double.NaN, double.NaN, double.NaN);

    private readonly MotionDesk _desk;
    private readonly OwnMotionView _view;
    private readonly MotionStatus _status = new();
    private readonly ChannelDescription[] _channels;
    private readonly Pose[] _frames = new Pose[WalkerFrames.Count];
    private readonly double[] _feet = [double.NaN, double.NaN, double.NaN, double.NaN];
    private long _last, _epoch;
    private IDisposable? _watch;
    private int _named;

    public MotionPage(MotionDesk desk)
    {
        _desk = desk;
        _view = desk.Views.Make();
        _channels = [.. desk.Robot.ChannelsOf(0)];
        Scene = MotionScene.Of(desk);
    }

    public ReadOnlyMemory<byte> Scene { get; }

    public EventLog Events => _desk.Events;

    public long Epoch => Volatile.Read(ref _epoch);

    public IPageWindow Open() => PageWindows.Open(_desk.Control, Interlocked.Increment(ref _named), (_, _) => { });

    public IPageRobot? Before(double until) => _desk.Views is RecordedViews<OwnMotionView> recorded
        ? new MotionPage(_desk with { Views = new PastViews<OwnMotionView>(recorded, until) }) : null;

    public bool TryWrite(FrameBuffer frame, uint number, int windows)
    {
        _watch ??= _desk.Views.Watch();
        if (!_desk.Views.TryRead(_view, ref _last))
        {
            return false;
        }

        if (_desk.Control is not PageControl.Recorded)
        {
            Volatile.Write(ref _epoch, (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100 - _view.Time);
        }

        frame.Begin(number, _view.Time * 1e-9);
        WriteChannels(frame);
        FrameParts.WriteBoards(frame, [_view.Board]);
        if (_desk.Robot.Walker is { } walker)
        {
            WriteBody(frame, walker);
            WriteMotion(frame, walker);
        }
        else
        {
            FrameParts.WritePressures(frame, _channels, _view.Analog);
        }

        FrameParts.End(frame, _status.Write(_view, _desk, windows));
        return true;
    }

    public void Rest()
    {
        _watch?.Dispose();
        _watch = null;
    }

    public void Dispose() => Rest();

    /// <summary>What each channel is told; of a walker, by the angles of its joints.</summary>
    private void WriteChannels(FrameBuffer frame)
    {
        Span<float> channels = frame.AddNumbers(Section.Channels, _channels.Length, _channels.Length);
        for (int i = 0; i < channels.Length; i++)
        {
            channels[i] = (float)_view.Positions[i];
        }

        foreach (WalkerJoint joint in _desk.Robot.Walker?.Joints ?? [])
        {
            channels[joint.Channel] = (float)joint.ValueOf(_view.Angles[joint.Index]);
        }
    }

    /// <summary>Frames of the links. Without a simulation the torso is turned as the board's sensor says and stands on the lower sole, at
    /// the origin: where it is in the world, no board knows.</summary>
    private void WriteBody(FrameBuffer frame, WalkerLayout walker)
    {
        BodyView body = _view.Body;
        if (body.HasPose)
        {
            WalkerFrames.Place(walker, new Pose(body.Hips, body.Attitude), body.Angles, _frames);
        }
        else
        {
            Quat attitude = Quat.FromRotationVector(_view.Attitude.Pitch * Vec3.UnitY) * Quat.FromRotationVector(
                _view.Attitude.Roll * Vec3.UnitX);
            WalkerFrames.Place(walker, new Pose(default, attitude), _view.Angles, _frames);
            var up = new Vec3(0, 0, -WalkerFrames.Lowest(walker, _frames));
            for (int i = 0; i < _frames.Length; i++)
            {
                _frames[i] = _frames[i] with { Position = _frames[i].Position + up };
            }
        }

        Span<float> told = frame.AddNumbers(Section.Told, _frames.Length, FrameParts.PoseSize * _frames.Length);
        for (int i = 0; i < _frames.Length; i++)
        {
            FrameParts.Write(told[(FrameParts.PoseSize * i)..], _frames[i]);
        }
    }

    /// <summary>Steps, reflexes, attitude, loads and points of balance, in the order of STREAM.md.</summary>
    private void WriteMotion(FrameBuffer frame, WalkerLayout walker)
    {
        BodyView body = _view.Body;
        double left = double.NaN, right = double.NaN;
        Vec3 pressure = Feel(walker, ref left, ref right), centre = WalkerFrames.CentreOfMass(walker, _frames);
        if (body.HasForces)
        {
            ((left, right), pressure, centre) = (body.Loads, body.Pressure, body.Centre);
        }

        const int count = 26;
        Span<float> numbers = frame.AddNumbers(Section.Motion, count, count);
        ReadOnlySpan<double> values =
        [
            _view.Stage, _view.Phase.Left, _view.Phase.Right, _view.Swings.Left ? 1 : 0, _view.Swings.Right ? 1 : 0,
            _view.Speed, _view.Turn, _view.Level, _view.Reflex.Slope, _view.Reflex.Shift, _view.Attitude.Pitch, _view.Attitude.Roll,
            body.HasForces ? body.Pitch : double.NaN, body.HasForces ? body.Slope : double.NaN,
            _feet[0], _feet[1], _feet[2], _feet[3], left, right,
        ];
        for (int i = 0; i < values.Length; i++)
        {
            numbers[i] = (float)values[i];
        }

        FrameParts.Write(numbers[20..], pressure);
        FrameParts.Write(numbers[23..], centre);
    }

    /// <summary>What the sensors under the soles feel: toe and heel of the left foot, of the right one.</summary>
    /// <returns>Centre of pressure, each sensor taken to be at its end of the sole; nowhere while nothing carries.</returns>
    private Vec3 Feel(WalkerLayout walker, ref double left, ref double right)
    {
        if (walker.FootSensors.Length == 0)
        {
            return Nowhere;
        }

        (left, right) = (0, 0);
        Vec3 moment = default;
        foreach (FootSensor sensor in walker.FootSensors)
        {
            double load = sensor.NewtonsOf(_view.Analog[sensor.Input]);
            _feet[(sensor.Right ? 2 : 0) + (sensor.Toe ? 0 : 1)] = load;
            (left, right) = sensor.Right ? (left, right + load) : (left + load, right);
            Pose sole = _frames[WalkerFrames.Of(sensor.Right ? 1 : 0, WalkerFrames.Sole)];
            double ahead = (sensor.Toe ? 0.5 : -0.5) * walker.Body.Sole.Length;
            moment += load * (sole.Position + sole.Orientation.ToMatrix() * new Vec3(ahead, 0, 0));
        }

        return left + right > LeastLoad ? 1 / (left + right) * moment : Nowhere;
    }
}
