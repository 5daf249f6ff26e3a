using Ganglion.Robots.Walkers;
using Ganglion.Shared.Sensing;
using Ganglion.VirtualBoard.Chips;

namespace Ganglion.VirtualBoard.Bodies;

/// <summary>A force sensor under one end of a sole with its amplifier: 0 N is 0 V, and it saturates at the converter's full
/// scale.</summary>
/// <param name="sensor">Where it is, and its range.</param>
/// <param name="seed">Seed of its noise.</param>
public sealed class FootCell(FootSensor sensor, int seed) : IVoltageSource
{
    /// <summary>Voltage of the full scale, V: the range to which the firmware sets the ADS1115.</summary>
    public const double FullVolts = AnalogScale.FullVolts;

    /// <summary>RMS of the noise, as a fraction of the full scale (an HX711-class bridge amplifier at hundreds of hertz).</summary>
    private const double Noise = 0.002;

    /// <summary>Over this span the noise stays what it is, ns: the bandwidth of the amplifier.</summary>
    private const long NoiseHoldNs = 1_000_000;

    private readonly SampleNoise _noise = new(seed, Noise);

    /// <summary>The force on it now, N.</summary>
    public double Newtons { get; set; }

    public FootSensor Sensor => sensor;

    public double VoltsAt(long ns) =>
        FullVolts * Math.Clamp(Newtons / sensor.FullScale + _noise.At(ns / NoiseHoldNs, sensor.Input), 0, 1);
}
