using System.Globalization;
using System.Reflection;
using Ganglion.Shared.Link;

namespace Ganglion.Bridge.Words;

/// <summary>Names of messages, as PROTOCOL.md has them.</summary>
public static class MessageWords
{
    private static readonly Dictionary<byte, string> Names = typeof(MessageType).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.FieldType == typeof(byte)).ToDictionary(field => (byte)field.GetValue(null)!, field => field.Name);

    /// <summary>Such as GetStatistics; the number where there is no such message.</summary>
    public static string Of(byte type) => Names.TryGetValue(type, out string? name) ? name
        : string.Create(CultureInfo.InvariantCulture, $"message 0x{type:X2}");
}
