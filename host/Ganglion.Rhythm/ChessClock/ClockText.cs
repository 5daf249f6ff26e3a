using System.Text;

namespace Ganglion.Rhythm.ChessClock;

/// <summary>A chess clock as the text of a rhythm file that a board plays.</summary>
public static class ClockText
{
    /// <summary>The text; with coupling, the start of the right side is that of <paramref name="start"/>. Flexors and extensors of left and
    /// right move the channels 0 to 3 by a tenth of their travel.</summary>
    /// <param name="name">Name of the rhythm.</param>
    /// <param name="parameters">The chess clock.</param>
    /// <param name="start">Where the right side begins.</param>
    /// <param name="speed">Speed at frequency factor 1 [m/s].</param>
    /// <param name="comment">One line for people.</param>
    public static string Of(string name, ClockParameters parameters, ClockStart start, double speed, string comment)
    {
        var text = new StringBuilder();
        Line($"# {comment}");
        Line($"kind: rhythm\nname: {name}\n\nnetwork:\n  type: chess-clock\n  speed_m_per_s: {speed:0.######}");
        Line($"  flexor: {{ bias_per_s: {parameters.BiasF:0.######}, gain_per_m: {parameters.GainF:0.######} }}");
        Line($"  extensor: {{ bias_per_s: {parameters.BiasE:0.######}, gain_per_m: {parameters.GainE:0.######} }}");
        Line($"  leak_per_s: {parameters.Leak:0.######}");
        if (!parameters.IsUncoupled)
        {
            Line($"  coupling:\n    flexor_from_flexor: {parameters.FromFtoF:0.######}");
            Line($"    flexor_from_extensor: {parameters.FromEtoF:0.######}");
            Line($"    extensor_from_flexor: {parameters.FromFtoE:0.######}\n    extensor_from_extensor: {parameters.FromEtoE:0.######}");
        }

        Line($"  start_clock: {(start.Flexor ? "flexor" : "extensor")}\n  start_at: {Math.Min(start.At, 0.99):0.####}\n\nmap:");
        string[] driven = ["left, output: flexor", "left, output: extensor", "right, output: flexor", "right, output: extensor"];
        for (int i = 0; i < driven.Length; i++)
        {
            Line($"  - {{ channel: {i}, oscillator: {driven[i]}, offset: 0.4, gain: 0.1 }}");
        }

        Line($"\nramp_ms: 1000\ntimeout_s: 60");
        return text.ToString();

        void Line(FormattableString line) => text.Append(FormattableString.Invariant(line)).Append('\n');
    }
}
