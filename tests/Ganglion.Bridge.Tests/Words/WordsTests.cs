using System.Reflection;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Tests.Session;
using Ganglion.Bridge.Words;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Bridge.Tests.Words;

public class WordsTests
{
    private static IEnumerable<byte> Constants(Type type) => type
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.IsLiteral)
        .Select(field => (byte)field.GetRawConstantValue()!);

    [Fact]
    public void Every_reason_has_a_cause_and_a_remedy_of_its_own()
    {
        var causes = new HashSet<string>();
        foreach (byte reason in Constants(typeof(Reason)))
        {
            ReasonText text = ReasonWords.Of(reason, ConfigField.Tick, 1, null);
            Assert.DoesNotContain("does not know", text.Cause[..Math.Min(20, text.Cause.Length)]);
            Assert.DoesNotContain("reason code", text.Cause);
            Assert.True(causes.Add(text.Cause), text.Cause);
            Assert.True(char.IsLower(text.Cause[0]) && !text.Cause.EndsWith('.'), text.Cause);
            Assert.True(char.IsUpper(text.Remedy[0]) && text.Remedy.EndsWith('.'), text.Remedy);
        }
        Assert.True(causes.Count >= 28);
    }

    [Fact]
    public void Every_field_of_a_configuration_has_words_of_its_own()
    {
        var causes = new HashSet<string>();
        foreach (byte field in Constants(typeof(ConfigField)))
        {
            ReasonText text = ReasonWords.Of(Reason.ConfigInvalid, field, 3, null);
            Assert.DoesNotContain("does not know that part", text.Cause);
            Assert.True(causes.Add(text.Cause), text.Cause);
            Assert.True(char.IsLower(text.Cause[0]) && !text.Cause.EndsWith('.'), text.Cause);
            Assert.True(char.IsUpper(text.Remedy[0]) && text.Remedy.EndsWith('.'), text.Remedy);
        }
    }

    [Fact]
    public void Codes_from_the_future_are_named_by_number()
    {
        Assert.Contains("reason code 200 (detail 7)", ReasonWords.Of(200, 0, 7, null).Cause);
        Assert.Contains("reason code 31", ReasonWords.Of(31, 0, 0, null).Cause);
        Assert.Contains("part 99", ReasonWords.Of(Reason.ConfigInvalid, 99, 0, null).Cause);
    }

    [Fact]
    public void Every_state_has_a_name()
    {
        string[] names = [.. Constants(typeof(BoardState)).Select(state => StateWords.Name(state))];
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.DoesNotContain(names, name => name.Contains("state"));
    }

    [Fact]
    public void Names_and_timeouts_come_from_the_configuration()
    {
        BoardConfiguration configuration = Bench.Servos(40);
        Assert.Equal(
            "Board base went safe: the host was lost: no frame for 400 ms. See that the host program runs and that the cable is in " +
                "place. Disarm and arm again.",
            StateWords.Describe("base", BoardState.Safe, DriveMode.None, Reason.HostLost, 0, configuration));
        Assert.Contains("chip 1 'pwm1' (address 0x41, bus 1)", ReasonWords.Of(Reason.ChipLost, 0, 1, configuration).Cause);
        Assert.Contains("channel 39 'servo 39'", ReasonWords.Of(Reason.ConfigInvalid, ConfigField.ChannelPulse, 39, configuration).Cause);
        Assert.Contains("hangs", ReasonWords.Of(Reason.LatchedSafe, 0, Reason.BusStuck, configuration).Cause);
        Assert.Contains("chip 1 'pwm1'", ReasonWords.Of(Reason.LatchedSafe, 0, Reason.ChipLost, configuration, latched: 1).Cause);
    }

    /// <summary>A Nack has no room for which chip or channel a board is latched for: none is named rather than the first one.</summary>
    [Fact]
    public void A_latched_reason_whose_detail_is_not_known_names_nothing()
    {
        BoardConfiguration configuration = Bench.Servos(40);
        for (int reason = Reason.HostLost; reason < Reason.WrongProtocol; reason++)
        {
            string words = ReasonWords.Of(Reason.LatchedSafe, 0, reason, configuration).Cause;
            Assert.DoesNotContain("pwm", words, StringComparison.Ordinal);
            Assert.DoesNotContain("servo ", words, StringComparison.Ordinal);
            Assert.DoesNotContain("-1", words, StringComparison.Ordinal);
        }
    }
}
