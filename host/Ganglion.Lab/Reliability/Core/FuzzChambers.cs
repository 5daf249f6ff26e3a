using Ganglion.Bridge.Messages;
using Ganglion.Shared.Sensing;

namespace Ganglion.Lab.Reliability.Core;

/// <summary>The chambers behind a board's valves, each following its valve as a first-order lag, and the converter that measures one of
/// them a tick, told to lie now and then.</summary>
internal sealed class FuzzChambers
{
    /// <summary>What a sensor may do.</summary>
    public const int Honest = 0, BeyondRange = 1, StandsStill = 2, IsOff = 3;

    /// <summary>Inputs of a converter.</summary>
    private const int Inputs = 4;

    /// <summary>How far a sensor that is off is off, share of full pressure.</summary>
    private const double Wrong = 0.6;

    private readonly int[] _channel;
    private readonly double[] _lag, _zero, _span, _pressure = new double[Inputs];
    private readonly int[] _last = new int[Inputs], _kind = new int[Inputs], _left = new int[Inputs];
    private int _measured = -1, _count, _next;

    /// <param name="configuration">Its loops are those of inputs 0 on, in the order of their channels.</param>
    public FuzzChambers(BoardConfiguration configuration)
    {
        (int Channel, PressureLoopConfiguration Loop)[] loops = [.. configuration.Channels.Select((channel, i) => (i, channel.Pressure))
            .Where(pair => pair.Pressure != null).Select(pair => (pair.i, pair.Pressure!))];
        _channel = [.. loops.Select(loop => loop.Channel)];
        _lag = [.. loops.Select(loop => loop.Loop.Lag)];
        _zero = [.. loops.Select(loop => Counts(loop.Loop.ZeroVolts))];
        _span = [.. loops.Select(loop => Counts(loop.Loop.FullVolts) - Counts(loop.Loop.ZeroVolts))];
        Array.Fill(_last, (int)(_zero.Length > 0 ? _zero[0] : 0));
    }

    public int Loops => _channel.Length;

    /// <summary>Whether a sensor lies at present.</summary>
    public bool AnyLies { get; private set; }

    /// <summary>The input that was handed over in this tick, or -1, and its counts.</summary>
    public (int Input, int Count) Handed { get; private set; }

    /// <summary>A tick's time passes, s, with the valves as they are; a sensor may begin to lie, or end it.</summary>
    public void Pass(Random random, double seconds, FuzzHardware hardware)
    {
        Handed = (-1, 0);
        AnyLies = false;
        for (int i = 0; i < _channel.Length; i++)
        {
            double valve = hardware.Given(_channel[i]) / 4095.0;
            _pressure[i] = valve + (_pressure[i] - valve) * Math.Exp(-seconds / _lag[i]);
            if (_left[i] > 0)
            {
                _left[i]--;
            }
            else
            {
                _kind[i] = random.Next(500) == 0 ? 1 + random.Next(3) : Honest;
                _left[i] = _kind[i] == Honest ? 0 : 1 + random.Next(random.Next(2) == 0 ? 12 : 120);
            }

            AnyLies |= _kind[i] != Honest;
        }
    }

    /// <summary>The converter is set up anew: it begins with its first input.</summary>
    public void Restart()
    {
        _next = 0;
        Convert();
    }

    /// <summary>The converter hands over what it measured when it was read before, and turns to the next input.</summary>
    public void Read(SensorReadings readings)
    {
        if (_measured >= 0)
        {
            readings.Analog[_measured] = _count;
            readings.AnalogFresh[_measured] = true;
            Handed = (_measured, _count);
        }

        Convert();
    }

    /// <summary>Whether counts lie outside what a loop's sensor can give, by more than 5 % of its span.</summary>
    public bool IsOutside(int loop, int count) =>
        count < _zero[loop] - 0.05 * _span[loop] - 1 || count > _zero[loop] + 1.05 * _span[loop] + 1;

    private void Convert()
    {
        _measured = _next;
        _next = (_next + 1) % Inputs;
        if (_measured >= _channel.Length)
        {
            _count = 0;
            return;
        }

        double share = _pressure[_measured];
        _count = _last[_measured] = _kind[_measured] switch
        {
            BeyondRange => Measured(share < 0.5 ? -0.1 : 1.1),
            StandsStill => _last[_measured],
            IsOff => Measured(share < 0.4 ? share + Wrong : share > 0.6 ? share - Wrong : share + 0.4),
            _ => Measured(share),
        };
    }

    private int Measured(double share) => (int)Math.Round(_zero[_measured] + share * _span[_measured]);

    private static double Counts(double volts) => Math.Round(volts * 32768 / 2.048);
}
