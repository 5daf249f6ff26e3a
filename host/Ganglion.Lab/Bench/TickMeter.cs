using Ganglion.Bridge.Messages;
using Ganglion.Metering;
using Ganglion.Nano;
using Ganglion.VirtualBoard.Boards;

namespace Ganglion.Lab.Bench;

/// <summary>What the ticks of one kind cost.</summary>
/// <param name="Ticks">How many there were.</param>
/// <param name="MeanInstructions">IL instructions of a tick, nanoFramework's managed code included.</param>
/// <param name="WorstInstructions">The same in the worst tick.</param>
/// <param name="MeanUnits">Time of a tick in units of one average simple instruction (1 us on the virtual board), bus and
/// driver time not included.</param>
/// <param name="WorstUnits">The same in the worst tick.</param>
public sealed record TickFigures(int Ticks, double MeanInstructions, long WorstInstructions, double MeanUnits, long WorstUnits);

/// <summary>Objects that one tick puts on the board's heap.</summary>
/// <param name="Spans">A SpanByte for each transfer and each checksum.</param>
/// <param name="I2c">What I2C transfers need besides: copies of their spans, results.</param>
/// <param name="Checksums">Copies of the spans given to checksums.</param>
/// <param name="Other">What the firmware's own instructions allocate: objects, arrays, boxes, strings.</param>
public sealed record TickObjects(double Spans, double I2c, double Checksums, double Other)
{
    public double Total => Spans + I2c + Checksums + Other;
}

/// <summary>What a board's ticks cost.</summary>
/// <param name="All">All ticks.</param>
/// <param name="Bare">Those without telemetry and without the answer to a ping.</param>
/// <param name="WithTelemetry">Those with telemetry alone.</param>
/// <param name="Report">Method by method, the mean of all ticks.</param>
/// <param name="ObjectsBare">Objects of a tick without telemetry and answers, on average.</param>
/// <param name="ObjectsWorst">Objects of the tick with most.</param>
/// <param name="OtherObjects">What the firmware's own instructions allocated in all ticks together.</param>
/// <param name="WorstWork">From the start of a tick to its last output, s, as the board measured it: bus time included.</param>
/// <param name="Overruns">Ticks that started more than a period late.</param>
/// <param name="MissedFrames">Setpoint frames missing, late or refused.</param>
public sealed record TickCost(
    TickFigures All, TickFigures Bare, TickFigures WithTelemetry, CostReport Report,
    TickObjects ObjectsBare, TickObjects ObjectsWorst, long OtherObjects, double WorstWork, long Overruns, long MissedFrames);

/// <summary>Looks at a board's counters once a tick, while it waits for the next one.</summary>
public static class TickMeter
{
    private const long Millisecond = 1_000_000;
    private const long TickNs = 20 * Millisecond;

    /// <summary>How long before a tick's deadline the counters are read.</summary>
    private const long Guard = Millisecond / 2;

    /// <summary>Host time after a tick's deadline until which sessions are polled and frames sent.</summary>
    private const long HostTime = 12 * Millisecond;

    /// <summary>Measures ticks that take less than 19 ms.</summary>
    /// <param name="rig">Its board runs <paramref name="firmware"/>.</param>
    /// <param name="firmware">Counts for this board.</param>
    /// <param name="ticks">How many, at least 10.</param>
    /// <param name="host">What the host does in each tick, given its number and the world time until which it may go on.</param>
    public static TickCost Measure(BenchRig rig, MeteredFirmware firmware, int ticks, Action<int, long> host)
    {
        long due = rig.NextTick();
        var samples = new List<Sample>(ticks);
        (long overruns, double work) = (rig.Session.Telemetry.Overruns, 0);
        long missed = Missed(rig.Session.Telemetry);
        rig.World.WaitUntil(due - Guard);
        MethodCounts total = firmware.Read(), before = total;
        for (int tick = 0; tick < ticks; tick++, due += TickNs)
        {
            host(tick, due + HostTime);
            rig.World.WaitUntil(due + TickNs - Guard);
            MethodCounts after = firmware.Read();
            samples.Add(new Sample(after.Since(before)));
            before = after;
            work = Math.Max(work, rig.Session.Telemetry.MaxWorkUs * 1e-6);
        }

        Sample[] bare = [.. samples.Where(sample => !sample.Telemetry && !sample.Pong)];
        return new TickCost(
            Figures(samples), Figures(bare), Figures([.. samples.Where(sample => sample.Telemetry && !sample.Pong)]),
            MeteredFirmware.Report(before.Since(total), ticks),
            bare.Length == 0 ? new TickObjects(double.NaN, double.NaN, double.NaN, double.NaN) : Mean(bare), samples.Select(sample =>
                sample.Objects).MaxBy(objects => objects.Total)!,
            (long)samples.Sum(sample => sample.Objects.Other), work,
            rig.Session.Telemetry.Overruns - overruns, Missed(rig.Session.Telemetry) - missed);
    }

    private static long Missed(BoardTelemetry telemetry) => telemetry.MissedFrames + telemetry.LateFrames + telemetry.RefusedFrames;

    private static TickFigures Figures(IReadOnlyList<Sample> samples) => samples.Count == 0
        ? new TickFigures(0, double.NaN, 0, double.NaN, 0)
        : new TickFigures(
            samples.Count,
            samples.Average(sample => sample.Instructions), samples.Max(sample => sample.Instructions),
            samples.Average(sample => sample.Units), samples.Max(sample => sample.Units));

    private static TickObjects Mean(IReadOnlyList<Sample> samples) => new(
        samples.Average(sample => sample.Objects.Spans), samples.Average(sample => sample.Objects.I2c),
        samples.Average(sample => sample.Objects.Checksums), samples.Average(sample => sample.Objects.Other));

    /// <summary>One tick.</summary>
    private sealed class Sample
    {
        public Sample(MethodCounts counts)
        {
            long other = 0;
            for (int i = 0; i < counts.Instructions.Length; i++)
            {
                if (!MeteredFirmware.InTick[i])
                {
                    continue;
                }

                long instructions = counts.Instructions[i] + counts.LibraryInstructions[i];
                Instructions += instructions;
                Units += instructions + counts.Overhead[i] + counts.LibraryOverhead[i];
                other += counts.Objects[i];
                if (counts.Instructions[i] > 0)
                {
                    Telemetry |= MeteredFirmware.Methods[i].Contains("Telemetry::SendBoard(", StringComparison.Ordinal);
                    Pong |= MeteredFirmware.Methods[i].Contains("Answers::Pong(", StringComparison.Ordinal);
                }
            }

            Objects = new TickObjects(counts.SpanObjects, counts.TransferObjects, counts.ChecksumObjects, other);
        }

        public long Instructions { get; }

        public long Units { get; }

        public bool Telemetry { get; }

        public bool Pong { get; }

        public TickObjects Objects { get; }
    }
}
