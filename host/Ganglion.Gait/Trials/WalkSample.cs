using Ganglion.Basics.Space;

namespace Ganglion.Gait.Trials;

/// <summary>A tick of a trial, for plots. Metres, seconds, radians, newtons.</summary>
/// <param name="Time">Since the start of the trial.</param>
/// <param name="Centre">Centre of mass.</param>
/// <param name="Hips">Middle between the hips.</param>
/// <param name="Left">Centre of the left sole.</param>
/// <param name="Right">Centre of the right sole.</param>
/// <param name="Pitch">Torso against gravity, forward above 0.</param>
/// <param name="EstimatedPitch">The same as the board sees it.</param>
/// <param name="Slope">Of the ground under the hips, or of the belt.</param>
/// <param name="EstimatedSlope">As the board sees it.</param>
/// <param name="Shift">Forward shift by Tegotae.</param>
/// <param name="Pressure">Centre of pressure; not a number while nothing carries load.</param>
/// <param name="LeftLoad">Normal force on the left foot.</param>
/// <param name="RightLoad">Normal force on the right foot.</param>
/// <param name="HipPower">Sum |torque x rate| of the hips' joints [W].</param>
/// <param name="KneePower">Of the knees.</param>
/// <param name="AnklePower">Of the ankles.</param>
public readonly record struct WalkSample(
    double Time, Vec3 Centre, Vec3 Hips, Vec3 Left, Vec3 Right, double Pitch, double EstimatedPitch, double Slope, double EstimatedSlope,
    double Shift,
    Vec3 Pressure, double LeftLoad, double RightLoad, double HipPower, double KneePower, double AnklePower);
