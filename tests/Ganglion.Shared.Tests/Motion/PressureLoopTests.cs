using Ganglion.Shared.Link;
using Ganglion.Shared.Motion;

namespace Ganglion.Shared.Tests.Motion;

/// <summary>A loop on a simulated chamber: p(end) = v + (p - v) exp(-T/lag), a sensor of 3200..28800 counts that is read every fourth
/// tick.</summary>
public class PressureLoopTests
{
    private const double Tick = 0.02;
    private const int Zero = 3200, Full = 28800, ReadEvery = 4;

    private static PressureSettings Settings() => new()
    {
        Channel = 1,
        Input = 2,
        Zero = Zero,
        Full = Full,
        Lag = 40,
        Integral = PressureSettings.IntegralOne,
        MostError = FixedPoint.One / 5,
        Low = 0,
        High = 15000,
    };

    /// <summary>One loop and what hangs on it; pressures as shares of full pressure.</summary>
    private sealed class Bench
    {
        private readonly PressureLoop _loop = new(1, (float)Tick, (float)(ReadEvery * Tick));
        private readonly int[] _command = new int[2], _analog = new int[8];
        private readonly bool[] _fresh = new bool[8];
        private int _ticks;

        public Bench(PressureSettings settings) => Assert.True(_loop.Configure(0, settings));

        public double Pressure { get; set; }

        public double Lag { get; init; } = 0.04;

        /// <summary>From what a valve is told to what it gives.</summary>
        public Func<double, double> Valve { get; set; } = told => told;

        /// <summary>From a pressure to the sensor's counts.</summary>
        public Func<double, int> Sensor { get; set; } = pressure => (int)Math.Round(Zero + pressure * (Full - Zero));

        public int Told => _loop.Values[0];

        public byte Reason { get; private set; }

        public PressureLoop Loop => _loop;

        public void SwitchOn() => _loop.Reset(_fresh);

        public void Run(double wanted)
        {
            if (Reason == 0)
            {
                Reason = _loop.Measure(_analog, _fresh);
            }

            _command[1] = (int)Math.Round(wanted * FixedPoint.One);
            _loop.Step(_command);
            if (_ticks++ % ReadEvery == 0)
            {
                (_analog[2], _fresh[2]) = (Sensor(Pressure), true);
            }

            double given = Valve(Told / (double)FixedPoint.One);
            Pressure = given + (Pressure - given) * Math.Exp(-Tick / Lag);
        }

        public void Run(double wanted, int ticks)
        {
            for (int i = 0; i < ticks; i++)
            {
                Run(wanted);
            }
        }
    }

    [Fact]
    public void A_pressure_arrives_at_the_end_of_the_tick()
    {
        var bench = new Bench(Settings()) { Pressure = 0.5 };
        bench.Run(0.5, 10);
        var random = new Random(1);
        for (int i = 0; i < 500; i++)
        {
            double wanted = Math.Clamp(bench.Pressure + 0.2 * (random.NextDouble() - 0.5), 0.2, 0.7);
            bench.Run(wanted);
            Assert.Equal(wanted, bench.Pressure, 4e-4);
        }

        Assert.Equal(0, bench.Reason);
    }

    /// <summary>A jump beyond what the valve can do is made as fast as its limit lets it, and not overshot when it is there.</summary>
    [Fact]
    public void At_its_limit_the_valve_waits_for_the_chamber()
    {
        const double limit = 15000.0 / FixedPoint.One;
        var bench = new Bench(Settings()) { Pressure = 0.1 };
        bench.Run(0.1, 10);
        double expected = bench.Pressure, most = 0;
        for (int i = 0; i < 40; i++)
        {
            bench.Run(0.85);
            expected = Math.Min(0.85, limit + (expected - limit) * Math.Exp(-Tick / 0.04));
            Assert.Equal(expected, bench.Pressure, 1e-3);
            most = Math.Max(most, bench.Pressure);
        }

        Assert.Equal(0.85, bench.Pressure, 5e-4);
        Assert.InRange(most, 0.84, 0.8515);
    }

