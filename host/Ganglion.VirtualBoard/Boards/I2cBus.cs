using System.Device.I2c;
using Ganglion.VirtualBoard.Faults;

namespace Ganglion.VirtualBoard.Boards;

/// <summary>One I2C bus of a board: the chips on it, its clock, and the time that transactions take.</summary>
public sealed class I2cBus
{
    /// <summary>ESP-IDF gives up on a transaction after this long.</summary>
    private const long DriverTimeoutNs = 1_000_000_000;

    /// <summary>Bits of a transaction until another master's or noise's level differs from the one put out: within the address.</summary>
    private const int BitsUntilLost = 4;

    private readonly List<I2cChip> _chips = [];
    private readonly List<(I2cChip Chip, FaultWindow Window)> _nacks = [];
    private long _bitNs = 10_000;

    internal I2cBus(int id)
    {
        Id = id;
    }

    /// <summary>1 or 2.</summary>
    public int Id { get; }

    public IReadOnlyList<I2cChip> Chips => _chips;

    /// <summary>Time during which SCL is held low by somebody: a transaction that meets it blocks for the driver's second.</summary>
    public FaultWindow StuckWindow { get; set; }

    /// <summary>Time during which noise costs every transaction the arbitration. ESP-IDF tells that as a timeout too, at once.</summary>
    public FaultWindow GlitchWindow { get; set; }

    /// <summary>Transactions so far, and the time in which the bus was busy, ns.</summary>
    public long Transactions { get; private set; }

    public long BusyNs { get; private set; }

    public void Attach(I2cChip chip)
    {
        if (_chips.Any(other => other.Address == chip.Address))
        {
            throw new ArgumentException($"Bus {Id} already has a chip at address 0x{chip.Address:X2}: give {chip.Name} another one.",
                nameof(chip));
        }

        _chips.Add(chip);
    }

    /// <summary>Makes a chip deaf for a while.</summary>
    public void AddNack(I2cChip chip, FaultWindow window) => _nacks.Add((chip, window));

    internal void SetSpeed(I2cBusSpeed speed) => _bitNs = speed switch
    {
        I2cBusSpeed.StandardMode => 10_000,
        I2cBusSpeed.FastMode => 2_500,
        _ => 1_000,
    };

    /// <summary>What a transaction that starts at <paramref name="ns"/> will come to, and how long it will take.</summary>
    /// <returns>Time on the bus, ns.</returns>
    internal long Plan(int address, int writeCount, int readCount, long ns, out I2cTransferStatus status)
    {
        if (StuckWindow.Contains(ns))
        {
            status = I2cTransferStatus.ClockStretchTimeout;
            return DriverTimeoutNs;
        }

        if (GlitchWindow.Contains(ns))
        {
            status = I2cTransferStatus.ClockStretchTimeout;
            return BitsUntilLost * _bitNs;
        }

        // START, nine bits a byte with its acknowledge, STOP; each part has an address byte, a read after a write a repeated START.
        long bits = 2;
        status = I2cTransferStatus.FullTransfer;
        if (writeCount > 0)
        {
            bits += 9;
            if (!AnyoneAnswers(address, read: false, ns))
            {
                status = I2cTransferStatus.SlaveAddressNotAcknowledged;
            }
            else
            {
                bits += 9L * writeCount;
            }
        }

        if (readCount > 0 && status == I2cTransferStatus.FullTransfer)
        {
            bits += writeCount > 0 ? 10 : 9;
            if (!AnyoneAnswers(address, read: true, ns))
            {
                status = I2cTransferStatus.SlaveAddressNotAcknowledged;
            }
            else
            {
                bits += 9L * readCount;
            }
        }

        long busy = bits * _bitNs;
        if (status == I2cTransferStatus.FullTransfer && StuckWindow.FromNs > ns && StuckWindow.FromNs < ns + busy)
        {
            // Held low in the middle of it.
            status = I2cTransferStatus.ClockStretchTimeout;
            return DriverTimeoutNs;
        }

        return busy;
    }

    /// <summary>Carries the transaction out at its end.</summary>
    internal I2cTransferStatus Execute(int address, ReadOnlySpan<byte> write, Span<byte> read, long ns, long busyNs)
    {
        Transactions++;
        BusyNs += busyNs;
        bool acknowledged = true, heard = write.Length == 0;
        read.Fill(0xFF);
        Span<byte> one = read.Length <= 256 ? stackalloc byte[read.Length] : new byte[read.Length];
        foreach (I2cChip chip in _chips)
        {
            if (Hears(chip, address, read: false, ns) && write.Length > 0)
            {
                heard = true;
                acknowledged &= chip.Write(address, write, ns) == write.Length;
            }

            if (read.Length > 0 && Hears(chip, address, read: true, ns))
            {
                chip.Read(one, ns);
                for (int i = 0; i < read.Length; i++)
                {
                    read[i] &= one[i]; // open drain: a zero wins
                }
            }
        }

        foreach (I2cChip chip in _chips)
        {
            if (Hears(chip, address, read: write.Length == 0, ns))
            {
                chip.Stop(ns);
            }
        }

        // A chip that fell silent within the transfer acknowledged its address and then no byte.
        return !acknowledged ? I2cTransferStatus.SlaveAddressNotAcknowledged : heard ? I2cTransferStatus.FullTransfer
            : I2cTransferStatus.PartialTransfer;
    }

    private bool AnyoneAnswers(int address, bool read, long ns)
    {
        foreach (I2cChip chip in _chips)
        {
            if (Hears(chip, address, read, ns))
            {
                return true;
            }
        }

        return false;
    }

    private bool Hears(I2cChip chip, int address, bool read, long ns)
    {
        if (!chip.Answers(address, read))
        {
            return false;
        }

        foreach ((I2cChip deaf, FaultWindow window) in _nacks)
        {
            if (deaf == chip && window.Contains(ns))
            {
                return false;
            }
        }

        return true;
    }
}
