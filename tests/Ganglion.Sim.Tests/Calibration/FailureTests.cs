using Ganglion.Bridge.Session;
using Ganglion.Bridge.Timing;
using Ganglion.Live.Calibration;
using Ganglion.Live.Tests;
using Ganglion.Robots.Robot;
using Ganglion.Sim.Calibration;

namespace Ganglion.Sim.Tests.Calibration;

/// <summary>What goes wrong is told, leaves nothing on, and leaves the robot's file as it was.</summary>
public class FailureTests
{
    private static readonly string Text = ShippedFiles.Text("trunk6-3g");

    [Fact]
    public void A_servo_that_stalls_is_told()
    {
        using var bench = new Bench(Text, 1);
        bench.Robot.Faults.Inject("servo 4 stalled");
        Assert.StartsWith("channel:4: it did not move. Check that its plug is on output 4 of pwm0",
            Assert.Throws<CalibrationException>(() => bench.Calibrate(item => item.Id == "channel:4")).Message);
        Assert.Equal(Text, File.ReadAllText(bench.Path));
        bench.AssertOff();
    }

    /// <summary>It turns at first, and is stuck before its end.</summary>
    [Fact]
    public void A_servo_that_gets_stuck_is_no_end()
    {
        using var bench = new Bench(Text, 1);
        var person = new Interrupting(bench.Observer, question => question.Name == "low-end",
            () => bench.Robot.Faults.Inject("servo 4 stalled"));
        Assert.Contains("an end was taken too early, or the servo is stuck",
            Assert.Throws<CalibrationException>(() => bench.Calibrate(item => item.Id == "channel:4", person)).Message);
        Assert.Equal(Text, File.ReadAllText(bench.Path));
        bench.AssertOff();
    }

    [Fact]
    public void A_chip_that_vanishes_is_told_and_what_was_found_before_is_kept()
    {
        using var bench = new Bench(Text, 1);
        var person = new Interrupting(bench.Observer, question => question is { Name: "high-end", Item.Id: "channel:5" },
            () => bench.Robot.Faults.Inject("nack pwm0"));
        BoardException lost = Assert.Throws<BoardException>(() =>
            bench.Calibrate(item => item.Id is "chip:base/pwm0" or "channel:4" or "channel:5", person));
        Assert.Contains("chip 0 'pwm0' (address 0x40, bus 1)", lost.Message);
        Assert.Contains("Nothing was written", lost.Message);
        Assert.Equal(Text, File.ReadAllText(bench.Path));
        Assert.Equal(["channel:4", "chip:base/pwm0"], CalibrationRecord.Open(bench.Path, restart: false).Found.Keys.Order());
    }

    /// <summary>Nothing answers at the described address: the board refuses before anything is on.</summary>
    [Fact]
    public void A_wrong_address_is_told()
    {
        using var bench = new Bench(Text, 1);
        string wrong = Text.Replace("address: 0x41", "address: 0x47");
        File.WriteAllText(bench.Path, wrong);
        Assert.Contains("'pwm1' (address 0x47, bus 1)", Assert.Throws<BoardException>(() =>
            bench.Calibrate(item => item.Id == "channel:16")).Message);
        Assert.Equal(wrong, File.ReadAllText(bench.Path));
    }

    /// <summary>Two drivers have each other's address: another servo moves than the one that is asked about.</summary>
    [Fact]
    public void An_address_of_another_chip_is_told()
    {
        using var bench = new Bench(Text, 1);
        string swapped = Text.Replace("0x40", "0x4F").Replace("0x41", "0x40").Replace("0x4F", "0x41");
        File.WriteAllText(bench.Path, swapped);
        Assert.StartsWith("channel:1: something else moved. Output 1 of pwm0 (address 0x41 on bus 1 of board base) drives another servo",
            Assert.Throws<CalibrationException>(() => bench.Calibrate(item => item.Id == "channel:1")).Message);
        Assert.Equal(swapped, File.ReadAllText(bench.Path));
        bench.AssertOff();
    }

    /// <summary>The deadman is let go for good: the servo holds, and a minute later it is off.</summary>
    [Fact]
    public void Nobody_who_answers_is_off_after_a_minute()
    {
        using var bench = new Bench(Text, 1);
        var person = new Absent(bench.Observer);
        Assert.Contains("nobody moved or answered for 60 s", Assert.Throws<CalibrationException>(() =>
            bench.Calibrate(item => item.Id == "channel:4", person)).Message);
        Assert.InRange(person.Travelled, 0, 30); // the way of what was under way
        Assert.Equal(Text, File.ReadAllText(bench.Path));
        bench.AssertOff();
    }

    /// <summary>Ended at every question of it: the file is as before, and a second run goes on at the thing that was under way, from where
    /// the servo was left.</summary>
    [Theory]
    [InlineData("frequency")]
    [InlineData("ready")]
    [InlineData("direction")]
    [InlineData("low-end")]
    [InlineData("high-end")]
    [InlineData("neutral")]
    public void Interrupted_anywhere_it_goes_on_where_it_stopped(string at)
    {
        using var bench = new Bench(Text, 2);
        using var stop = new CancellationTokenSource();
        var person = new Interrupting(bench.Observer, question => question.Name == at
            && question.Item!.Id == (at == "frequency" ? "chip:base/pwm0" : "channel:7"), stop.Cancel,
            after: at switch { "frequency" or "ready" => 0, "direction" => 10, _ => 150 });
        Func<CalibrationItem, bool> which = item => item.Id is "chip:base/pwm0" or "channel:6" or "channel:7";
        Assert.Throws<OperationCanceledException>(() => bench.Calibrate(which, person, stop.Token));
        Assert.Equal(Text, File.ReadAllText(bench.Path));
        bench.AssertOff();
        var probe = new PulseProbe(bench.Robot, 7);
        double left = CalibrationRecord.Open(bench.Path, restart: false).StandingAt(new(default, 0, 7, "channel:7", "")) ?? double.NaN;
        CalibrationRecord record = bench.Calibrate(which);
        Assert.Equal(["channel:6", "channel:7", "chip:base/pwm0"], record.Found.Keys.Order());
        if (at is not ("frequency" or "ready"))
        {
            Assert.InRange(probe.First - left, -3, 3); // within a count of where it was left
        }

        record.Write();
        Assert.Equal(record.Robot.Channels[7], RobotFile.Load(bench.Path).Channels[7]);
        Assert.Equal(Text, CalibrationRecord.Undo(bench.Path).After);
        Assert.Equal(Text, File.ReadAllText(bench.Path));
    }

