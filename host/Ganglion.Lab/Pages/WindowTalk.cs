using System.Text;
using Ganglion.Basics;
using Ganglion.Lab.Reliability.Readers;

namespace Ganglion.Lab.Pages;

/// <summary>What a window may say that no page says, or that it may not: by a seed, case by case.</summary>
internal static class WindowTalk
{
    /// <summary>What a page sends. What anybody may do is left out, as is taking over: neither would be refused.</summary>
    private static readonly byte[][] Good =
    [
        .. new[]
        {
            """{"t":"input","held":true,"sent":12.5,"pose":[0.1,-0.05,0.4,1,0,0,0]}""",
            """{"t":"input","held":true,"way":[1,0,-0.5],"turn":[0,0,0.25]}""",
            """{"t":"input","held":false}""",
            """{"t":"input","held":true,"gear":3,"value":0.5}""",
            """{"t":"input","held":true,"frequency":1.5,"amplitude":1}""",
            """{"t":"take","over":false}""",
            """{"t":"home"}""",
            """{"t":"play","factor":0.5}""",
            """{"t":"replay","name":"a.mcap","factor":2}""",
            """{"t":"set","name":"drive","value":0.5}""",
            """{"t":"anew"}""",
            """{"t":"save"}""",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    private static readonly string[] NoNumbers = ["NaN", "Infinity", "1e999", "-1e999", "\"0.1\"", "null", "true", "[]", "{}", "0x1", "01",
        ".5", "1e", "--1", "\u0660"];

    private static readonly string[] HugeNumbers = ["1e300", "-1e308", "99999999", "-40", "1e17", "-2147483649"];

    /// <summary>Longest message that is read.</summary>
    private const int Longest = 4096;

    /// <summary>A damaged message of a page.</summary>
    public static byte[] Damaged(ref SeededRandom random)
    {
        while (true)
        {
            byte[] message = Mutator.Damage(ref random, Good);
            string text = Encoding.Latin1.GetString(message);
            bool takesOver = text.Contains("over", StringComparison.Ordinal) && text.Contains("true", StringComparison.Ordinal);
            if (!takesOver && !text.Contains("stop", StringComparison.Ordinal) && !text.Contains("leave", StringComparison.Ordinal))
            {
                return message;
            }
        }
    }

    /// <summary>A message with a value that none may have: no number, no such number, another type, another length, another
    /// key.</summary>
    public static byte[] Wrong(ref SeededRandom random)
    {
        string no = NoNumbers[random.NextBelow(NoNumbers.Length)], huge = HugeNumbers[random.NextBelow(HugeNumbers.Length)];
        string any = random.NextBelow(2) == 0 ? no : huge;
        string fine = FormattableString.Invariant($"{random.NextUniform(-0.1, 0.1):0.###}");
        int place = random.NextBelow(3);
        string three = string.Join(',', Enumerable.Range(0, 3).Select(i => i == place ? any : fine));
        return Encoding.UTF8.GetBytes(random.NextBelow(14) switch
        {
            0 => $$"""{"t":"input","held":true,"pose":[{{three}},1,0,0,0]}""",
            1 => $$"""{"t":"input","held":true,"pose":[0.1,0,0.4,{{any}},0,0,0]}""",
            2 => $$"""{"t":"input","held":true,"pose":[{{fine}},0,0.4,1,1,0,0]}""",
            3 => $$"""{"t":"input","held":true,"pose":[{{string.Join(',', Enumerable.Repeat(fine, random.NextBelow(7)))}}]}""",
            4 => $$"""{"t":"input","held":true,"way":[{{three}}]}""",
            5 => $$"""{"t":"input","held":true,"way":[1,0,0],"turn":[{{three}}]}""",
            6 => $$"""{"t":"input","held":true,"gear":{{any}},"value":0.5}""",
            7 => $$"""{"t":"input","held":true,"gear":{{random.NextBelow(4)}},"value":{{any}}}""",
            8 => $$"""{"t":"input","held":{{huge}},"way":[1,0,0]}""",
            9 => $$"""{"t":"play","factor":{{any}}}""",
            10 => $$"""{"t":"set","name":"drive","value":{{any}}}""",
            11 => $$"""{"t":"{{(place == 0 ? "anew" : "save")}}","value":{{fine}}}""",
            12 => $$"""{"t":"replay","name":"{{new string('.', random.NextBelow(3))}}/etc/passwd","factor":1}""",
            _ => $$"""{"t":"input","held":true,"way":[1,0,0],"{{fine}}":0}""",
        });
    }

    /// <summary>A message that is too long, or nested beyond all reason.</summary>
    public static byte[] Oversized(ref SeededRandom random)
    {
        int length = Longest + 1 + random.NextBelow(random.NextBelow(4) == 0 ? 1_000_000 : 4096);
        switch (random.NextBelow(3))
        {
            case 0:
                return Encoding.UTF8.GetBytes("{\"t\":\"home\"}".PadRight(length));
            case 1:
                return Encoding.UTF8.GetBytes(new string(random.NextBelow(2) == 0 ? '[' : '{', Math.Min(length, Longest)));
            default:
                string deep = string.Concat(Enumerable.Repeat("{\"t\":", 3 + random.NextBelow(500)));
                return Encoding.UTF8.GetBytes(deep[..Math.Min(deep.Length, Longest)]);
        }
    }

    /// <summary>Bytes in the place of a WebSocket's frame, most of which no WebSocket may send.</summary>
    public static byte[] Broken(ref SeededRandom random)
    {
        byte[] bytes = new byte[16 + random.NextBelow(200)];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)random.NextBelow(256);
        }

        // Masked, and no longer than one byte tells.
        bytes[1] = (byte)(0x80 | random.NextBelow(126));
        switch (random.NextBelow(6))
        {
            case 0: // reserved bits
                bytes[0] = (byte)(RawWindow.Last | 0x10 << random.NextBelow(3) | RawWindow.Text);
                break;
            case 1: // opcodes that are none
                bytes[0] = (byte)(RawWindow.Last | (random.NextBelow(2) == 0 ? 3 + random.NextBelow(5) : 11 + random.NextBelow(5)));
                break;
            case 2: // not masked
                (bytes[0], bytes[1]) = (RawWindow.Last | RawWindow.Text, (byte)random.NextBelow(126));
                break;
            case 3: // the end of a message that did not begin
                bytes[0] = RawWindow.Last | RawWindow.Continued;
                break;
            case 4: // a ping in pieces, or one of more than the 125 bytes that it may have
                (bytes[0], bytes[1]) = ((byte)(random.NextBelow(2) == 0 ? 0x09 : 0x89), 0xFE);
                bytes[2] |= 1;
                break;
            default: // a length beyond what there is
                bytes[0] = RawWindow.Last | RawWindow.Text;
                bytes.AsSpan(1, 9).Fill(0xFF);
                break;
        }

        return bytes;
    }
}
