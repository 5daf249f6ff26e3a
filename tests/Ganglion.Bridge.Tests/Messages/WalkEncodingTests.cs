using System.Reflection;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Tests.Protocol;
using Ganglion.Bridge.Tests.Session;
using Ganglion.Shared.Config;
using Ganglion.Shared.Legs;
using Ganglion.Shared.Link;
using Ganglion.Shared.Walking;

namespace Ganglion.Bridge.Tests.Messages;

/// <summary>The walk part of a configuration: every value arrives, where the protocol says, and what is wrong is refused in
/// words.</summary>
public class WalkEncodingTests
{
    /// <summary>Writer and reader with a value of its own in every field, whether or not it makes sense.</summary>
    [Fact]
    public void Every_value_comes_back_from_where_the_protocol_puts_it()
    {
        var walk = new WalkDefinition { Ring = 0.25f, JointCount = 12, SensorCount = 8, SpeedCount = 64, GroundCount = 12 };
        float next = 1;
        foreach (object part in new object[] { walk.Clocks, walk.Legs, walk.Gait, walk.Reflexes }.Concat(walk.Grounds))
        {
            foreach (FieldInfo field in Floats(part))
            {
                field.SetValue(part, next++);
            }
        }

        foreach (float[] numbers in new[] { walk.Foot, walk.Body, walk.JointCentre, walk.JointGain, walk.SensorLoad,
            walk.SpeedSlope, walk.SpeedSteps, walk.SpeedWalked })
        {
            for (int i = 0; i < numbers.Length; i++)
            {
                numbers[i] = next++;
            }
        }

        byte code = 1;
        foreach (int[] numbers in new[] { walk.JointChannel, walk.JointAngle, walk.SensorInput, walk.SensorFoot })
        {
            for (int i = 0; i < numbers.Length; i++)
            {
                numbers[i] = code++;
            }
        }

        walk.Legs.HasAnkleRoll = false;
        byte[] bytes = new byte[100 + WalkEncoding.Length(walk)];
        new WalkEncoding(walk, bytes, 100, (_, _) => throw new InvalidOperationException()).Run();
        Assert.Equal(272 + 12 * 12 + 8 * 8 + 64 * 12 + 12 * 84, WalkEncoding.Length(walk));

        WalkDefinition back = WalkReader.Read(bytes, 100, 12, 8);
        Assert.Equal((0.25f, false, 12, 8), (back.Ring, back.Legs.HasAnkleRoll, back.JointCount, back.SensorCount));
        foreach ((object sent, object read) in new (object, object)[] { (walk.Clocks, back.Clocks), (walk.Legs, back.Legs),
            (walk.Gait, back.Gait), (walk.Reflexes, back.Reflexes) })
        {
            Assert.All(Floats(sent), field => Assert.True(field.GetValue(sent)!.Equals(field.GetValue(read)), field.Name));
        }

        Assert.Equal(walk.Foot.Concat(walk.Body), back.Foot.Concat(back.Body));
        Assert.Equal(walk.JointCentre.Concat(walk.JointGain).Concat(walk.SensorLoad), back.JointCentre.Concat(back.JointGain)
            .Concat(back.SensorLoad));
        Assert.Equal(walk.JointChannel.Concat(walk.JointAngle), back.JointChannel.Concat(back.JointAngle));
        Assert.Equal(walk.SensorInput.Concat(walk.SensorFoot), back.SensorInput.Concat(back.SensorFoot));

        Assert.Equal((64, walk.SpeedWalked[63]), (back.SpeedCount, BitConverter.ToSingle(bytes, bytes.Length - 12 * 84 - 4)));
        Assert.Equal((12, walk.Grounds[11].PlaceSide), (back.GroundCount, BitConverter.ToSingle(bytes, bytes.Length - 4)));
        Assert.All(walk.Grounds.Zip(back.Grounds), pair => Assert.All(Floats(pair.First),
            field => Assert.True(field.GetValue(pair.First)!.Equals(field.GetValue(pair.Second)), field.Name)));
        Assert.Equal(walk.SpeedSlope.Concat(walk.SpeedSteps).Concat(walk.SpeedWalked),
            back.SpeedSlope.Concat(back.SpeedSteps).Concat(back.SpeedWalked));

        // By the definition alone: names in the text are those of the fields.
        foreach ((int offset, Field field) in ProtocolText.Instance.Part("walk").Fields.Where(entry => entry.Field.Type == "f32"))
        {
            object? value = new object[] { walk.Clocks, walk.Legs, walk.Gait, walk.Reflexes }
                .Select(part => (part, part.GetType().GetField(field.Name, BindingFlags.Public | BindingFlags.Instance)))
                    .Where(pair => pair.Item2 != null).Select(pair => pair.Item2!.GetValue(pair.part)).FirstOrDefault();
            if (value != null)
            {
                Assert.Equal(value, BitConverter.ToSingle(bytes, 100 + offset));
            }
        }
        Assert.Equal(56, Floats(walk.Clocks).Count()
            + Floats(walk.Legs).Count() + Floats(walk.Gait).Count() + Floats(walk.Reflexes).Count());
    }

