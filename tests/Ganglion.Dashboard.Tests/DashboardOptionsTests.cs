using System.Net;

namespace Ganglion.Dashboard.Tests;

/// <summary>Where the page is served.</summary>
public sealed class DashboardOptionsTests
{
    [Theory]
    [InlineData("9000", "127.0.0.1", 9000, false)]
    [InlineData("localhost:9000", "127.0.0.1", 9000, false)]
    [InlineData("0.0.0.0", "0.0.0.0", 8047, true)]
    [InlineData("192.0.2.5:9000", "192.0.2.5", 9000, false)]
    [InlineData("[::1]:9000", "::1", 9000, false)]
    public void A_place_is_read(string text, string address, int port, bool other) =>
        Assert.Equal(new DashboardOptions(IPAddress.Parse(address), port, other), DashboardOptions.Parse(text));

    [Theory]
    [InlineData("robot.local")]
    [InlineData("70000")]
    [InlineData("")]
    [InlineData("192.0.2.5:x")]
    public void What_is_no_place_is_refused(string text) => Assert.Throws<FormatException>(() => DashboardOptions.Parse(text));

    [Fact]
    public void A_taken_port_is_told_or_another_is_taken()
    {
        using var served = new Served();
        var same = new DashboardOptions(IPAddress.Loopback, served.Port, OtherPort: false);
        DashboardException refused = Assert.Throws<DashboardException>(() => new DashboardServer(same, new FakeRobot()));
        Assert.Contains($"127.0.0.1:{served.Port}", refused.Message);
        using var other = new DashboardServer(same with { OtherPort = true }, new FakeRobot());
        Assert.NotEqual(served.Port, new Uri(other.Address).Port);
    }
}
