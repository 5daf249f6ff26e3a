namespace Ganglion.VirtualBoard.Faults;

/// <summary>A fault to inject.</summary>
/// <param name="Board">Name of the board; null: the only one there is, or all boards for faults of the host.</param>
/// <param name="Duration">How long it lasts; null: for good.</param>
public abstract record Fault(string? Board, TimeSpan? Duration);

/// <summary>A chip does not acknowledge its address.</summary>
public sealed record NackFault(string? Board, TimeSpan? Duration, string Chip) : Fault(Board, Duration);

/// <summary>SCL of a bus (1 or 2) is held low.</summary>
public sealed record StuckBusFault(string? Board, TimeSpan? Duration, int Bus) : Fault(Board, Duration);

/// <summary>Noise costs every transfer on a bus (1 or 2) the arbitration: a timeout that comes at once.</summary>
public sealed record GlitchFault(string? Board, TimeSpan? Duration, int Bus) : Fault(Board, Duration);

/// <summary>A chip loses its supply for a moment: its registers take their power-on values.</summary>
public sealed record BrownoutFault(string? Board, string Chip) : Fault(Board, null);

/// <summary>The board's inertial sensors repeat their last sample.</summary>
public sealed record ImuFreezeFault(string? Board, TimeSpan? Duration) : Fault(Board, Duration);

/// <summary>The board's inertial sensors are noisy: RMS in rad/s (gyroscope) and g (accelerometer).</summary>
public sealed record ImuNoiseFault(string? Board, TimeSpan? Duration, double Rms) : Fault(Board, Duration);

/// <summary>The board's inertial sensors sit askew, nose down by an angle in rad: their pitch is wrong by as much.</summary>
public sealed record ImuTiltFault(string? Board, TimeSpan? Duration, double Angle) : Fault(Board, Duration);

/// <summary>The board's inertial sensors show what was some time ago.</summary>
public sealed record ImuDelayFault(string? Board, TimeSpan? Duration, TimeSpan Delay) : Fault(Board, Duration);

/// <summary>The board's distance sensors tell the same result over and over, as a new one.</summary>
public sealed record DistanceFreezeFault(string? Board, TimeSpan? Duration) : Fault(Board, Duration);

/// <summary>The board's distance sensors measure the same distance, m, whatever is before them.</summary>
public sealed record DistanceStuckFault(string? Board, TimeSpan? Duration, double Metres) : Fault(Board, Duration);

/// <summary>The pressure sensor at an analog input of the board shows one value; inputs count from 0 over all converters.</summary>
public sealed record PressureStuckFault(string? Board, TimeSpan? Duration, int Input) : Fault(Board, Duration);

/// <summary>The pressure sensor at an analog input of the board is unplugged: the input sees 0 V.</summary>
public sealed record PressureUnpluggedFault(string? Board, TimeSpan? Duration, int Input) : Fault(Board, Duration);

/// <summary>The potentiometer at an analog input of the board, which shows a pendulum's angle, is unplugged: the input sees 0 V.</summary>
public sealed record AngleUnpluggedFault(string? Board, TimeSpan? Duration, int Input) : Fault(Board, Duration);

/// <summary>A channel's valve goes on giving the pressure that it gives, whatever it is told.</summary>
public sealed record ValveStuckFault(string? Board, TimeSpan? Duration, int Channel) : Fault(Board, Duration);

/// <summary>The chamber behind a channel's valve leaks: it gets to a share of 0..1 less than the valve gives.</summary>
public sealed record ValveLeakFault(string? Board, TimeSpan? Duration, int Channel, double Share) : Fault(Board, Duration);

/// <summary>The motor of a channel's servo is blocked.</summary>
public sealed record ServoStalledFault(string? Board, TimeSpan? Duration, int Channel) : Fault(Board, Duration);

/// <summary>A joint's servo in physics gives no torque.</summary>
public sealed record ServoDeadFault(string? Board, TimeSpan? Duration, int Channel) : Fault(Board, Duration);

/// <summary>Bytes get lost on the serial line, each with a chance of 0..1.</summary>
public sealed record SerialDropFault(string? Board, TimeSpan? Duration, double Chance) : Fault(Board, Duration);

/// <summary>One bit of a byte is inverted on the serial line, with a chance of 0..1 for each byte.</summary>
public sealed record SerialFlipFault(string? Board, TimeSpan? Duration, double Chance) : Fault(Board, Duration);

/// <summary>Bytes come late on the serial line.</summary>
public sealed record SerialDelayFault(string? Board, TimeSpan? Duration, TimeSpan Delay) : Fault(Board, Duration);

/// <summary>The board is reset; its chips keep their registers.</summary>
public sealed record BoardResetFault(string? Board) : Fault(Board, null);

/// <summary>The board and its chips lose their supply for a moment.</summary>
public sealed record PowerCycleFault(string? Board) : Fault(Board, null);

/// <summary>Nothing passes between host and board.</summary>
public sealed record HostGoneFault(string? Board, TimeSpan? Duration) : Fault(Board, Duration);
