using Ganglion.Bridge.Operations;
using Ganglion.Shared.Link;
using Ganglion.Shared.Rhythms;
using Ganglion.Shared.Safety;

namespace Ganglion.Bridge.Session;

/// <summary>Parameters of a Kimura oscillator that can be changed while it runs.</summary>
public enum RhythmParameter : byte
{
    /// <summary>Tr, s.</summary>
    RiseTime = 0,
    /// <summary>Ta, s.</summary>
    AdaptationTime = 1,
    /// <summary>s.</summary>
    Drive = 2,
    /// <summary>beta.</summary>
    Adaptation = 3,
    /// <summary>a.</summary>
    Inhibition = 4,
}

/// <summary>Parameters of a limb as a phase that can be changed while it runs; delay and duty go to their new values by at most a quarter a
/// cycle.</summary>
public enum PhaseParameter : byte
{
    /// <summary>Cycles a second, of all limbs.</summary>
    Frequency = 0,
    /// <summary>Turns, 0..1.</summary>
    Delay = 1,
    /// <summary>Share of the cycle.</summary>
    Duty = 2,
}

/// <summary>Motion that a board makes by itself: what a session can ask of it.</summary>
public static class OwnMotionCommands
{
    /// <summary>Starts the board's own rhythm from where the channels are. The board must be armed and not streaming.</summary>
    public static BoardOperation StartRhythm(this BoardSession board) =>
        board.Run(new Exchange(MessageType.RhythmStart, []) { DoneReason = Reason.WrongState, DoneDetail = BoardState.Running });

    /// <summary>Lets the rhythm die away; the board is armed again when it has.</summary>
    public static BoardOperation StopRhythm(this BoardSession board) => board.Command(MessageType.RhythmStop, []);

    /// <summary>Scales the rhythm; the board changes each factor by at most 2 a second.</summary>
    /// <param name="frequency">1 = as configured; 0.02..7.99.</param>
    /// <param name="amplitude">1 = as configured; 0..7.99.</param>
    public static BoardOperation ModulateRhythm(this BoardSession board, double frequency, double amplitude)
    {
        byte[] payload = new byte[MessageLayout.RhythmModulateLength];
        CommandWriter.RhythmModulate(payload, Modulation(frequency), Modulation(amplitude));
        return board.Command(MessageType.RhythmModulate, payload);
    }

    /// <summary>Changes a parameter of one oscillator while it runs.</summary>
    public static BoardOperation SetRhythmParameter(this BoardSession board, RhythmParameter parameter, int oscillator, double value) =>
        SetParameter(board, (byte)parameter, oscillator, value);

    /// <summary>Changes a parameter of one limb while it moves.</summary>
    public static BoardOperation SetPhaseParameter(this BoardSession board, PhaseParameter parameter, int limb, double value) =>
        SetParameter(board, (byte)parameter, limb, value);

    private static BoardOperation SetParameter(BoardSession board, byte parameter, int oscillator, double value)
    {
        byte[] payload = new byte[MessageLayout.RhythmParameterLength];
        CommandWriter.RhythmParameter(payload, parameter, checked((byte)oscillator), (float)value);
        return board.Command(MessageType.RhythmParameter, payload);
    }

    /// <summary>Starts the board's own walk: it stands up from where the channels are and steps on the spot until it is told a
    /// speed. The board must be armed and not streaming.</summary>
    public static BoardOperation StartWalk(this BoardSession board) =>
        board.Run(new Exchange(MessageType.WalkStart, []) { DoneReason = Reason.WrongState, DoneDetail = BoardState.Running });

    /// <summary>Brings the feet together; the board is armed again when they stand.</summary>
    public static BoardOperation StopWalk(this BoardSession board) => board.Command(MessageType.WalkStop, []);

    /// <summary>Tells a walk where to go; the board gets there by bounded changes.</summary>
    /// <param name="speed">Forward, m/s, within the gait's bound (times the cadence if that is below 1).</param>
    /// <param name="turn">To the left, rad/s, likewise.</param>
    /// <param name="cadence">Factor on the frequency of steps, 0.5..2.</param>
    /// <param name="amplitude">Factor on lift and body motion, 0..1.5.</param>
    public static BoardOperation ModulateWalk(this BoardSession board, double speed, double turn, double cadence = 1,
        double amplitude = 1)
    {
        byte[] payload = new byte[MessageLayout.WalkModulateLength];
        CommandWriter.WalkModulate(payload, Thousandths(speed), Thousandths(turn), Modulation(cadence), Modulation(amplitude));
        return board.Command(MessageType.WalkModulate, payload);
    }

    private static short Modulation(double factor)
    {
        double units = Math.Round(factor * RhythmPlayer.ModulationOne);
        return units >= 0 && units <= short.MaxValue
            ? (short)units
            : throw new ArgumentOutOfRangeException(nameof(factor), factor, "A modulation is a factor from 0 to 7.99.");
    }

    // Towards zero: a bound of the gait in more digits than the wire has can be asked for.
    private static short Thousandths(double value)
    {
        double units = Math.Truncate(value * 1000 + Math.CopySign(1e-6, value));
        return Math.Abs(units) <= short.MaxValue
            ? (short)units
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A speed is within 32.767 m/s, a turn within 32.767 rad/s.");
    }
}