    /// <summary>The same of a valve's sensor beside its gauge, at each question and while it is being answered (25 periods on, the valve
    /// moves), and of an inertial sensor, whose board is armed: nothing is on afterwards, nothing is written, and a second run finds
    /// it.</summary>
    [Theory]
    [InlineData("muscle-rig", CalibrationKind.Pressure, "ready", 0)]
    [InlineData("muscle-rig", CalibrationKind.Pressure, "vented", 0)]
    [InlineData("muscle-rig", CalibrationKind.Pressure, "pressure", 0)]
    [InlineData("muscle-rig", CalibrationKind.Pressure, "pressure", 25)]
    [InlineData("walker-rig12-imu", CalibrationKind.Imu, "level", 0)]
    public void Interrupted_a_sensor_is_as_before(string robot, CalibrationKind kind, string at, int after)
    {
        string text = ShippedFiles.Text(robot);
        using var bench = new Bench(text, 3);
        using var stop = new CancellationTokenSource();
        CalibrationItem item = CalibrationItem.Of(RobotFile.Load(bench.Path)).First(one => one.Kind == kind);
        var person = new Interrupting(bench.Observer, question => question.Name == at, stop.Cancel, after);
        Assert.Throws<OperationCanceledException>(() => bench.Calibrate(one => one == item, person, stop.Token));
        Assert.Equal(text, File.ReadAllText(bench.Path));
        bench.AssertOff();
        CalibrationRecord record = bench.Calibrate(one => one == item);
        Assert.Equal([item.Id], record.Found.Keys);
        record.Write();
        Assert.NotEqual(text, File.ReadAllText(bench.Path));
        CalibrationRecord.Undo(bench.Path);
        Assert.Equal(text, File.ReadAllText(bench.Path));
    }

    /// <summary>Ended while the sensor is averaged, which asks nobody.</summary>
    [Fact]
    public void Interrupted_while_it_is_averaged_an_inertial_sensor_is_as_before()
    {
        string text = ShippedFiles.Text("walker-rig12-imu");
        using var bench = new Bench(text, 3);
        using var stop = new CancellationTokenSource();
        var clock = new Alarm(bench.Robot.World, 5_000_000_000, stop.Cancel);
        Assert.Throws<OperationCanceledException>(() =>
            bench.Calibrate(item => item.Kind == CalibrationKind.Imu, end: stop.Token, clock: clock));
        Assert.InRange(bench.Robot.World.NowNanoseconds, 5_000_000_000, 5_500_000_000);
        Assert.Equal(text, File.ReadAllText(bench.Path));
        bench.AssertOff();
        Assert.Empty(CalibrationRecord.Open(bench.Path, restart: false).Found);
    }

    /// <summary>Does something once a question is open, or a number of periods later.</summary>
    private sealed class Interrupting(ICalibrationOperator eyes, Func<CalibrationQuestion, bool> when, Action deed, int after = 0)
        : ICalibrationOperator
    {
        private int _left = -1;

        public void Ask(CalibrationQuestion question)
        {
            eyes.Ask(question);
            _left = when(question) ? after : -1;
        }

        public OperatorWish Look(CalibrationMoment now)
        {
            if (_left-- != 0)
            {
                return eyes.Look(now);
            }

            deed();
            return default;
        }

        public void Refuse(string why) => eyes.Refuse(why);
    }

    /// <summary>Does something when it is so late.</summary>
    private sealed class Alarm(IClock clock, long atNs, Action deed) : IClock
    {
        public long NowNanoseconds
        {
            get
            {
                if (clock.NowNanoseconds >= atNs)
                {
                    deed();
                }

                return clock.NowNanoseconds;
            }
        }

        public void WaitUntil(long nanoseconds) => clock.WaitUntil(nanoseconds);
    }

    /// <summary>Switches it on, moves it once, and goes away.</summary>
    private sealed class Absent(ICalibrationOperator eyes) : ICalibrationOperator
    {
        private double _first = double.NaN;
        private int _looks;
        private bool _asked;

        /// <summary>What its pulse changed by after it was let go, us.</summary>
        public double Travelled { get; private set; }

        public void Ask(CalibrationQuestion question)
        {
            _asked = question.Name == "direction";
            eyes.Ask(question);
        }

        public OperatorWish Look(CalibrationMoment now)
        {
            if (!_asked || _looks++ < 5)
            {
                return eyes.Look(now);
            }

            _first = double.IsNaN(_first) ? now.Position : _first;
            Travelled = Math.Max(Travelled, Math.Abs(now.Position - _first));
            return default;
        }

        public void Refuse(string why) => eyes.Refuse(why);
    }
}
