using Ganglion.Bridge.Messages;
using Ganglion.Shared.Config;
using Ganglion.Shared.Control;
using Ganglion.Shared.Link;
using Ganglion.Shared.Sensing;

namespace Ganglion.Bridge.Words;

/// <summary>Why, and what to do about it.</summary>
/// <param name="Cause">A clause without capital and full stop.</param>
/// <param name="Remedy">Whole sentences.</param>
public readonly record struct ReasonText(string Cause, string Remedy)
{
    public override string ToString() => $"{Cause}. {Remedy}";
}

/// <summary>Turns the reason codes of boards (<see cref="Reason"/>) into words with cause and remedy.</summary>
public static class ReasonWords
{
    private const string ArmAgain = "Disarm and arm again.";

    private const string AskInfo = "(`ganglion info` says which)";

    /// <summary>In place of a detail that was not told.</summary>
    public const int Untold = -1;

    internal const string HostGone = "See that the host program runs and that the cable is in place.";

    /// <param name="reason">One of <see cref="Reason"/>; a code that this program does not know gets words too.</param>
    /// <param name="aspect">One of <see cref="ConfigField"/> for ConfigInvalid.</param>
    /// <param name="detail">As the reason says.</param>
    /// <param name="configuration">Gives names and timeouts; null if unknown.</param>
    /// <param name="latched">For LatchedSafe, whose detail is a reason: the detail of that.</param>
    public static ReasonText Of(byte reason, byte aspect, int detail, BoardConfiguration? configuration, int latched = Untold) =>
        reason < Reason.WrongProtocol
            ? OfState(reason, detail, configuration)
            : reason == Reason.ConfigInvalid
                ? ConfigFieldWords.Of(aspect, detail, configuration)
                : OfRefusal(reason, detail, configuration, latched);

    /// <summary>What helps, and then the board is armed again.</summary>
    internal static string AgainAfter(string remedy) => $"{remedy} {ArmAgain}";

    private static ReasonText OfState(byte reason, int detail, BoardConfiguration? configuration) => reason switch
    {
        Reason.None => new("no reason", "There is nothing to do."),
        Reason.HostLost => new(
            $"the host was lost: no frame{For(configuration is { RhythmTimeout: > 0 } ? null : configuration?.SafeTimeout)}",
            AgainAfter(HostGone)),
        Reason.StreamStarved => new(
            $"the setpoints paused: none{For(configuration?.HoldTimeout)}",
            "It goes on by itself when setpoints come again."),
        Reason.SessionReplaced => new(
            "a new session was opened with it while it was armed",
            "Rearm to go on from where it stands, or disarm (`ganglion disarm`). If the session was not yours, another program " +
                "uses the board: close it."),
        Reason.StoppedByHost => new(
            "the host told it to stop",
            $"See that it is safe to move. {ArmAgain}"),
        Reason.ChipLost => new(
            $"the output {Chip(detail, configuration)} stopped answering, or lost its supply for a moment",
            $"Check its wiring, supply and address. {ArmAgain}"),
        Reason.BusStuck => new(
            $"the I2C bus of {Chip(detail, configuration)} hangs: a transfer ran into the driver's timeout",
            $"Check data and clock lines for shorts and loose contacts, and switch the chips' supply off and on. {ArmAgain}"),
        Reason.SensorLost => new(
            $"the required sensor {Chip(detail, configuration)} stopped answering" +
                (Feels(detail, configuration) ? ", or what hangs at an input of it is beyond its reach" : ""),
            $"Check its wiring and supply, or mark it as not required. {ArmAgain}"),
        Reason.SensorFrozen => new(
            $"the required sensor {Chip(detail, configuration)} repeats the same values and no longer measures",
            $"Switch its supply off and on, or mark it as not required. {ArmAgain}"),
        Reason.TickOverrun => new(
            $"its control loop missed several deadlines in a row{(detail < 0 ? "" : $", {detail} in all")}",
            $"Give the board fewer channels, a faster I2C bus or a tick of 20 ms. {ArmAgain}"),
        Reason.RhythmDiverged => new(
            "an oscillator of its rhythm or walk produced something that is not a number",
            $"Choose tamer parameters (smaller gains, longer time constants). {ArmAgain}"),
        Reason.FootOutOfReach => new(
            "a foot of the walker stayed out of its leg's reach",
            $"Lower the reflexes' gains, the hips' height or the speed. {ArmAgain}"),
        Reason.PressureOutOfRange => new(
            $"the pressure sensor of {Channel(detail, configuration)} gave a voltage that no pressure gives",
            $"Check that it is plugged in and supplied, and that zero_v and full_scale_v in the robot description are its own. {ArmAgain}"),
        Reason.PressureStandsStill => new(
            $"the measured pressure of {Channel(detail, configuration)} did not move while its valve was told to change it",
            $"Its sensor is frozen, its valve is stuck, or there is no air: check them in that order. {ArmAgain}"),
        Reason.PressureOff => new(
            $"the measured pressure of {Channel(detail, configuration)} stayed too far from what its valve was to make",
            $"Check for leaks, the air supply, the valve and the sensor, and that lag_ms is the chamber's; max_error_kpa says what is " +
                $"borne. {ArmAgain}"),
        Reason.TooNear when detail < 0 => new(
            "something is nearer to a distance sensor than it may be while the arm moves",
            $"See what it is and clear the way. {ArmAgain} Away from it the arm may move, nearer not."),
        Reason.TooNear => new(
            $"something is {detail & ~DistanceWatch.SecondSensor} mm from {Eye(detail, configuration)}, " +
                $"nearer than it may be while the arm moves",
            $"See what it is and clear the way. {ArmAgain} Away from it the arm may move, nearer not."),
        _ => Unknown(reason, detail),
    };

