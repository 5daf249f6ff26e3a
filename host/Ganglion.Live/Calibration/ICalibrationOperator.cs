namespace Ganglion.Live.Calibration;

/// <summary>What whoever stands beside a robot is asked. It stays open until it is answered; meanwhile the channel that it is about may be
/// moved.</summary>
/// <param name="Item">What is being calibrated; null: the file as a whole.</param>
/// <param name="Name">Which question of that item, such as low-end: for answers from a file.</param>
/// <param name="Text">For people, whole sentences.</param>
/// <param name="Choices">The answers that are taken; empty: a number is.</param>
/// <param name="Unit">Of that number, or of the position that is looked for; empty: there is none.</param>
/// <param name="Here">Whether the answer "here" means the present position.</param>
/// <param name="Try">Where to go before answering; NaN: nowhere.</param>
public sealed record CalibrationQuestion(
    CalibrationItem? Item, string Name, string Text, string[] Choices, string Unit = "", bool Here = false, double Try = double.NaN)
{
    /// <summary>How an item is left out.</summary>
    public const string Skip = "skip";

    /// <summary>The answer that means the present position.</summary>
    public const string AtHere = "here";
}

/// <summary>Where the moved channel is told to be, in us of pulse or in kPa; NaN where nothing is on.</summary>
/// <param name="Position">Now.</param>
/// <param name="Low">Least that can be asked for.</param>
/// <param name="High">Most that can be asked for.</param>
/// <param name="Fine">The smallest step that the chip can make.</param>
public readonly record struct CalibrationMoment(double Position, double Low, double High, double Fine)
{
    /// <summary>Nothing is on.</summary>
    public static readonly CalibrationMoment Off = new(double.NaN, double.NaN, double.NaN, double.NaN);
}

/// <summary>What an operator does at a moment.</summary>
/// <param name="Held">The deadman: nothing moves without it.</param>
/// <param name="Goal">Where the channel shall go while it is held, in the unit of <see cref="CalibrationMoment"/>; beyond the range: to its
/// end.</param>
/// <param name="Answer">To the open question; null: none yet.</param>
public readonly record struct OperatorWish(bool Held, double Goal, string? Answer)
{
    /// <summary>An answer, with which nothing moves.</summary>
    public static OperatorWish Says(string answer) => new(false, double.NaN, answer);

    /// <summary>Moves on.</summary>
    public static OperatorWish GoesTo(double goal) => new(true, goal, null);
}

/// <summary>Whoever stands beside the robot, sees it, and holds the deadman: a person at a terminal, a file of answers, or an observer of a
/// virtual robot. Called from the loop that moves the robot, so that nothing here may wait.</summary>
public interface ICalibrationOperator
{
    /// <summary>A question is open from now on.</summary>
    void Ask(CalibrationQuestion question);

    /// <summary>What the operator does now; called once a period, 20 ms.</summary>
    OperatorWish Look(CalibrationMoment now);

    /// <summary>The answer was not taken; the question stays open.</summary>
    /// <param name="why">A whole sentence.</param>
    void Refuse(string why);
}

/// <summary>A calibration cannot go on; the message says what, where and what to do. Nothing was written into the robot's file.</summary>
public sealed class CalibrationException(string message) : IOException(message);
