namespace Ganglion.Gait.Trials;

/// <summary>What came of a trial. Metres, seconds, radians; tilts against gravity.</summary>
public sealed record WalkMeasures
{
    /// <summary>False if it never came to its first step.</summary>
    public bool Began { get; init; }

    /// <summary>Time of the fall; null if it did not fall.</summary>
    public double? Fell { get; init; }

    /// <summary>How long it walked, to the fall, the goal or the end.</summary>
    public double Seconds { get; init; }

    /// <summary>True if it came to the goal.</summary>
    public bool Arrived { get; init; }

    /// <summary>Way of the centre of mass, forward and to the left, and heading at the end.</summary>
    public double Distance { get; init; }

    /// <inheritdoc cref="Distance"/>
    public double Drift { get; init; }

    /// <inheritdoc cref="Distance"/>
    public double Heading { get; init; }

    /// <summary>Mean speed of the centre of mass the way that the torso looks, once settled, and the mean of what it was told.</summary>
    public double Speed { get; init; }

    /// <inheritdoc cref="Speed"/>
    public double ToldSpeed { get; init; }

    /// <summary>Mean of the speed that the board says it walks, once it had the time to come to what it was told, and the mean of what it
    /// was told meanwhile. They differ where its gait's table of speeds ends before. Not a number where nobody looked.</summary>
    public double TakenSpeed { get; init; } = double.NaN;

    /// <inheritdoc cref="TakenSpeed"/>
    public double AskedSpeed { get; init; } = double.NaN;

    /// <summary>Mean turning speed once settled, to the left above 0, and the mean of what it was told [rad/s].</summary>
    public double Turn { get; init; }

    /// <inheritdoc cref="Turn"/>
    public double ToldTurn { get; init; }

    /// <summary>Mean of the slope as the board believed it, once settled, uphill above 0 [rad].</summary>
    public double FeltSlope { get; init; }

    /// <summary>Mean distance between successive landings, forward.</summary>
    public double Step { get; init; }

    /// <summary>Sum |torque x rate| over time / (m g distance), equations 23 and 24, once settled.</summary>
    public double CostOfTransport { get; init; }

    /// <summary>What the joints spend by part, of both legs, once settled: hips (yaw, roll, pitch), knees, ankles.</summary>
    public JointEnergy Hip { get; init; } = JointEnergy.Unknown;

    /// <inheritdoc cref="Hip"/>
    public JointEnergy Knee { get; init; } = JointEnergy.Unknown;

    /// <inheritdoc cref="Hip"/>
    public JointEnergy Ankle { get; init; } = JointEnergy.Unknown;

    /// <summary>Time and way forward since it settled, to the end of the stop, as in cost and energies; and the steps of the
    /// walk.</summary>
    public double SettledSeconds { get; init; } = double.NaN;

    /// <inheritdoc cref="SettledSeconds"/>
    public double SettledWay { get; init; } = double.NaN;

    /// <inheritdoc cref="SettledSeconds"/>
    public int Steps { get; init; }

    /// <summary>Speed and step where the ground is sloped; not a number on level ground.</summary>
    public double SpeedOnSlope { get; init; } = double.NaN;

    /// <inheritdoc cref="SpeedOnSlope"/>
    public double StepOnSlope { get; init; } = double.NaN;

    /// <summary>Energy of a step [J], of the walk alone: sum |torque x rate|.</summary>
    public double StepEnergy { get; init; } = double.NaN;

    /// <summary>Largest and rms tilt once settled; the rms of pitch is about its mean.</summary>
    public double MaxPitch { get; init; }

    /// <inheritdoc cref="MaxPitch"/>
    public double MaxRoll { get; init; }

    /// <inheritdoc cref="MaxPitch"/>
    public double RmsPitch { get; init; }

    /// <inheritdoc cref="MaxPitch"/>
    public double RmsRoll { get; init; }

    /// <summary>Share of the time in which the centre of mass, projected along gravity, is between the hindmost and the
    /// foremost corner that carries load: the paper's share inside the centre of pressure's region.</summary>
    public double InsideShare { get; init; }

    /// <summary>The same while the ground is sloped; not a number on level ground.</summary>
    public double InsideShareOnSlope { get; init; }

    /// <summary>Share of the time in which that projection is inside the convex hull of the soles that carry load, its mean
    /// distance to the hull's edge (outside below 0), and how far it is forward of the hull's centre in the mean.</summary>
    public double InsidePolygonShare { get; init; }

    /// <inheritdoc cref="InsidePolygonShare"/>
    public double Margin { get; init; }

    /// <inheritdoc cref="InsidePolygonShare"/>
    public double CentreOffset { get; init; }

    /// <summary>Rms error of the estimated slope, and its largest value.</summary>
    public double SlopeError { get; init; }

    /// <inheritdoc cref="SlopeError"/>
    public double LargestSlope { get; init; }

    /// <summary>Largest forward shift by Tegotae.</summary>
    public double LargestShift { get; init; }

    /// <summary>Ticks in which a foot was out of reach.</summary>
    public int OutOfReach { get; init; }
}