    [Fact]
    public void A_walk_comes_back_from_the_board_and_the_rhythm_stays()
    {
        BoardConfiguration configuration = Walker();
        byte[] bytes = BoardConfigEncoder.Encode(configuration);
        BoardConfiguration back = BoardConfigDecoder.Decode(bytes);
        Assert.Equal(2, back.Oscillators.Length);
        Assert.Equal(0.33f, back.Walk!.Legs.Thigh);
        Assert.Equal(bytes, BoardConfigEncoder.Encode(back with { Channels = configuration.Channels }));
        Assert.Null(BoardConfigDecoder.Decode(BoardConfigEncoder.Encode(configuration with { Walk = null })).Walk);
        Assert.Throws<BoardException>(() => BoardConfigDecoder.Decode(bytes.AsSpan(0, bytes.Length - 8)));
    }

    [Theory]
    [InlineData("height", ConfigField.Walk, (int)WalkReason.OutOfReach, "further from its hip")]
    [InlineData("reflex", ConfigField.Walk, (int)WalkReason.ReflexOutOfRange, "gain of the reflexes")]
    [InlineData("inhibition", ConfigField.WalkNetwork, 4, "oscillator 4")]
    [InlineData("both", ConfigField.WalkNetwork, 7, "chess clock of the walk")]
    [InlineData("stalls", ConfigField.WalkNetwork, 7, "chess clock of the walk")]
    [InlineData("channel", ConfigField.WalkJoint, 11, "joint 11")]
    [InlineData("input", ConfigField.WalkLoad, 1, "force sensor 1")]
    [InlineData("speed", ConfigField.WalkSpeed, 1, "speed 1 of the walk")]
    [InlineData("ground", ConfigField.WalkGround, 0, "entry 0 of the walk's atlas")]
    [InlineData("nan", ConfigField.Walk, 0, "")]
    [InlineData("joints", ConfigField.Counts, 0, "1 to 12 joints")]
    public void What_the_board_would_refuse_is_refused_before_it_is_sent(string what, byte field, int index, string words)
    {
        BoardConfiguration wrong = Walker();
        WalkDefinition walk = wrong.Walk!;
        switch (what)
        {
            case "height": walk.Gait.Height = 0.8f; break;
            case "reflex": walk.Reflexes.Adapt = -1; break;
            case "inhibition": walk.Body[4] = 1.2f; break;
            case "both": walk.Clocks.Leak = 1; break;
            case "stalls": Clock(walk).Clocks.Leak = 9; break;
            case "channel": walk.JointChannel[11] = 0; break;
            case "input": walk.SensorInput[1] = 0; break;
            case "speed": walk.SpeedCount = 2; break;
            case "ground": walk.GroundCount = 1; break;
            case "nan": walk.Gait.Lean = float.NaN; break;
            case "joints": walk.JointCount = 0; break;
        }
        BoardException error = Assert.Throws<BoardException>(() => BoardConfigEncoder.Encode(wrong));
        Assert.Equal((Reason.ConfigInvalid, field, index), (error.Reason, error.Aspect, error.Detail));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    /// <summary>Each field damaged in the bytes: the board keeps what it has, or takes all of it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_damaged_walk_is_never_half_taken(bool clock)
    {
        BoardConfiguration whole = Walker();
        byte[] good = BoardConfigEncoder.Encode(clock ? whole with { Walk = Clock(whole.Walk!) } : whole);
        var random = new Random(3);
        int refused = 0;
        for (int trial = 0; trial < 2000; trial++)
        {
            byte[] bytes = [.. good];
            int at = good.Length - 1 - random.Next(WalkEncoding.Length(Walker().Walk));
            bytes[at] = (byte)random.Next(256);
            var config = new BoardConfig();
            bool taken = config.Load(bytes, bytes.Length, Walker().Profile);
            Assert.Equal(taken, config.Walk != null);
            if (!taken)
            {
                refused++;
                // With another number of speeds or grounds the length is wrong, or there are too many.
                bool count = at - good.Length + WalkEncoding.Length(Walker().Walk) is ConfigLayout.WalkSpeedCountAt
                    or ConfigLayout.WalkGroundCountAt;
                Assert.InRange(config.FaultField, count ? ConfigField.Length : ConfigField.Walk,
                    count ? ConfigField.Counts : ConfigField.WalkLoad);
            }
        }
        Assert.InRange(refused, 200, 1900);
    }

    /// <summary>The walk with a chess clock in the place of its oscillators.</summary>
    internal static WalkDefinition Clock(WalkDefinition walk)
    {
        walk.Ring = 0;
        Array.Clear(walk.Foot);
        Array.Clear(walk.Body);
        WalkClocks clocks = walk.Clocks;
        (clocks.FlexorBias, clocks.ExtensorBias, clocks.FlexorGain, clocks.ExtensorGain, clocks.Leak) = (2.2f, 0.65f, 1.45f, 2.1f, 1f);
        (clocks.FlexorFromFlexor, clocks.FlexorFromExtensor) = (1.2f, -0.5f);
        (clocks.ExtensorFromFlexor, clocks.ExtensorFromExtensor, clocks.Start) = (0.6f, 1.2f, 1.25f);
        return walk;
    }

    private static IEnumerable<FieldInfo> Floats(object part) =>
        part.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance).Where(field => field.FieldType == typeof(float));

