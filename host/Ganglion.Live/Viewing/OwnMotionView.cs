using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Shared.Safety;
using Ganglion.Shared.Walking;

namespace Ganglion.Live.Viewing;

/// <summary>A board that walks or plays a rhythm by itself, at one moment: what it was told and what it tells. m, rad, s.</summary>
/// <param name="board">The board's name.</param>
/// <param name="channels">Its channels.</param>
public sealed class OwnMotionView(string board, int channels) : IView<OwnMotionView>
{
    private readonly double[] _angles = new double[new WalkTelemetry().Angles.Length];
    private readonly double[] _analog = new double[new BoardTelemetry().Analog.Length];
    private readonly double[] _positions = new double[channels];

    /// <summary>Number of the look, from 1.</summary>
    public long Frame { get; set; }

    /// <summary>Host clock, ns.</summary>
    public long Time { get; set; }

    /// <summary>Why it does not move, in words; empty where there is nothing to say.</summary>
    public string Words { get; set; } = "";

    /// <summary>It moves, or comes to rest.</summary>
    public bool IsMoving { get; set; }

    /// <summary>It was stopped, and stays so until it is armed again.</summary>
    public bool IsStopped { get; set; }

    /// <summary>What it was told last: speed forward, m/s, turn to the left, rad/s, and the factors on frequency and amplitude.</summary>
    public (double Speed, double Turn, double Frequency, double Amplitude) Told { get; set; }

    /// <summary>See <see cref="Shared.Walking.WalkStage"/>.</summary>
    public byte Stage { get; set; }

    /// <summary>Phases of the feet, turns, -0.5..0.5; 0 in the middle of the swing.</summary>
    public (double Left, double Right) Phase { get; set; }

    /// <summary>Feet in the air.</summary>
    public (bool Left, bool Right) Swings { get; set; }

    /// <summary>Present speed, as ramped, m/s.</summary>
    public double Speed { get; set; }

    /// <summary>Present turn, as ramped, rad/s.</summary>
    public double Turn { get; set; }

    /// <summary>Of the ramp, 0 standing, 1 full steps.</summary>
    public double Level { get; set; }

    /// <summary>Slope that the reflexes believe, rad, uphill above 0, and the shift by the Tegotae law, m, forward.</summary>
    public (double Slope, double Shift) Reflex { get; set; }

    /// <summary>Pitch and roll of the body, rad; 0 without a sensor.</summary>
    public (double Pitch, double Roll) Attitude { get; set; }

    /// <summary>Joint angles that the walk commands, as the configuration numbers them, rad.</summary>
    public Span<double> Angles => _angles;

    /// <summary>Analog inputs, V.</summary>
    public Span<double> Analog => _analog;

    /// <summary>What each channel was told when it was last asked for, fractions of travel or of full pressure; not a number before
    /// that, and a walker is not asked.</summary>
    public Span<double> Positions => _positions;

    /// <summary>Where the body is, if a simulation tells.</summary>
    public BodyView Body { get; } = new();

    /// <summary>How the board does.</summary>
    public BoardView Board { get; } = new(board);

    /// <summary>How it is operated.</summary>
    public OperationView Operation { get; } = new();

    /// <summary>Takes what the board told last.</summary>
    internal void Read(BoardSession session)
    {
        WalkTelemetry walk = session.Walk;

        // A board that has come to rest tells no more of its walk, and may not have told of its end.
        Stage = session.State == BoardState.Running ? walk.Stage : WalkStage.Rest;
        (Speed, Turn, Level) = (walk.Speed, walk.Turn, walk.Level);
        (Phase, Swings) = ((walk.LeftPhase, walk.RightPhase), (walk.LeftSwings, walk.RightSwings));
        (Reflex, Attitude) = ((walk.Slope, walk.Shift), (session.Telemetry.Pitch, session.Telemetry.Roll));
        walk.Angles.CopyTo(_angles, 0);
        session.Telemetry.Analog.CopyTo(_analog, 0);
    }

    public void CopyFrom(OwnMotionView other)
    {
        (Frame, Time, Words, IsMoving, IsStopped, Told) = (other.Frame, other.Time, other.Words, other.IsMoving, other.IsStopped,
            other.Told);
        (Stage, Speed, Turn, Level) = (other.Stage, other.Speed, other.Turn, other.Level);
        (Phase, Swings, Reflex, Attitude) = (other.Phase, other.Swings, other.Reflex, other.Attitude);
        other._angles.CopyTo(_angles, 0);
        other._analog.CopyTo(_analog, 0);
        other._positions.CopyTo(_positions, 0);
        Body.CopyFrom(other.Body);
        Board.CopyFrom(other.Board);
        Operation.CopyFrom(other.Operation);
    }
}
