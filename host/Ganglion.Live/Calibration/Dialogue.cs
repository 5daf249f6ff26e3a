using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;

namespace Ganglion.Live.Calibration;

/// <summary>Asks an operator, and lets the channel in question move as the operator holds it.</summary>
internal sealed class Dialogue(ICalibrationOperator person, IClock clock, EndRequest end)
{
    /// <summary>So long may an output stay on without a sign of the operator, s: deciding where an end is, and measuring on a
    /// bench.</summary>
    public const double Deciding = 60, Measuring = 600;

    private const long Period = 20_000_000;

    /// <summary>With a channel on.</summary>
    /// <param name="question">What to ask.</param>
    /// <param name="axis">Moves while it is held.</param>
    /// <param name="patience">So long may no sign come, s.</param>
    /// <param name="refusal">Why an answer is none, a whole sentence; null: it is taken.</param>
    /// <returns>The answer; null: the item is left out.</returns>
    /// <exception cref="CalibrationException">No sign came.</exception>
    public string? Ask(CalibrationQuestion question, OneChannel axis, double patience, Func<string, string?> refusal) =>
        Ask(question, () => axis.Moment, axis.Step, patience, refusal);

    /// <summary>With all outputs off.</summary>
    /// <inheritdoc cref="Ask(CalibrationQuestion, OneChannel, double, Func{string, string?})"/>
    /// <param name="board">Kept alive meanwhile; null: none is connected.</param>
    public string? Ask(CalibrationQuestion question, BoardSession? board, Func<string, string?> refusal)
    {
        BoardGroup? group = board == null ? null : new BoardGroup(clock, board);
        return Ask(question, () => CalibrationMoment.Off, _ => Idle(), double.PositiveInfinity, refusal);

        void Idle()
        {
            long next = clock.NowNanoseconds + Period;
            if (group == null)
            {
                clock.WaitUntil(next);
                return;
            }

            group.PollUntil(next);
        }
    }

    private string? Ask(CalibrationQuestion question, Func<CalibrationMoment> now, Action<double> step, double patience,
        Func<string, string?> refusal)
    {
        person.Ask(question);
        long sign = clock.NowNanoseconds;
        while (true)
        {
            end.Well.ThrowIfCancellationRequested();
            OperatorWish wish = person.Look(now());
            if (wish.Answer == CalibrationQuestion.Skip)
            {
                return null;
            }

            if (wish.Answer is { } answer)
            {
                if (refusal(answer) is not { } why)
                {
                    return answer;
                }

                person.Refuse(why);
            }

            if (wish.Held || wish.Answer != null)
            {
                sign = clock.NowNanoseconds;
            }
            else if ((clock.NowNanoseconds - sign) * 1e-9 > patience)
            {
                throw new CalibrationException($"{question.Item?.Id}: nobody moved or answered for {patience:0} s, so its output was " +
                    "switched off. Nothing was written; call it again to go on.");
            }

            step(wish.Held ? wish.Goal : double.NaN);
        }
    }

    /// <summary>Refuses what is none of the choices.</summary>
    public static string? NoChoice(CalibrationQuestion question, string answer) => question.Choices.Contains(answer) ? null
        : $"'{answer}' is no answer here: {string.Join(", ", question.Choices)} or {CalibrationQuestion.Skip}.";
}
