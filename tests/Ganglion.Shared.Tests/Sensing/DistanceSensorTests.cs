using Ganglion.Shared.Link;
using Ganglion.Shared.Sensing;

namespace Ganglion.Shared.Tests.Sensing;

/// <summary>What a distance sensor's readings mean, by hand: stop 150 mm, ticks of 20 ms, a reading each second tick.</summary>
public class DistanceSensorTests
{
    private readonly DistanceSensor _sensor = new(3, true, 150, 20);
    private readonly DistanceReading _reading = new();
    private int _light;

    [Theory]
    [InlineData(11, 400, 400)]
    [InlineData(11, 0, 1)]
    [InlineData(4, 8190, DistanceSensor.OutOfRange)]
    [InlineData(9, 300, DistanceSensor.OutOfRange)]
    [InlineData(8, 300, 1)] // too near to be measured
    [InlineData(10, 300, 1)]
    public void A_status_says_what_the_distance_is_worth(int status, int millimetres, int distance)
    {
        Take(status, millimetres, moves: false);
        Assert.Equal(distance, _sensor.Distance);
    }

    [Fact]
    public void Nearer_than_the_stop_is_too_near_while_the_board_moves()
    {
        Assert.Equal(Reason.None, Take(11, 151));
        Assert.Equal(Reason.None, Take(11, 150));
        Assert.Equal(Reason.TooNear, Take(11, 149));
        Assert.Equal(Reason.TooNear, Tick()); // until the next reading too
        Assert.Equal(Reason.None, Take(11, 149, moves: false));
    }

    [Fact]
    public void The_bound_follows_what_is_measured_before_the_board_moves()
    {
        Take(11, 200, moves: false);
        Take(11, 100, moves: false);
        Assert.Equal(Reason.None, Take(11, 75));
        Assert.Equal(Reason.TooNear, Take(11, 74));
    }

    [Fact]
    public void The_bound_rises_with_what_goes_away_and_does_not_fall_while_the_board_moves_or_holds()
    {
        Assert.Equal(Reason.None, Take(11, 100));
        Assert.Equal(Reason.None, Take(11, 75));
        Assert.Equal(Reason.TooNear, Take(11, 74));
        Assert.Equal(Reason.None, Take(11, 160));
        Assert.Equal(Reason.None, Take(11, 120));
        Put(11, 119);
        Assert.Equal(Reason.None, _sensor.Update(_reading, false, true));
        Assert.Equal(Reason.TooNear, Take(11, 119));
        Assert.Equal(Reason.None, Take(4, 8190));
        Assert.Equal(Reason.TooNear, Take(11, 149));
        _sensor.Restart();
        Assert.Equal(Reason.None, Take(11, 100));
    }

    [Fact]
    public void Without_a_stop_nothing_is_too_near()
    {
        var free = new DistanceSensor(3, true, 0, 20);
        Put(11, 5);
        Assert.Equal(Reason.None, free.Update(_reading, true, true));
        Assert.Equal(5, free.Distance);
    }

    /// <summary>A quarter of a second: 12 ticks pass, the 13th is too late. A laser that fails its own checks is no measurement.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Silence_and_a_failing_laser_are_a_lost_sensor(int status)
    {
        Take(11, 300);
        for (int i = 0; i < 12; i++)
        {
            Assert.Equal(Reason.None, status == 0 ? Tick() : Take(status, 300));
            Assert.Equal(300, _sensor.Distance);
        }

        Assert.Equal(Reason.SensorLost, status == 0 ? Tick() : Take(status, 300));
        Assert.Equal(DistanceSensor.NoReading, _sensor.Distance);
    }

    [Fact]
    public void The_same_result_over_and_over_is_a_frozen_sensor()
    {
        for (int i = 0; i < 25; i++)
        {
            Assert.Equal(Reason.None, Repeat());
        }

        Assert.Equal(Reason.SensorFrozen, Repeat());
        Assert.Equal(DistanceSensor.NoReading, _sensor.Distance);
    }

    private byte Take(int status, int millimetres, bool moves = true)
    {
        Put(status, millimetres);
        return Tick(moves);
    }

    private byte Repeat()
    {
        _light = 7;
        return Take(11, 300);
    }

    private byte Tick(bool moves = true) => _sensor.Update(_reading, moves, moves);

    private void Put(int status, int millimetres)
    {
        _reading.Raw[DistanceReading.Status] = status;
        _reading.Raw[DistanceReading.Millimetres] = millimetres;
        _reading.Raw[DistanceReading.Ambient] = ++_light;
        _reading.Fresh = true;
    }
}
