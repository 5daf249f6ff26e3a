using Ganglion.Basics.Text;
using Ganglion.Live.Calibration;

namespace Ganglion.Cli.Verbs.Calibration;

/// <summary>
/// Answers from a file, a line each: "ITEM QUESTION ANSWER". A number where a place is asked for is gone to first; what has no line at all
/// is left out. Lines that are empty or begin with # are passed over.
/// </summary>
internal sealed class CalibrationAnswers : ICalibrationOperator
{
    /// <summary>For the help of the verb.</summary>
    public const string Form = "a line each, \"chip:base/pwm0 frequency 51.27\", \"channel:3 direction up\" (down, still, other), " +
        "\"channel:3 low-end 611.5\" (high-end, neutral; us), \"pressure:0 pressure 402.5\" (kPa), \"imu:base/imu level yes\", " +
        "and \"file write yes\"";

    private const string File = "file", Ready = "ready", Yes = "yes";

    private readonly string _name;
    private readonly Dictionary<(string Item, string Question), string> _answers = [];
    private CalibrationQuestion? _question;

    private CalibrationAnswers(string name) => _name = name;

    /// <summary>Reads a file.</summary>
    /// <exception cref="UserException">A line is no answer; the message names it.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static CalibrationAnswers Load(string path)
    {
        var answers = new CalibrationAnswers(Path.GetFileName(path));
        int number = 0;
        foreach (string line in System.IO.File.ReadLines(path))
        {
            number++;
            string[] words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0 || words[0].StartsWith('#'))
            {
                continue;
            }

            if (words.Length != 3 || !answers._answers.TryAdd((words[0], words[1]), words[2]))
            {
                string fault = words.Length == 3 ? $"{Printable.Of(words[0])} {Printable.Of(words[1])} was answered above"
                    : "not three words";
                throw new UserException($"{answers._name}, line {number}: {fault}: an answer is {Form}.");
            }
        }

        return answers;
    }

    public void Ask(CalibrationQuestion question) => _question = question;

    public OperatorWish Look(CalibrationMoment now)
    {
        string item = _question!.Item?.Id ?? File;
        if (!_answers.TryGetValue((item, _question.Name), out string? answer))
        {
            return OperatorWish.Says(Missing(item));
        }

        if (_question.Here && NumberText.TryRead(answer, out double place))
        {
            return At(now, place, CalibrationQuestion.AtHere);
        }

        return double.IsNaN(_question.Try) ? OperatorWish.Says(answer) : At(now, _question.Try, answer);
    }

    /// <exception cref="UserException">Always: the file says nothing else.</exception>
    public void Refuse(string why) => throw new UserException($"{_name}, {_question!.Item?.Id ?? File} {_question.Name}: {why}");

    /// <summary>Goes to a place as near as the chip comes, and answers there.</summary>
    private static OperatorWish At(CalibrationMoment now, double place, string answer) =>
        Math.Abs(now.Position - place) <= now.Fine / 2 || (place < now.Low && now.Position <= now.Low + now.Fine)
            || (place > now.High && now.Position >= now.High - now.Fine) ? OperatorWish.Says(answer) : OperatorWish.GoesTo(place);

    /// <summary>What it says where nothing is written.</summary>
    /// <exception cref="UserException">An item is answered in part.</exception>
    private string Missing(string item)
    {
        bool any = _answers.Keys.Any(key => key.Item == item);
        return _question!.Name is Ready or "vented" or "level" ? any ? Yes : CalibrationQuestion.Skip
            : item == File ? "no"
            : throw new UserException($"{_name} has no line \"{item} {_question.Name} ...\": {_question.Text}");
    }
}
