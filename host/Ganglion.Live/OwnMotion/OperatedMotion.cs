using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Session;
using Ganglion.Live.Teleop;
using Ganglion.Robots.Rhythms;
using Ganglion.Shared.Walking;

namespace Ganglion.Live.OwnMotion;

/// <summary>A motion of a board's own that a person operates: what inputs mean to it.</summary>
public abstract class OperatedMotion
{
    /// <summary>A factor as long as nobody asked for another.</summary>
    private protected double Frequency { get; private set; } = 1;

    /// <inheritdoc cref="Frequency"/>
    private protected double Amplitude { get; private set; } = 1;

    /// <summary>What may be asked of it.</summary>
    public abstract TeleopBounds Bounds { get; }

    /// <summary>What it does, for people, such as "walks".</summary>
    public abstract string Does { get; }

    /// <summary>What the board was told last: speed, turn, and the factors on frequency and amplitude.</summary>
    public (double Speed, double Turn, double Frequency, double Amplitude) Told { get; private set; } = Nothing;

    /// <summary>Whether it is to be asked where its channels are.</summary>
    internal abstract bool TellsPositions { get; }

    /// <summary>What a stop may take, s.</summary>
    internal abstract double LongestStop { get; }

    private static (double, double, double, double) Nothing => (double.NaN, 0, 0, 0);

    /// <summary>What an idle board is to be given before it starts.</summary>
    /// <returns>Why it does not start, in a sentence; null: it may.</returns>
    /// <exception cref="BoardException">The board does not take it.</exception>
    internal virtual string? Prepare(CancellationToken atOnce) => null;

    internal abstract BoardOperation Start();

    internal abstract BoardOperation Stop();

    /// <summary>Takes an input with the deadman held.</summary>
    internal void Take(in TeleopInput input)
    {
        if (input.Kind == TeleopKind.Modulation)
        {
            (Frequency, Amplitude) = (input.Values.X, input.Values.Y);
        }
    }

    /// <summary>A new start: nothing has been told yet.</summary>
    internal void Restart() => Told = Nothing;

    /// <summary>Tells the board what is wanted now; null: it knows.</summary>
    /// <param name="input">The newest input.</param>
    /// <param name="held">Whether the deadman is held.</param>
    internal BoardOperation? Modulate(in TeleopInput input, bool held)
    {
        (double, double, double, double) wanted = Wanted(input, held);
        if (wanted == Told)
        {
            return null;
        }

        Told = wanted;
        return Tell();
    }

    private protected abstract (double Speed, double Turn, double Frequency, double Amplitude) Wanted(in TeleopInput input, bool held);

    private protected abstract BoardOperation Tell();
}

/// <summary>A walk: a stick's share of the gait's largest speed and turn. Released it steps on the spot, by which it stands.</summary>
/// <param name="board">Configured with a gait.</param>
public sealed class OperatedWalk(BoardSession board) : OperatedMotion
{
    /// <summary>What a stop may take beyond what its bounds say, s.</summary>
    private const double StopAllowance = 10;

    private readonly WalkParameters _gait = board.Configuration?.Walk?.Gait
        ?? throw new BoardException(board.Name, "it was not configured with a gait", "Give it one.");

    public override TeleopBounds Bounds { get; } = TeleopBounds.OfWalker();

    public override string Does => "walks";

    internal override bool TellsPositions => false;

    internal override double LongestStop => StopAllowance + _gait.MaxSpeed / _gait.Acceleration + _gait.MaxTurn / _gait.TurnAcceleration
        + 2 * _gait.Ramp;

    internal override BoardOperation Start() => board.StartWalk();

    internal override BoardOperation Stop() => board.StopWalk();

    private protected override (double Speed, double Turn, double Frequency, double Amplitude) Wanted(in TeleopInput input, bool held)
    {
        // Below its own cadence a gait may go so much slower only.
        double share = Math.Min(1, Frequency);
        (double ahead, double left) = held && input.Kind == TeleopKind.Stick ? (input.Way.X, input.Turn.Z) : (0, 0);
        return (share * _gait.MaxSpeed * ahead, share * _gait.MaxTurn * left, Frequency, Amplitude);
    }

    private protected override BoardOperation Tell() => board.ModulateWalk(Told.Speed, Told.Turn, Told.Frequency, Told.Amplitude);
}

/// <summary>A rhythm: factors on its frequency and amplitude. Released, its amplitude dies away.</summary>
/// <param name="board">Configured with the rhythm.</param>
/// <param name="rhythm">What it was configured with.</param>
public sealed class OperatedRhythm(BoardSession board, RhythmDescription rhythm) : OperatedMotion
{
    /// <summary>What a stop may take beyond its ramp, s.</summary>
    private const double StopAllowance = 5;

    public override TeleopBounds Bounds { get; } = TeleopBounds.OfRhythm();

    public override string Does => "plays its rhythm";

    internal override bool TellsPositions => true;

    internal override double LongestStop => rhythm.Ramp + StopAllowance;

    internal override BoardOperation Start() => board.StartRhythm();

    internal override BoardOperation Stop() => board.StopRhythm();

    private protected override (double Speed, double Turn, double Frequency, double Amplitude) Wanted(in TeleopInput input, bool held) =>
        (0, 0, Frequency, held ? Amplitude : 0);

    private protected override BoardOperation Tell() => board.ModulateRhythm(Told.Frequency, Told.Amplitude);
}
