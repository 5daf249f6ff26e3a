using System.Collections.Immutable;
using Ganglion.Basics.Space;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Boards;

/// <summary>Boards, buses and chips: names and addresses must not collide, and each chip must suit its bus.</summary>
internal static class BoardReader
{
    private const int AllCallAddress = 0x70, MaxTelemetryTicks = 255;

    public static ImmutableArray<BoardDescription> Read(Entry robot)
    {
        List<BoardDescription> boards = [];
        foreach (Entry entry in robot.List("boards"))
        {
            BoardDescription board = ReadBoard(entry);
            if (boards.Exists(other => other.Id == board.Id))
            {
                throw entry.Error("id", $"a second board is called '{board.Id}'; give each board its own id");
            }

            boards.Add(board);
        }
        return [.. boards];
    }

    private static BoardDescription ReadBoard(Entry entry)
    {
        int tick = entry.Whole("tick_ms"), hold = entry.Whole("hold_timeout_ms");
        if (entry.Whole("safe_timeout_ms") <= hold)
        {
            throw entry.Error("safe_timeout_ms", $"safe_timeout_ms is {entry.Whole("safe_timeout_ms")}, not above hold_timeout_ms " +
                $"{hold}; the board holds first and goes safe later");
        }

        if (entry.Whole("telemetry_period_ms") < tick)
        {
            throw entry.Error("telemetry_period_ms", $"telemetry_period_ms is below tick_ms {tick}; the board sends at most one " +
                $"frame a tick");
        }

        if (entry.Whole("telemetry_period_ms") > MaxTelemetryTicks * tick)
        {
            throw entry.Error("telemetry_period_ms", $"telemetry_period_ms is above {MaxTelemetryTicks} ticks of {tick} ms, which is as " +
                $"far as the board counts; use at most {MaxTelemetryTicks * tick}");
        }

        ImmutableArray<BusDescription> buses = ReadBuses(entry);
        return new BoardDescription(
            entry.Text("id"),
            ReadProfile(entry.Text("profile")),
            entry.Whole("baud"),
            tick * 1e-3,
            hold * 1e-3,
            entry.Whole("safe_timeout_ms") * 1e-3,
            entry.Whole("telemetry_period_ms") * 1e-3,
            buses,
            ReadChips(entry, buses));
    }

    private static BoardProfile ReadProfile(string text) => text switch
    {
        "esp32-wroom" => BoardProfile.Esp32Wroom,
        "esp32-wrover" => BoardProfile.Esp32Wrover,
        _ => BoardProfile.Esp32S3,
    };

    private static ImmutableArray<BusDescription> ReadBuses(Entry board)
    {
        List<BusDescription> buses = [];
        foreach (Entry entry in board.List("buses"))
        {
            BusDescription bus = new(entry.Whole("id"), entry.Whole("speed_khz") * 1000);
            if (buses.Exists(other => other.Id == bus.Id))
            {
                throw entry.Error("id", $"bus {bus.Id} is given twice; a board has the buses 1 and 2");
            }

            buses.Add(bus);
        }
        return [.. buses];
    }

