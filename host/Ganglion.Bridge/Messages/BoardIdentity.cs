using Ganglion.Shared.Config;
using Ganglion.Shared.Link;

namespace Ganglion.Bridge.Messages;

/// <summary>What a board says about itself when a session is opened.</summary>
public sealed partial record BoardIdentity
{
    /// <summary>Version of the firmware, major.minor.</summary>
    public Version Firmware => new(FirmwareCode >> 8, FirmwareCode & 0xFF);

    /// <summary>Which board of which robot it is, "robot/board"; empty if nobody told it.</summary>
    public string Name => string.Concat(NameBytes.Select(code => code is > ' ' and <= '~' ? (char)code : '?'));

    /// <summary>Its name is that of its firmware, which it keeps; else that of its configuration.</summary>
    public bool IsFlashed => Flashed != 0;

    /// <summary>Whether a payload of our protocol is as long as an Identity may be.</summary>
    internal static bool HasItsLength(ReadOnlySpan<byte> payload) =>
        payload.Length is >= MessageLayout.IdentityNameAt and <= MessageLayout.IdentityNameAt + ConfigStore.MaxName;

    /// <summary>Whether the first bytes, which are the same in all versions, say that the board speaks as we do.</summary>
    internal static bool IsOurProtocol(ReadOnlySpan<byte> payload) =>
        payload.Length >= MessageLayout.IdentityFirmwareAt
        && Payload.U16(payload, MessageLayout.IdentityProtocolAt) == Definition.ProtocolVersion
        && Payload.U32(payload, MessageLayout.IdentityDefinitionAt) == Definition.Hash;
}
