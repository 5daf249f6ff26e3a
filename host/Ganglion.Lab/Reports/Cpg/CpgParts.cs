using Ganglion.Lab.Rhythms;
using Ganglion.Rhythm.Gaits;

namespace Ganglion.Lab.Reports.Cpg;

/// <summary>A fit of the chess clock.</summary>
/// <param name="Name">What was asked for.</param>
/// <param name="Parameters">In the order of ClockParameters.Names.</param>
/// <param name="SwingRSquared">From the usual start.</param>
/// <param name="StanceRSquared">The same of stance.</param>
/// <param name="PhaseError">Largest distance of the sides' phase from a half; NaN without coupling.</param>
/// <param name="Swing">At each of the cat's speeds [s].</param>
/// <param name="Stance">The same [s].</param>
/// <param name="Evaluations">Of the loss, from all starting points.</param>
/// <param name="Seconds">Processor time of it.</param>
/// <param name="Ways">How it settles from other starts of the right side.</param>
public sealed record ClockRow(string Name, double[] Parameters, double SwingRSquared, double StanceRSquared, double PhaseError,
    double[] Swing, double[] Stance, int Evaluations, double Seconds, ClockWay[] Ways);

/// <summary>A start of the right side, and what comes from it.</summary>
/// <param name="At">Where its extensor's clock begins.</param>
/// <param name="SwingRSquared">NaN if it does not oscillate.</param>
/// <param name="StanceRSquared">The same of stance.</param>
/// <param name="PhaseError">Largest distance of the phase from a half.</param>
public sealed record ClockWay(double At, double SwingRSquared, double StanceRSquared, double PhaseError);

/// <summary>What a pattern generator does at the plan's speeds.</summary>
/// <param name="Seed">Of a network; 0 where there is no chance.</param>
/// <param name="Rounds">Of its calibration.</param>
/// <param name="Swing">Mean at each speed [s].</param>
/// <param name="Stance">The same [s].</param>
/// <param name="Lag">Right swing within the left cycle.</param>
/// <param name="SpikesPerSecond">Mean over the speeds.</param>
/// <param name="ProcessorSeconds">Processor time for one second of it.</param>
public sealed record GeneratorRow(int Seed, int Rounds, double[] Swing, double[] Stance, double[] Lag, double SpikesPerSecond,
    double ProcessorSeconds);

/// <summary>A speed that was commanded once.</summary>
/// <param name="Speed">[m/s].</param>
/// <param name="Held">Mean [m/s].</param>
/// <param name="Worst">Mean over 5 s that is farthest off [m/s].</param>
/// <param name="Drift">From the first 5 s to the last [m/s].</param>
/// <param name="Swing">[s].</param>
/// <param name="Stance">[s].</param>
public sealed record HeldRow(double Speed, double Held, double Worst, double Drift, double Swing, double Stance);

/// <summary>One command for a long time.</summary>
/// <param name="Speed">[m/s].</param>
/// <param name="Cycles">Steps that it made.</param>
/// <param name="First">Mean cycle of the first tenth [s].</param>
/// <param name="Last">Of the last tenth [s].</param>
/// <param name="Spread">Standard deviation of a cycle, over its mean.</param>
public sealed record EnduranceRow(double Speed, int Cycles, double First, double Last, double Spread);

/// <summary>A circuit of half-centers at another speed all at once.</summary>
/// <param name="From">[m/s].</param>
/// <param name="To">[m/s].</param>
/// <param name="FirstCycle">The first whole cycle behind the change [s].</param>
/// <param name="Usual">Cycle at the new speed [s].</param>
public sealed record CircuitChange(double From, double To, double FirstCycle, double Usual);

/// <summary>A circuit of half-centers.</summary>
/// <param name="Name">Of its cells.</param>
/// <param name="Durations">At the plan's speeds.</param>
/// <param name="Changes">To other speeds.</param>
/// <param name="Picture">Its four cells' spikes.</param>
public sealed record CircuitPart(string Name, GeneratorRow Durations, CircuitChange[] Changes, string Picture);

/// <summary>A gait.</summary>
/// <param name="Trial">From random phases, as the board's phase network.</param>
/// <param name="Kimura">As four Kimura oscillators.</param>
/// <param name="Worst">Of its transitions to the others: the slowest that a limb became, as a share of its frequency.</param>
/// <param name="Cycles">The most cycles that one of them took; NaN if one did not end.</param>
public sealed record GaitPart(GaitTrial Trial, KimuraGait Kimura, double Worst, double Cycles);

/// <summary>Likeness, and what it was computed from at one speed.</summary>
/// <param name="Overall">Over all speeds.</param>
/// <param name="Clock">Distances of the chess clock's states at 20 places of the cycle, [20][20].</param>
/// <param name="Network">Distances of the network's rates at the same places.</param>
public sealed record SimilarityPart(CpgSimilarity Overall, double[][] Clock, double[][] Network);