    private static ImmutableArray<ChipDescription> ReadChips(Entry board, ImmutableArray<BusDescription> buses)
    {
        List<ChipDescription> chips = [];
        foreach (Entry entry in board.List("chips"))
        {
            ChipDescription chip = ReadChip(entry);
            BusDescription? bus = buses.FirstOrDefault(candidate => candidate.Id == chip.Bus)
                ?? throw entry.Error("bus", $"bus {chip.Bus} is not among the board's buses; add it there or use another");
            if (bus.Speed > chip.MaxBusSpeed)
            {
                throw entry.Error("bus", $"bus {bus.Id} runs at {bus.Speed / 1000} kHz and {entry.Text("type")} takes at most " +
                    $"{chip.MaxBusSpeed / 1000}; slow the bus down or move the chip");
            }

            if (chips.Exists(other => other.Id == chip.Id))
            {
                throw entry.Error("id", $"a second chip of this board is called '{chip.Id}'; give each chip its own id");
            }

            ChipDescription? rival = chips.Find(other => other.Bus == chip.Bus && other.Address == chip.Address);
            if (rival is not null && chip is Vl53l0x)
            {
                throw entry.Error("bus", $"a VL53L0X answers at 0x{chip.Address:X2} alone, and on bus {chip.Bus} that is '{rival.Id}'; " +
                    $"put it on the other bus or on another board");
            }

            if (rival is not null)
            {
                throw entry.Error("address", $"address 0x{chip.Address:X2} on bus {chip.Bus} is taken by '{rival.Id}'; set another by " +
                    $"the chip's address pins");
            }

            if (chip.MostOnABoard is int most && chips.Count(other => other.GetType() == chip.GetType()) == most)
            {
                throw entry.Error("type", $"'{chip.Id}' is {entry.Text("type")} number {most + 1} of this board, and a board reads at " +
                    $"most {most}; put it on a second board");
            }

            chips.Add(chip);
        }
        return [.. chips];
    }

    private static ChipDescription ReadChip(Entry entry)
    {
        string id = entry.Text("id");
        int bus = entry.Whole("bus"), address = entry.Has("address") ? entry.Whole("address") : Vl53l0x.OnlyAddress;
        return entry.Text("type") switch
        {
            "pca9685" => ReadPca9685(entry, id, bus, address),
            "mcp4728" => new Mcp4728(id, bus, address, entry.Has("full_scale_kpa") ? entry.Number("full_scale_kpa") : null),
            "vl53l0x" => ReadVl53l0x(entry, id, bus),
            "ads1115" => new Ads1115(id, bus, address, entry.Flag("required")),
            _ => new Mpu6050(id, bus, address, entry.Flag("required"))
            {
                Zero = new ImuZero(Radians("level_pitch_deg"), Radians("level_roll_deg"), Radians("bias_pitch_deg_per_s"),
                    Radians("bias_roll_deg_per_s")),
            },
        };

        double Radians(string key) => entry.Number(key) * Math.PI / 180;
    }

    private static Vl53l0x ReadVl53l0x(Entry entry, string id, int bus)
    {
        Vec3 looks = Read(entry.Map("looks"));
        return looks.Length < 1e-3
            ? throw entry.Error("looks", "it looks nowhere: give a direction in the module's frame, such as { z: 1 } for on along the arm")
            : new Vl53l0x(id, bus, entry.Whole("module") - 1, 1e-3 * Read(entry.Map("at_mm")), 1 / looks.Length * looks,
                entry.Has("stop_mm") ? 1e-3 * entry.Whole("stop_mm") : null, entry.Flag("required"));

        static Vec3 Read(Entry point) => new(point.Number("x"), point.Number("y"), point.Number("z"));
    }

    private static Pca9685 ReadPca9685(Entry entry, string id, int bus, int address)
    {
        if (address == AllCallAddress)
        {
            throw entry.Error("address", "0x70 is the All-Call address to which every PCA9685 answers; set another by the chip's " +
                "address pins");
        }

        Pca9685 chip = new(id, bus, address, entry.Number("frequency_hz"), entry.Number("oscillator_hz"));
        if (chip.Prescale is < Pca9685.MinPrescale or > Pca9685.MaxPrescale)
        {
            double counts = chip.Oscillator / Pca9685.Counts;
            throw entry.Error("frequency_hz", $"frequency_hz {chip.Frequency:0.###} needs prescaler {chip.Prescale} with this " +
                $"oscillator; the chip has {Pca9685.MinPrescale}..{Pca9685.MaxPrescale}, so choose " +
                $"{counts / (Pca9685.MaxPrescale + 1):0.#}..{counts / (Pca9685.MinPrescale + 1):0.#} Hz");
        }

        return chip;
    }
}
