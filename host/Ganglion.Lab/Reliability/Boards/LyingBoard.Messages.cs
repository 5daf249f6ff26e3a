using System.Buffers.Binary;
using Ganglion.Shared.Link;
using Ganglion.Shared.Safety;

namespace Ganglion.Lab.Reliability.Boards;

// What it says of itself, field by field as PROTOCOL.md has them.
internal sealed partial class LyingBoard
{
    private uint Time => (uint)(clock.NowNanoseconds / 1000);

    private byte[] Identity()
    {
        byte[] p = [.. new byte[27], .. _name];
        BinaryPrimitives.WriteUInt16LittleEndian(p, Definition.ProtocolVersion);
        BinaryPrimitives.WriteUInt32LittleEndian(p.AsSpan(2), Definition.Hash);
        (p[6], p[7], p[8], p[9], p[10], p[11]) = (2, 1, 1, 20, State, _reason);
        (p[14], p[15]) = (_config.Length > 14 ? _config[14] : (byte)0, _config.Length > 13 ? _config[13] : (byte)0);
        BinaryPrimitives.WriteUInt16LittleEndian(p.AsSpan(16), (ushort)_config.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(p.AsSpan(18), _hash);
        BinaryPrimitives.WriteUInt32LittleEndian(p.AsSpan(22), Time);
        return p;
    }

    private byte[] Statistics()
    {
        int chips = _config.Length > 13 ? _config[13] : 0;
        byte[] p = new byte[48 + chips];
        BinaryPrimitives.WriteUInt16LittleEndian(p.AsSpan(14), (ushort)chips);
        return p;
    }

    private byte[] Telemetry()
    {
        byte[] p = new byte[56];
        (p[0], p[1], p[8]) = (State, _reason, _mode);
        BinaryPrimitives.WriteUInt32LittleEndian(p.AsSpan(4), Time);
        return p;
    }

    private byte[] Walk()
    {
        byte[] p = new byte[44];
        BinaryPrimitives.WriteUInt32LittleEndian(p, Time);
        p[4] = 2;
        BinaryPrimitives.WriteInt16LittleEndian(p.AsSpan(14), 4096);
        return p;
    }

    private void RefuseByState(byte[] frame)
    {
        bool latched = State == BoardState.Safe;
        Refuse(frame, latched ? Reason.LatchedSafe : Reason.WrongState, latched ? _reason : State);
    }
}
