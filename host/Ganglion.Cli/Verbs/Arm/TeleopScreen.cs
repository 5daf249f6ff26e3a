using Ganglion.Basics.Space;
using Ganglion.Live.Viewing;

namespace Ganglion.Cli.Verbs.Arm;

/// <summary>What a terminal shows of an arm that is operated: one line that is written over, in 78 columns, and above it what
/// happens.</summary>
/// <param name="viewer">Shows the arm.</param>
/// <param name="json">stdout is for one object: what happens goes to stderr.</param>
internal sealed class TeleopScreen(ArmViewer viewer, bool json)
{
    private long _seen, _told, _start = long.MinValue;

    /// <summary>The newest that was shown.</summary>
    public ArmView View { get; } = viewer.Exchange.Make();

    /// <summary>Since the first view, s.</summary>
    public double Seconds => _start == long.MinValue ? 0 : (View.Time - _start) * 1e-9;

    /// <summary>Tells something at once; from any thread.</summary>
    public void Tell(string words) => viewer.Events.Add(View.Time, "host", EventLevel.Warning, $"Not done: {words}.");

    /// <summary>Tells what has happened since the last call, and gives the line.</summary>
    public string Line()
    {
        viewer.Exchange.TryRead(View, ref _seen);
        _start = _start == long.MinValue ? View.Time : _start;
        foreach (RobotEvent what in viewer.Events.Events)
        {
            if (what.Number > _told)
            {
                _told = what.Number;
                Write(what, json);
            }
        }

        string head = $"{Seconds,6:0.0} s {(View.Operation.IsHeld ? "*" : " ")} {View.Activity.ToString().ToLowerInvariant(),-9}";
        if (View.Words.Length > 0 && View.Activity != ArmActivity.Stopped)
        {
            return $"{head} {View.Words}";
        }

        Vec3 tip = 1000 * (View.HasMeasured ? View.Measured : View.Commanded).Position;
        string error = double.IsNaN(View.Error) ? "" : $" {1000 * View.Error,5:0.0} mm off";
        string played = double.IsNaN(View.Operation.Played) ? "" : $" {100 * View.Operation.Played:0} %";
        return $"{head}{played} tip {tip.X,5:0} {tip.Y,5:0} {tip.Z,5:0} mm{error}" +
            $"{(View.Operation.Taught > 0 ? $" {View.Operation.Taught} taught" : "")}{(View.Operation.IsRecording ? " REC" : "")}";
    }

    /// <summary>Tells an event.</summary>
    /// <param name="what">The event.</param>
    /// <param name="json">stdout is for one object.</param>
    public static void Write(RobotEvent what, bool json)
    {
        string line = $"{what.Source}: {what.Words}";
        if (json)
        {
            Console.Error.WriteLine(line);
        }
        else
        {
            Output.Line(line);
        }
    }
}
