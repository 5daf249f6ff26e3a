using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Tests.Protocol;
using Ganglion.Bridge.Tests.Session;
using Ganglion.Shared.Config;
using Ganglion.Shared.Link;

namespace Ganglion.Bridge.Tests.Messages;

/// <summary>Bytes that belong to no field, flags without a name and values without a use are 0, or the board refuses them:
/// PROTOCOL.md, section Configuration.</summary>
public class SpareBytesTests
{
    private static readonly string[] Parts = ["header", "chip", "channel", "oscillator", "coupling", "map", "walk", "joint", "load"];

    private static readonly Dictionary<string, byte> Aspects = new()
    {
        ["chip"] = ConfigField.ChipType,
        ["channel"] = ConfigField.ChannelOutput,
        ["oscillator"] = ConfigField.Oscillator,
        ["map"] = ConfigField.RhythmMap,
        ["walk"] = ConfigField.Walk,
        ["joint"] = ConfigField.WalkJoint,
        ["load"] = ConfigField.WalkLoad,
    };

    private static BoardConfig Load(byte[] bytes, bool taken)
    {
        var board = new BoardConfig();
        Assert.Equal(taken, board.Load(bytes, bytes.Length, 1));
        return board;
    }

    /// <summary>Each byte in turn, at every place of a configuration that has all parts.</summary>
    [Fact]
    public void Every_spare_byte_is_refused_by_its_part()
    {
        BoardConfiguration walker = WalkEncodingTests.Walker() with { Couplings = [new(0, 1, 0.1), new(1, 0, 0.1)] };
        byte[] bytes = BoardConfigEncoder.Encode(walker with
        {
            Chips = [.. walker.Chips, new(ChipType.Mpu6050, 1, 0x68, true), new(ChipType.Ads1115, 1, 0x48)],
        });
        Load(bytes, true);
        int[] counts = [1, 3, 12, 2, 2, 1, 1, 12, 2];
        int at = 0, spare = 0, flags = 0;
        for (int part = 0; part < Parts.Length; part++)
        {
            (int size, List<(int Offset, Field Field)> fields) = ProtocolText.Instance.Part(Parts[part]);
            for (int i = 0; i < counts[part]; i++, at += size)
            {
                for (int place = 0; place < size; place++)
                {
                    if (!fields.Exists(entry => place >= entry.Offset && place < entry.Offset + entry.Field.Size))
                    {
                        Refused(Parts[part], at + place, 1, i);
                        spare++;
                    }
                }

                foreach ((int offset, Field _) in fields.Where(entry => entry.Field.Name == "Flags"))
                {
                    for (int bit = Parts[part] == "channel" ? 2 : 1; bit < 8; bit++)
                    {
                        Refused(Parts[part], at + offset, (byte)(1 << bit), i);
                        flags++;
                    }
                }
            }
        }

        Assert.Equal(bytes.Length, at);
        Assert.Equal((2 * 2 + 1 + 1 + 12 * 2 + 2 * 2, 3 * 7 + 12 * 6 + 7), (spare, flags));

        void Refused(string part, int place, byte bits, int index)
        {
            byte[] wrong = [.. bytes];
            wrong[place] |= bits;
            BoardConfig board = Load(wrong, false);
            Assert.Equal((Aspects[part], part == "walk" ? 1 : index), (board.FaultField, board.FaultIndex));
        }
    }

    [Theory]
    [InlineData("Frequency")]
    [InlineData("Oscillator")]
    public void A_chip_without_pulses_has_no_frequency(string field)
    {
        byte[] bytes = BoardConfigEncoder.Encode(Bench.WithSensor(Bench.Servos(2)));
        int offset = ProtocolText.Instance.Part("chip").Fields.Single(entry => entry.Field.Name == field).Offset;
        bytes[24 + 8 + offset] = 1;
        BoardConfig board = Load(bytes, false);
        Assert.Equal((ConfigField.ChipFrequency, 1), (board.FaultField, board.FaultIndex));
    }

    /// <summary>Couplings and map entries without an oscillator, with NaN in them or not.</summary>
    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    [InlineData(2, 3)]
    public void A_rhythm_without_oscillators_is_refused(int couplings, int entries)
    {
        byte[] servos = BoardConfigEncoder.Encode(Bench.Servos(4));
        byte[] rest = new byte[6 * couplings + 12 * entries];
        for (int i = 0; i < couplings; i++)
        {
            BitConverter.GetBytes(float.NaN).CopyTo(rest, 6 * i + 2);
        }

        byte[] bytes = [.. servos, .. rest];
        bytes[16] = (byte)couplings;
        bytes[17] = (byte)entries;
        Assert.Equal(ConfigField.Counts, Load(bytes, false).FaultField);
    }

    /// <summary>PulseMax and the offset, whichever its sign, are at most 4095 counts together.</summary>
    [Theory]
    [InlineData(4095, 0, true)]
    [InlineData(4094, 1, true)]
    [InlineData(4094, -1, true)]
    [InlineData(4095, 0.125, false)]
    [InlineData(4095, -0.125, false)]
    public void The_longest_pulse_is_one_that_the_chip_can_make(double longest, double offset, bool taken)
    {
        BoardConfiguration valve = Bench.Servos(1) with
        {
            Chips = [new(ChipType.Mcp4728, 1, 0x60, Name: "valves")],
            Channels = [new() { Chip = 0, Output = 0, PulseMin = 8, PulseMax = longest, Offset = offset, Slew = 10 }],
        };
        if (taken)
        {
            BoardConfigEncoder.Encode(valve);
        }
        else
        {
            Assert.Equal(ConfigField.ChannelPulse, Assert.Throws<BoardException>(() => BoardConfigEncoder.Encode(valve)).Aspect);
        }
    }
}
