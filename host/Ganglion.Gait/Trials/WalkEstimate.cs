namespace Ganglion.Gait.Trials;

/// <summary>What the board believes.</summary>
/// <param name="Pitch">Of the torso, nose down above 0 [rad].</param>
/// <param name="Slope">Of the ground, uphill above 0 [rad].</param>
/// <param name="Shift">Of the body by Tegotae, forward [m].</param>
/// <param name="Speed">That it walks [m/s].</param>
public readonly record struct WalkEstimate(double Pitch, double Slope, double Shift, double Speed);
