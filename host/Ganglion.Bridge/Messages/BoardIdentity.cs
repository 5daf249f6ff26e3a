using Ganglion.Shared.Link;

namespace Ganglion.Bridge.Messages;

/// <summary>What a board says about itself when a session is opened.</summary>
public sealed partial record BoardIdentity
{
    /// <summary>Version of the firmware, major.minor.</summary>
    public Version Firmware => new(FirmwareCode >> 8, FirmwareCode & 0xFF);

    /// <summary>Whether the first bytes, which are the same in all versions, say that the board speaks as we do.</summary>
    internal static bool IsOurProtocol(ReadOnlySpan<byte> payload) =>
        payload.Length >= MessageLayout.IdentityFirmwareAt
        && Payload.U16(payload, MessageLayout.IdentityProtocolAt) == Definition.ProtocolVersion
        && Payload.U32(payload, MessageLayout.IdentityDefinitionAt) == Definition.Hash;
}
