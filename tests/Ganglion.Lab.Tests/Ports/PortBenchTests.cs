using Ganglion.Lab.Ports;

namespace Ganglion.Lab.Tests.Ports;

/// <summary>`bench ports` with a tenth of its repetitions: what does not depend on how fast the machine is.</summary>
[Trait("Ports", "Real")]
public sealed class PortBenchTests
{
    [Fact]
    public void Both_ports_are_measured_and_ours_keeps_to_its_bars()
    {
        PortFigures[] ports = PortBench.Measure(0.1);
        Assert.Equal(["termios", "System.IO.Ports"], ports.Select(port => port.Port));
        Assert.All(ports, port =>
        {
            Assert.InRange(port.RoundTripP50, 1e-6, port.RoundTripP99);
            Assert.InRange(port.ProcessorShare, 1e-6, 2);
            Assert.Equal(300 * 92, port.BytesSent);
            Assert.InRange(port.BytesLost, 0, port.BytesSent);
            Assert.NotNull(port.LossToldAfter);
        });
        Assert.True(ports[1].BytesAllocated > 100); // ours: AllocationTests; here the test runner allocates too
        Assert.Equal((false, true), (ports[0].KeepsOthersOut, ports[1].KeepsOthersOut));
        Assert.False(ports[0].HangsUpOnClose);
        Assert.All(ports[0].Speeds, speed => Assert.True(speed.InForce, $"{speed.Baud}"));
    }
}
