namespace Ganglion.VirtualBoard.Boards;

/// <summary>A chip on an I2C bus, at the level of its registers. Called with the time of each event in ns of world time.</summary>
public abstract class I2cChip
{
    /// <param name="name">Name in fault commands; unique on its board.</param>
    /// <param name="address">7-bit address.</param>
    protected I2cChip(string name, int address)
    {
        Name = name;
        Address = address;
    }

    public string Name { get; }

    public int Address { get; }

    /// <summary>Whether the chip acknowledges this 7-bit address.</summary>
    public virtual bool Answers(int address, bool read) => address == Address;

    /// <summary>Takes the bytes of a write.</summary>
    /// <returns>How many it acknowledged.</returns>
    public abstract int Write(int address, ReadOnlySpan<byte> data, long ns);

    /// <summary>Gives the bytes of a read.</summary>
    public abstract void Read(Span<byte> data, long ns);

    /// <summary>The STOP that ends a transaction in which this chip answered.</summary>
    public virtual void Stop(long ns)
    {
    }

    /// <summary>Supply voltage applied: registers take their defaults. A reset of the board does not do this.</summary>
    public abstract void PowerOn(long ns);
}