    private static ReasonText OfRefusal(byte reason, int detail, BoardConfiguration? configuration, int latched) => reason switch
    {
        Reason.WrongProtocol => new(
            $"the board speaks version {detail} of the protocol and this program version {Definition.ProtocolVersion}",
            "Flash the firmware that belongs to this program, or use the program that belongs to the firmware."),
        Reason.WrongDefinition => new(
            "the board's messages are defined differently from this program's",
            "Flash the firmware that was built together with this program."),
        Reason.NoSession => new(
            "the board does not know this session: it was reset, or another program opened a session with it",
            "Connect again; nothing moves until you arm."),
        Reason.NotConfigured => new(
            "the board has no configuration yet",
            "Configure it first."),
        Reason.ConfigIncomplete => new(
            $"the configuration arrived with a gap after byte {detail}",
            "Push it again; the board still has its old one. If this happens often, the link loses bytes: check cable and baud rate."),
        Reason.ConfigChecksum => new(
            "the configuration's checksum is not the announced one",
            "Configure the board again; until then its old configuration stays in force and it will not arm with another."),
        Reason.ConfigTooLong => new(
            detail > 0 ? $"the configuration has {detail} bytes" : "the configuration has a length that a board does not take",
            $"A board takes {ConfigLayout.HeaderSize}..{ConfigLayout.MaxSize} bytes: spread the channels over more boards, or give it " +
                $"either a rhythm or a walk."),
        Reason.WrongState => new(
            $"the board is {StateWords.Name(detail)}, and in that state it does not do this",
            "Configuring needs an idle board, arming an idle or holding one, moving an armed one. " +
                "`ganglion disarm --port PORT` brings it to idle."),
        Reason.LatchedSafe => new(
            $"the board is latched in its safe state: {Of((byte)detail, 0, latched, configuration).Cause}",
            "Disarm first (`ganglion disarm --port PORT`), which acknowledges the reason, then arm again."),
        Reason.ChipMissing when (detail & ChipHealth.Stranger) != 0 => new(
            $"in the place of {Chip(detail & (ChipHealth.Stranger - 1), configuration)} another chip answers, with the identity " +
                $"0x{detail >> 8:X2}",
            "Use a chip with the registers of the one described (firmware/Chips says which are known), or another address."),
        Reason.ChipMissing when detail == ChipHealth.NoChip => new(
            "an I2C bus hangs, and without a configuration the board does not know what is on it",
            "Check data and clock lines for shorts and loose contacts, and switch the chips' supply off and on."),
        Reason.ChipMissing => new(
            $"{Chip(detail, configuration)} does not answer",
            "Check its wiring, supply and address, and that the right robot description is used."),
        Reason.WrongChannelCount => new(
            $"the setpoints have another number of channels than the board, which has {detail}",
            "Use the robot description with which the board was configured."),
        Reason.UnknownMessage => new(
            $"the board does not know message type 0x{detail:X2}",
            "Flash the firmware that was built together with this program."),
        Reason.WrongLength => new(
            $"a message had another length than its type must have, {detail} bytes",
            "Flash the firmware that was built together with this program."),
        Reason.NoRhythm => new(
            "the board's configuration has no rhythm",
            "Configure it with oscillators and a rhythm map."),
        Reason.NoWalk => new(
            "the board's configuration has no walk",
            "Configure it with a gait."),
        Reason.OutOfRange => new(
            "a value lies outside the range that the board allows",
            "See the ranges of the command in the protocol description (shared/Link/PROTOCOL.md)."),
        Reason.TimeTooFar => new(
            "a setpoint lies more than 2 s in the board's future",
            "Measure the clock offset anew by connecting again, or use a shorter lead."),
        Reason.WrongBoard => new(
            "the configuration was made for another board than the one that the firmware names",
            "Give --port in the order of the description; `ganglion info --port PORT` tells which board is there."),
        _ => Unknown(reason, detail),
    };

    private static ReasonText Unknown(byte reason, int detail) => new(
        $"reason code {reason}{(detail < 0 ? "" : $" (detail {detail})")}, which this program does not know",
        "Use the program that belongs to the firmware.");

    private static string Chip(int index, BoardConfiguration? configuration) =>
        index < 0 ? $"chip {AskInfo}" : configuration == null ? $"chip {index}" : configuration.NameChip(index);

    /// <summary>The distance sensor that a detail of TooNear names, with its stop.</summary>
    private static string Eye(int detail, BoardConfiguration? configuration)
    {
        int number = (detail & DistanceWatch.SecondSensor) == 0 ? 0 : 1;
        int chip = configuration?.Chips.Index().Where(one => one.Item.Type == ChipType.Vl53l0x).Select(one => one.Index).Skip(number)
            .FirstOrDefault(-1) ?? -1;
        return chip < 0 ? $"distance sensor {number + 1}"
            : $"the distance sensor {Chip(chip, configuration)}, which stops it at {1000 * configuration!.Chips[chip].Stop:0} mm";
    }

    /// <summary>Whether a chip is a converter at whose input pairs of cells feel something.</summary>
    private static bool Feels(int chip, BoardConfiguration? configuration) => configuration?.Pairs.Any(pair => pair.Input > 0) == true
        && chip >= 0 && chip < configuration.Chips.Length && configuration.Chips[chip].Type == ChipType.Ads1115;

    private static string Channel(int index, BoardConfiguration? configuration) =>
        index < 0 ? $"channel {AskInfo}" : configuration == null ? $"channel {index}" : configuration.NameChannel(index);

    private static string For(double? seconds) => seconds is { } s ? $" for {s * 1000:0} ms" : " within its timeout";
}
