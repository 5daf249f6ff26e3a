namespace Ganglion.Neurons.Network;

/// <summary>
/// How a sample is laid out in time, and the size of the network that reads it. A sample is a row of <see cref="Windows"/> windows (for an
/// arm: one per joint, base first); in window w the <see cref="Channels"/> real inputs are held as currents for
/// <see cref="StepsPerWindow"/> steps, and during the last <see cref="ClockSteps"/> of them the one-hot clock input w is 1. Outputs are
/// read in the last <see cref="LossSteps"/> steps of every window. Defaults are the trunk paper's (12 steps, clock and loss in the last 7;
/// section III.A).
/// </summary>
public sealed record LsnnShape
{
    /// <summary>No part of a network is larger, so that what a damaged file says of one cannot fill the memory: 400 MB at most.</summary>
    public const int Most = 4096;

    /// <summary>Real-valued inputs per window, at least 1.</summary>
    public required int Channels { get; init; }

    /// <summary>Windows per sample, at least 1.</summary>
    public required int Windows { get; init; }

    /// <summary>Neurons of the recurrent layer, at least 2; the first half (rounded down) is LIF, the rest ALIF.</summary>
    public required int Hidden { get; init; }

    /// <summary>Leaky readouts, at least 1.</summary>
    public required int Outputs { get; init; }

    /// <summary>Simulation steps per window.</summary>
    public int StepsPerWindow { get; init; } = 12;

    /// <summary>Last steps of a window in which its clock input is 1; 0 builds a network without clock inputs.</summary>
    public int ClockSteps { get; init; } = 7;

    /// <summary>Last steps of a window in which the outputs are read and carry loss; 1..StepsPerWindow.</summary>
    public int LossSteps { get; init; } = 7;

    /// <summary>Simulation steps per sample.</summary>
    public int Steps => Windows * StepsPerWindow;

    /// <summary>Rows of the input weights: the channels, then one clock input per window.</summary>
    public int InputRows => Channels + (ClockSteps > 0 ? Windows : 0);

    /// <summary>Neurons with a fixed threshold: 0..LifCount-1.</summary>
    public int LifCount => Hidden / 2;

    /// <summary>Length of a sample's inputs, [Windows x Channels].</summary>
    public int InputLength => Windows * Channels;

    /// <summary>Length of a sample's window means, [Windows x Outputs].</summary>
    public int MeanLength => Windows * Outputs;

    /// <summary>Length of a sample's outputs and output gradients, [Windows x LossSteps x Outputs].</summary>
    public int OutputLength => Windows * LossSteps * Outputs;

    /// <summary>Throws <see cref="ArgumentException"/> naming the size that is out of its range.</summary>
    public void Validate()
    {
        Require(Channels is >= 1 and <= Most, nameof(Channels), $"in 1..{Most}");
        Require(Windows is >= 1 and <= Most, nameof(Windows), $"in 1..{Most}");
        Require(Hidden is >= 2 and <= Most, nameof(Hidden), $"in 2..{Most}");
        Require(Outputs is >= 1 and <= Most, nameof(Outputs), $"in 1..{Most}");
        Require(StepsPerWindow is >= 1 and <= Most, nameof(StepsPerWindow), $"in 1..{Most}");
        Require(ClockSteps >= 0 && ClockSteps <= StepsPerWindow, nameof(ClockSteps), "in 0..StepsPerWindow");
        Require(LossSteps >= 1 && LossSteps <= StepsPerWindow, nameof(LossSteps), "in 1..StepsPerWindow");
    }

    private static void Require(bool holds, string name, string range)
    {
        if (!holds)
        {
            throw new ArgumentException($"network shape: {name} must be {range}.");
        }
    }
}
