namespace Ganglion.Bridge.Log;

/// <summary>Record types and fixed sizes of MCAP, the log container that Foxglove reads (MCAP format specification, mcap.dev/spec).
/// A file is magic, records, magic; a record is type (u8), length (u64), content; all integers little-endian.</summary>
internal static class McapFormat
{
    public const byte Header = 0x01, Footer = 0x02, Schema = 0x03, Channel = 0x04, Message = 0x05, Chunk = 0x06,
        MessageIndex = 0x07, ChunkIndex = 0x08, Statistics = 0x0B, Metadata = 0x0C, MetadataIndex = 0x0D,
        SummaryOffset = 0x0E, DataEnd = 0x0F;

    /// <summary>Type and length before each record's content.</summary>
    public const int RecordHeaderBytes = 1 + 8;

    /// <summary>Channel u16, sequence u32, log time u64, publish time u64, before a message's data.</summary>
    public const int MessageFieldsBytes = 2 + 4 + 8 + 8;

    /// <summary>Start u64, end u64, size u64, CRC u32, before the compression's name in a chunk.</summary>
    public const int ChunkFieldsBytes = 8 + 8 + 8 + 4;

    /// <summary>Footer content covered by its CRC: start of summary u64, start of summary offsets u64.</summary>
    public const int FooterCheckedBytes = 8 + 8;

    public const int FooterBytes = FooterCheckedBytes + 4;

    public static ReadOnlySpan<byte> Magic => [0x89, (byte)'M', (byte)'C', (byte)'A', (byte)'P', (byte)'0', (byte)'\r', (byte)'\n'];
}