    /// <summary>In the middle of the range only the zero learns, and the error falls by the gain times the time between readings at
    /// each of them, once the chamber has followed.</summary>
    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(2)]
    public void An_error_decays_at_the_configured_rate(double perSecond)
    {
        PressureSettings settings = Settings();
        settings.Integral = (int)(perSecond * PressureSettings.IntegralOne);
        double middle = 0.5 * settings.High / FixedPoint.One;
        var bench = new Bench(settings) { Pressure = middle };
        bench.Run(middle, 12);
        bench.Valve = told => told - 0.08;
        bench.Run(middle, 12);
        double first = middle - bench.Pressure;
        int ticks = (int)(1 / perSecond / Tick);
        bench.Run(middle, ticks);
        double expected = Math.Pow(1 - perSecond * ReadEvery * Tick, (double)ticks / ReadEvery);
        Assert.InRange((middle - bench.Pressure) / first, 0.9 * expected, 1.1 * expected);
    }

    /// <summary>Zero and slope of a valve are both learned: 15 % too little and 4 % off, along a sine of a quarter of the range.</summary>
    [Fact]
    public void Zero_and_slope_of_a_valve_are_taken_out()
    {
        var bench = new Bench(Settings()) { Pressure = 0.5, Valve = told => 0.85 * told - 0.04 };
        double square = 0;
        for (int i = 0; i < 1000; i++)
        {
            double wanted = 0.5 + 0.125 * Math.Sin(2 * Math.PI * 0.5 * Tick * i);
            bench.Run(wanted);
            if (i >= 800)
            {
                square += Math.Pow(bench.Pressure - wanted, 2) / 200;
            }
        }

        Assert.Equal(0, bench.Reason);
        Assert.InRange(Math.Sqrt(square), 0, 0.003); // 0.116 without corrections
    }

    /// <summary>A chamber slower than configured is no fault of the valve: nothing runs away.</summary>
    [Theory]
    [InlineData(0.02)]
    [InlineData(0.1)]
    public void Another_lag_than_configured_is_borne(double lag)
    {
        var bench = new Bench(Settings()) { Pressure = 0.5, Lag = lag };
        double worst = 0;
        for (int i = 0; i < 2000; i++)
        {
            double wanted = 0.5 + 0.125 * Math.Sin(2 * Math.PI * 0.5 * Tick * i);
            bench.Run(wanted);
            worst = Math.Max(worst, Math.Abs(bench.Pressure - wanted));
        }

        // A first-order lag that is off by dT is off by the rate times dT.
        Assert.InRange(worst, 0, 1.3 * 0.125 * Math.PI * Math.Abs(lag - 0.04) + 0.002);
        Assert.Equal(0, bench.Reason);
    }

    [Fact]
    public void Three_readings_that_no_pressure_gives_are_a_fault_and_two_are_not()
    {
        var bench = new Bench(Settings()) { Pressure = 0.5 };
        bench.Run(0.5, 20);
        Func<double, int> right = bench.Sensor;
        bench.Sensor = _ => 0;
        bench.Run(0.5, 2 * ReadEvery);
        bench.Sensor = right;
        bench.Run(0.5, 2 * ReadEvery);
        Assert.Equal(0, bench.Reason);
        Assert.Equal(0.5, bench.Pressure, 1e-3); // nothing was learned from them
        bench.Sensor = _ => 32767;
        bench.Run(0.5, 3 * ReadEvery);
        Assert.Equal((Reason.PressureOutOfRange, 1), (bench.Reason, bench.Loop.FaultChannel));
    }

    [Fact]
    public void A_sensor_that_stands_still_is_a_fault_only_when_the_pressure_should_move()
    {
        var bench = new Bench(Settings()) { Pressure = 0.5, Sensor = _ => (Zero + Full) / 2 };
        bench.Run(0.5, 500);
        bench.Run(0.54, 500);
        Assert.Equal(0, bench.Reason);
        bench.Run(0.62, 6 * ReadEvery);
        Assert.Equal((Reason.PressureStandsStill, 1), (bench.Reason, bench.Loop.FaultChannel));
    }

    [Fact]
    public void An_error_that_lasts_is_a_fault_and_one_that_passes_is_not()
    {
        var bench = new Bench(Settings()) { Pressure = 0.6 };
        bench.Run(0.6, 20);
        bench.Valve = told => 0.4 * told;
        bench.Run(0.6, 6 * ReadEvery);
        bench.Valve = told => told;
        bench.Run(0.6, 20 * ReadEvery);
        Assert.Equal(0, bench.Reason);
        bench.Valve = told => 0.4 * told;
        bench.Run(0.6, 12 * ReadEvery);
        Assert.Equal((Reason.PressureOff, 1), (bench.Reason, bench.Loop.FaultChannel));
    }

    [Fact]
    public void Whatever_is_asked_and_measured_the_valve_stays_within_its_limits()
    {
        PressureSettings settings = Settings();
        (settings.Low, settings.High, settings.Integral) = (1000, 12000, PressureSettings.MostIntegral);
        var random = new Random(2);
        var bench = new Bench(settings) { Sensor = _ => random.Next(-32768, 32768) };
        for (int i = 0; i < 5000; i++)
        {
            bench.Run(random.Next(1000, 12001) / (double)FixedPoint.One);
            Assert.InRange(bench.Told, 1000, 12000);
            if (i % 100 == 99)
            {
                bench.SwitchOn();
            }
        }
    }

    [Fact]
    public void A_reading_from_before_the_valves_were_switched_on_is_not_believed()
    {
        var bench = new Bench(Settings()) { Pressure = 0.8 };
        bench.Run(0.8, 5 * ReadEvery + 1);

        // Nobody took the last reading while the board was idle and the chamber vented.
        bench.Pressure = 0.3;
        bench.SwitchOn();
        bench.Run(0.5);
        Assert.Equal(FixedPoint.One / 2, bench.Told);
    }

    public static TheoryData<string, Action<PressureSettings>> Unusable => new()
    {
        { "no span", s => s.Full = s.Zero + 999 },
        { "no lag", s => s.Lag = 4 },
        { "lag", s => s.Lag = 2001 },
        { "gain", s => s.Integral = PressureSettings.MostIntegral + 1 },
        { "error", s => s.MostError = 162 },
        { "more than all", s => s.MostError = FixedPoint.One + 1 },
        { "below nothing", s => s.Low = -1 },
        { "above all", s => s.High = FixedPoint.One + 1 },
        { "no range", s => s.Low = s.High },
    };

    [Theory]
    [MemberData(nameof(Unusable))]
    public void What_no_loop_can_use_is_refused(string what, Action<PressureSettings> spoil)
    {
        PressureSettings settings = Settings();
        Assert.True(settings.Usable, what);
        spoil(settings);
        Assert.False(new PressureLoop(1, 0.02f, 0.08f).Configure(0, settings), what);
    }

    [Fact]
    public void Values_are_packed_over_the_channels_commands()
    {
        var channels = new ChannelTable(2);
        for (int i = 0; i < 2; i++)
        {
            (channels.Gain[i], channels.Bias[i]) = (PulseScale.Gain(0, 8 * 4095, false, 0.125), PulseScale.Bias(0, 8 * 4095, 0,
                false, 0.125));
            (channels.LowByteAt[i], channels.HighByteAt[i]) = (2 * i, 2 * i + 1);
        }

        byte[] image = [1, 2, 3, 4];
        OutputStage.Replace(channels, [1], [8192], image);
        Assert.Equal([1, 2, 2048 & 0xFF, 2048 >> 8], image.Select(b => (int)b));
        Assert.Equal(0, channels.Command[1]);
    }
}
