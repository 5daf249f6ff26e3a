namespace Ganglion.Live.Viewing;

/// <summary>How a person operates a robot.</summary>
public sealed class OperationView : IView<OperationView>
{
    /// <summary>Number of the client that holds control; 0: none.</summary>
    public int Holder { get; set; }

    /// <summary>That client's name; empty: none.</summary>
    public string HolderName { get; set; } = "";

    /// <summary>The deadman is held, by what came within the last 300 ms.</summary>
    public bool IsHeld { get; set; }

    /// <summary>Age of the newest input when it was used, s; NaN before the first.</summary>
    public double InputAge { get; set; } = double.NaN;

    /// <summary>By how much inputs are played late so that none is missing when it is due, s.</summary>
    public double InputDelay { get; set; }

    /// <summary>Postures that were taught.</summary>
    public int Taught { get; set; }

    /// <summary>A recording is being made.</summary>
    public bool IsRecording { get; set; }

    /// <summary>How much of what is played has been played, 0..1; NaN: nothing is.</summary>
    public double Played { get; set; } = double.NaN;

    public void CopyFrom(OperationView other)
    {
        (Holder, HolderName, IsHeld) = (other.Holder, other.HolderName, other.IsHeld);
        (InputAge, InputDelay) = (other.InputAge, other.InputDelay);
        (Taught, IsRecording, Played) = (other.Taught, other.IsRecording, other.Played);
    }
}