    /// <summary>Twelve servos with a rhythm, and a walk on the same channels.</summary>
    internal static BoardConfiguration Walker()
    {
        var walk = new WalkDefinition
        {
            Ring = 0.7f,
            Legs = new LegGeometry { Thigh = 0.33f, Shank = 0.33f, Ankle = 0.05f, HipHalfWidth = 0.1f },
            Gait = new WalkParameters
            {
                Cycle = 0.74f,
                Lift = 0.03f,
                FootY = 0.1f,
                Height = 0.62f,
                Sway = 0.05f,
                MaxSpeed = 0.35f,
                MaxTurn = 0.3f
            },
            JointCount = 12,
            SensorCount = 2,
        };
        ((float[])[0.139f, 0.246f, 0.375f, 3.414f, 1.79f]).CopyTo(walk.Foot, 0);
        walk.Foot.CopyTo(walk.Body, 0);
        for (int i = 0; i < 12; i++)
        {
            (walk.JointChannel[i], walk.JointAngle[i], walk.JointCentre[i], walk.JointGain[i]) = (i, i, 0.5f, 0.3f);
        }

        (walk.SensorInput[1], walk.SensorFoot[1], walk.SensorLoad[0], walk.SensorLoad[1]) = (1, 1, 2, 2);
        return Bench.Servos(12) with
        {
            Oscillators = [new(0.139, 0.246, 0.375, 3.414, 1.79, 2), new(0.2, 0.4, 1, 2.5, 2.5)],
            RhythmMap = [new(0, 1, Shared.Rhythms.RhythmOutput.Extensor, 0.5, -0.25)],
            Walk = walk,
        };
    }
}
