using System.Buffers.Binary;

namespace Ganglion.Bridge.Messages;

/// <summary>What a board says about itself when a session is opened.</summary>
/// <param name="Protocol">Version of the protocol.</param>
/// <param name="DefinitionHash">CRC-32 of its message definition.</param>
/// <param name="Firmware">major.minor.</param>
/// <param name="Profile">Pin profile, 1..255.</param>
/// <param name="TickMs">Period of its loop.</param>
/// <param name="State">See Safety.BoardState.</param>
/// <param name="Reason">Why it holds or is safe, or last was.</param>
/// <param name="Detail">As the reason says.</param>
/// <param name="Channels">Number of configured channels; 0 without a configuration.</param>
/// <param name="Chips">Number of configured chips.</param>
/// <param name="ConfigLength">Bytes of its configuration.</param>
/// <param name="ConfigHash">CRC-32 of its configuration; 0 if it has none.</param>
/// <param name="BoardTime">Board clock, us, low 32 bits.</param>
public sealed record BoardIdentity(
    int Protocol, uint DefinitionHash, Version Firmware, int Profile, int TickMs, byte State, byte Reason, int Detail,
    int Channels, int Chips, int ConfigLength, uint ConfigHash, uint BoardTime)
{
    /// <summary>Whether the first bytes, which are the same in all versions, say that the board speaks as we do.</summary>
    internal static bool IsOurProtocol(ReadOnlySpan<byte> payload) =>
        payload.Length >= 6
        && BinaryPrimitives.ReadUInt16LittleEndian(payload) == Shared.Link.Definition.ProtocolVersion
        && BinaryPrimitives.ReadUInt32LittleEndian(payload[2..]) == Shared.Link.Definition.Hash;

    /// <summary>Reads the payload of an Identity message of our own definition.</summary>
    internal static BoardIdentity Read(ReadOnlySpan<byte> payload) => new(
        BinaryPrimitives.ReadUInt16LittleEndian(payload),
        BinaryPrimitives.ReadUInt32LittleEndian(payload[2..]),
        new Version(payload[7], payload[6]),
        payload[8],
        payload[9],
        payload[10],
        payload[11],
        BinaryPrimitives.ReadUInt16LittleEndian(payload[12..]),
        payload[14],
        payload[15],
        BinaryPrimitives.ReadUInt16LittleEndian(payload[16..]),
        BinaryPrimitives.ReadUInt32LittleEndian(payload[18..]),
        BinaryPrimitives.ReadUInt32LittleEndian(payload[22..]));
}
