using System.Globalization;
using System.Text;
using Ganglion.Shared.Rhythms;

namespace Ganglion.Robots.Rhythms;

/// <summary>Writes a rhythm as the file that says the same. Read again it makes the same network, to the last bit, as long as its numbers
/// have no more than <see cref="Digits"/> digits in the file's units.</summary>
public static class RhythmText
{
    /// <summary>Significant digits of a number.</summary>
    public const int Digits = 12;

    /// <summary>Whether a rhythm can be written: of cells that feel a sensor, only the robot that they were loaded for knows its
    /// scale.</summary>
    public static bool CanWrite(RhythmDescription rhythm) => rhythm.Cells.All(pair => pair.Feedback == null);

    /// <summary>The file.</summary>
    /// <param name="rhythm">A rhythm as a file gave it, perhaps with other numbers. A walker's network is written out.</param>
    /// <param name="name">What it is called: as <see cref="RhythmFile.NameFor"/> allows.</param>
    /// <param name="remark">The first line, without #.</param>
    public static string Of(RhythmDescription rhythm, string name, string remark)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {remark}\nkind: rhythm\nname: {name}\n\nnetwork:\n");
        if (!rhythm.Clocks.IsEmpty)
        {
            WriteClocks(text, rhythm);
        }
        else if (!rhythm.Phases.IsEmpty)
        {
            WritePhases(text, rhythm);
        }
        else if (!rhythm.Cells.IsEmpty)
        {
            WriteCells(text, rhythm);
        }
        else
        {
            WriteNeurons(text, rhythm);
        }

        text.Append("\nmap:\n");
        foreach (RhythmChannel entry in rhythm.Map)
        {
            string output = entry.Output switch
            {
                RhythmOutput.Flexor => "flexor",
                RhythmOutput.Extensor => "extensor",
                _ => "signed",
            };
            text.Append(CultureInfo.InvariantCulture, $"  - {{ channel: {entry.Channel}, oscillator: {rhythm.Names[entry.Oscillator]}, " +
                $"output: {output}, offset: {Number(entry.Offset)}, gain: {Number(entry.Gain)} }}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\nramp_ms: {1000 * rhythm.Ramp:0}\ntimeout_s: {rhythm.Timeout:0}\n");
        return text.ToString();
    }

    private static void WriteNeurons(StringBuilder text, RhythmDescription rhythm)
    {
        text.Append("  type: explicit\n  oscillators:\n");
        foreach (RhythmOscillator one in rhythm.Oscillators)
        {
            text.Append(CultureInfo.InvariantCulture, $"    - {{ name: {one.Name}, rise_time_ms: {Number(1e3 * one.RiseTime)}, " +
                $"adaptation_time_ms: {Number(1e3 * one.AdaptationTime)}, drive: {Number(one.Drive)},\n        " +
                $"adaptation: {Number(one.Adaptation)}, inhibition: {Number(one.Inhibition)}, start_quarter: {one.Quarter} }}\n");
        }

        if (!rhythm.Couplings.IsEmpty)
        {
            text.Append("  couplings:\n");
        }

        foreach (RhythmCoupling coupling in rhythm.Couplings)
        {
            text.Append(CultureInfo.InvariantCulture, $"    - {{ to: {rhythm.Names[coupling.To]}, from: " +
                $"{rhythm.Names[coupling.From]}, weight: {Number(coupling.Weight)} }}\n");
        }
    }

    /// <summary>Of two sides alike, as files have them.</summary>
    private static void WriteClocks(StringBuilder text, RhythmDescription rhythm)
    {
        RhythmClock side = rhythm.Clocks[0];
        double speed = rhythm.Speed, start = rhythm.Clocks[1].Start;
        text.Append(CultureInfo.InvariantCulture, $"  type: chess-clock\n  speed_m_per_s: {Number(speed)}\n" +
            $"  flexor: {{ bias_per_s: {Number(side.FlexorBias)}, gain_per_m: {Number(side.FlexorGain / speed)} }}\n" +
            $"  extensor: {{ bias_per_s: {Number(side.ExtensorBias)}, gain_per_m: {Number(side.ExtensorGain / speed)} }}\n" +
            $"  leak_per_s: {Number(side.Leak)}\n");
        if (!rhythm.Couplings.IsEmpty)
        {
            text.Append(CultureInfo.InvariantCulture, $"  coupling:\n    flexor_from_flexor: {Weight(0, 2)}\n" +
                $"    flexor_from_extensor: {Weight(0, 3)}\n    extensor_from_flexor: {Weight(1, 2)}\n" +
                $"    extensor_from_extensor: {Weight(1, 3)}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"  start_clock: {(start < 1 ? "flexor" : "extensor")}\n" +
            $"  start_at: {Number(start < 1 ? start : start - 1)}\n");

        string Weight(int to, int from) => Number(WeightOf(rhythm, to, from));
    }

    /// <summary>Of pairs alike, as files have them.</summary>
    private static void WriteCells(StringBuilder text, RhythmDescription rhythm)
    {
        RhythmCellPair pair = rhythm.Cells[0];
        text.Append(CultureInfo.InvariantCulture, $"  type: cells\n  cell: {{ a_per_ms: {Number(pair.A)}, b: {Number(pair.B)}, " +
            $"c_mv: {Number(pair.C)}, d: {Number(pair.D)} }}\n  current: {Number(pair.Current)}\n" +
            $"  inhibition_forth: {Number(-WeightOf(rhythm, 1, 0))}\n  inhibition_back: {Number(-WeightOf(rhythm, 0, 1))}\n" +
            $"  time_scale_ms_per_s: {Number(pair.TimeScale)}\n  envelope_ms: {Number(pair.Envelope)}\n" +
            $"  step_ms: {Number(pair.Step)}\n  pairs:\n");
        foreach (RhythmCellPair one in rhythm.Cells)
        {
            text.Append(CultureInfo.InvariantCulture, $"    - {{ name: {one.Name} }}\n");
        }
    }

    private static double WeightOf(RhythmDescription rhythm, int to, int from) =>
        rhythm.Couplings.FirstOrDefault(one => one.To == to && one.From == from)?.Weight ?? 0;

    private static void WritePhases(StringBuilder text, RhythmDescription rhythm)
    {
        RhythmPhase limb = rhythm.Phases[0];
        LimbGait gait = LimbGait.All.First(one => one.Delays.SequenceEqual(rhythm.Phases.Select(phase => phase.Delay)));
        double coupling = rhythm.Couplings.IsEmpty ? 0 : rhythm.Couplings[0].Weight;
        text.Append(CultureInfo.InvariantCulture, $"  type: phases\n  gait: {gait.Name}\n  frequency_hz: {Number(limb.Frequency)}\n" +
            $"  coupling: {Number(coupling)}\n  duty: {Number(limb.Duty)}\n");
    }

    private static string Number(double value) => value.ToString($"G{Digits}", CultureInfo.InvariantCulture);
}
