using System.Globalization;
using Ganglion.Cli.Verbs.Arm;
using Ganglion.Live.Calibration;

namespace Ganglion.Cli.Verbs.Calibration;

/// <summary>A person at a terminal: a key counts as held while it repeats, and 300 ms longer.</summary>
internal sealed class CalibrationKeys : TerminalKeys, ICalibrationOperator
{
    private const long Held = 300;

    /// <summary>Looks at a virtual body once in so many periods.</summary>
    private const int SightEvery = 10;

    private static readonly string[] Help =
    [
        "Hold a key and it moves; let go and it holds. q or Ctrl-C switches off and keeps what was found.",
        "left, right arrow  shorter, longer pulses (less, more pressure)   - +  one step of the chip",
        "Answers: the first letter of the word (y n u d s o h), digits and Enter, k to leave the item out",
    ];

    private readonly Lock _lock = new();
    private readonly CalibrationBoards _boards;
    private readonly Action<string> _show;
    private CalibrationQuestion? _question;
    private string _typed = "", _sight = "";
    private string? _answer;
    private double _way, _steps;
    private long _heldUntil;
    private double _goal = double.NaN;
    private int _period;

    private CalibrationKeys(CalibrationBoards boards, Action quit, Action<string> show)
        : base(quit, Output.Line) => (_boards, _show) = (boards, show);

    /// <summary>Begins to listen.</summary>
    public static CalibrationKeys Start(CalibrationBoards boards, Action quit, Action<string> show)
    {
        var keys = new CalibrationKeys(boards, quit, show);
        Array.ForEach(Help, Output.Line);
        keys.Start();
        return keys;
    }

    public void Ask(CalibrationQuestion question)
    {
        lock (_lock)
        {
            (_question, _answer, _typed, _way, _steps, _goal) = (question, null, "", 0, 0, double.NaN);
        }

        Output.Line(question.Text);
    }

    public OperatorWish Look(CalibrationMoment now)
    {
        if (_period++ % SightEvery == 0)
        {
            _sight = _boards.Sight(_question!.Item);
        }

        lock (_lock)
        {
            _show(Line(now));
            if (_answer is { } answer)
            {
                _answer = null;
                return OperatorWish.Says(answer);
            }

            if (_way != 0 && Environment.TickCount64 < _heldUntil)
            {
                _goal = double.NaN;
                return OperatorWish.GoesTo(_way > 0 ? now.High : now.Low);
            }

            _way = 0;
            if (_steps != 0)
            {
                _goal = (double.IsNaN(_goal) ? now.Position : _goal) + _steps * now.Fine;
                _steps = 0;
            }

            return double.IsNaN(_goal) || Math.Abs(_goal - now.Position) < now.Fine / 2 ? default : OperatorWish.GoesTo(_goal);
        }
    }

    public void Refuse(string why) => Output.Line(why);

    protected override void Press(ConsoleKeyInfo key)
    {
        lock (_lock)
        {
            if (key.Key is ConsoleKey.LeftArrow or ConsoleKey.RightArrow)
            {
                _way = key.Key == ConsoleKey.RightArrow ? 1 : -1;
                _heldUntil = Environment.TickCount64 + Held;
                return;
            }

            switch (key.KeyChar)
            {
                case 'q' or 'Q':
                    Quit();
                    break;
                case 'k' or 'K':
                    _answer = CalibrationQuestion.Skip;
                    break;
                case '-':
                    _steps--;
                    break;
                case '+':
                    _steps++;
                    break;
                case '\r' or '\n' when _typed.Length > 0:
                    (_answer, _typed) = (_typed, "");
                    break;
                case '\b' or '\u007f' when _typed.Length > 0:
                    _typed = _typed[..^1];
                    break;
                case (>= '0' and <= '9') or '.' when _question is { Choices.Length: 0 }:
                    _typed += key.KeyChar;
                    break;
                default:
                    _answer = _question?.Choices.FirstOrDefault(choice => choice[0] == char.ToLowerInvariant(key.KeyChar)) ?? _answer;
                    break;
            }
        }
    }

    private string Line(CalibrationMoment now)
    {
        string place = double.IsNaN(now.Position) ? "off" : string.Create(CultureInfo.InvariantCulture,
            $"{now.Position:0.0} {(_question!.Unit == "Hz" ? "us" : _question.Unit)}");
        string answers = _question!.Choices.Length > 0 ? string.Join("/", _question.Choices) : $"{_typed}_ {_question.Unit}, Enter";
        return $"{_question.Item?.Id} {_question.Name}: {place}{(_sight.Length > 0 ? $", {_sight}" : "")}  [{answers}]";
    }
}
