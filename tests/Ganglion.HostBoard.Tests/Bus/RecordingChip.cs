using Ganglion.VirtualBoard.Boards;

namespace Ganglion.HostBoard.Tests.Bus;

/// <summary>A virtual chip, and everything that a board says to it.</summary>
/// <param name="chip">Behind it.</param>
/// <param name="log">One line a transfer, shared by the chips of a bus: address, and what is written; of a read its length.</param>
internal sealed class RecordingChip(I2cChip chip, List<string> log) : I2cChip(chip.Name, chip.Address)
{
    public override bool Answers(int address, bool read) => chip.Answers(address, read);

    public override int Write(int address, ReadOnlySpan<byte> data, long ns)
    {
        log.Add($"{address:X2} < {Convert.ToHexString(data)}");
        return chip.Write(address, data, ns);
    }

    public override void Read(Span<byte> data, long ns)
    {
        log.Add($"{Address:X2} > {data.Length}");
        chip.Read(data, ns);
    }

    public override void Stop(long ns) => chip.Stop(ns);

    public override void PowerOn(long ns) => chip.PowerOn(ns);
}
