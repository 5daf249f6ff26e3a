using Ganglion.Bridge.Messages;
using Ganglion.Shared.Config;
using Ganglion.Shared.Safety;
using Ganglion.Shared.Sensing;
using Ganglion.Shared.Walking;

namespace Ganglion.Bridge.Words;

/// <summary>Names for people.</summary>
public static class StateWords
{
    /// <summary>One of <see cref="BoardState"/> in a word or two.</summary>
    public static string Name(int state) => state switch
    {
        BoardState.Boot => "booting",
        BoardState.Idle => "idle",
        BoardState.Armed => "armed",
        BoardState.Running => "running",
        BoardState.Hold => "holding",
        BoardState.Safe => "safe",
        _ => $"in state {state}",
    };

    /// <summary>The state as the predicate of a sentence whose subject is the board.</summary>
    public static string Predicate(int state, int mode) => state switch
    {
        BoardState.Boot => "is booting, outputs off",
        BoardState.Idle => "is idle, outputs off",
        BoardState.Armed => "is armed, outputs on",
        BoardState.Running => mode switch
        {
            DriveMode.Rhythm => "runs its rhythm",
            DriveMode.Walk => "walks",
            _ => "follows the stream",
        },
        BoardState.Hold => "holds its last position",
        BoardState.Safe => "went safe",
        _ => $"is in state {state}",
    };

    /// <summary>What a board says of itself, as the predicate of a sentence, and of hold and safe why.</summary>
    /// <param name="configuration">Gives names; null if unknown.</param>
    internal static string Predicate(BoardIdentity board, BoardConfiguration? configuration = null)
    {
        string predicate = Predicate(board.State, DriveMode.None);
        return board.State is BoardState.Hold or BoardState.Safe
            ? $"{predicate}: {ReasonWords.Of(board.Reason, 0, board.Detail, configuration).Cause}"
            : predicate;
    }

    /// <summary>One of <see cref="WalkStage"/>.</summary>
    public static string Stage(int stage) => stage switch
    {
        WalkStage.Rest => "rests",
        WalkStage.StandingUp => "stands up",
        WalkStage.Walking => "walks",
        WalkStage.Stopping => "brings its feet together",
        _ => $"is in stage {stage}",
    };

    /// <summary>One of <see cref="ChipType"/>.</summary>
    public static string Chip(int type) => type switch
    {
        ChipType.Pca9685 => "PCA9685",
        ChipType.Mcp4728 => "MCP4728",
        ChipType.Ads1115 => "ADS1115",
        ChipType.Mpu6050 => "MPU6050",
        ChipType.Vl53l0x => "VL53L0X",
        _ => $"chip type {type}",
    };

    /// <summary>What telemetry tells of a distance sensor, mm.</summary>
    public static string Distance(int millimetres) => millimetres switch
    {
        DistanceSensor.NoReading => "no reading",
        DistanceSensor.OutOfRange => "nothing within range",
        _ => $"{millimetres} mm",
    };

    /// <summary>The pin profile as robot descriptions spell it.</summary>
    public static string Profile(int code) => code switch
    {
        1 => "esp32-wroom",
        2 => "esp32-wrover",
        3 => "esp32-s3",
        _ => $"profile {code}",
    };

    /// <summary>One of <see cref="OnSafe"/>.</summary>
    public static string Safe(int behaviour) => behaviour switch
    {
        OnSafe.Release => "release",
        OnSafe.Hold => "hold",
        OnSafe.Park => "park",
        _ => $"behaviour {behaviour}",
    };

    /// <summary>What the board says about itself, as one sentence or two: state, and for hold and safe why and what to do.</summary>
    /// <param name="board">Its name.</param>
    public static string Describe(string board, int state, int mode, byte reason, int detail, BoardConfiguration? configuration) =>
        Describe(board, state, mode, ReasonWords.Of(reason, 0, detail, configuration));

    /// <inheritdoc cref="Describe(string, int, int, byte, int, BoardConfiguration?)"/>
    /// <param name="why">Said of hold and safe.</param>
    internal static string Describe(string board, int state, int mode, ReasonText why)
    {
        string sentence = $"Board {board} {Predicate(state, mode)}";
        return state is BoardState.Hold or BoardState.Safe ? $"{sentence}: {why}" : sentence + ".";
    }
}
