using System.Numerics;

namespace Ganglion.Rhythm.Learned;

/// <summary>
/// What the network's phase readouts have to do so that they turn as wanted once they are fed back. The loop is: inputs held for a window
/// of W steps, a readout that decays by kappa a step, and the mean over the window as the next inputs. For a point x_n = z^n, z = exp(i w
/// W dt), on the unit circle, held values f x_n come back as H(z) f x_n with
/// <code>
/// H(z) = A (1 - a) / (z - a) + 1 - A       a = kappa^W, A = mean of kappa^1 .. kappa^W
/// </code>
/// so that f = z / H(z) leads from each point of the circle to the next. Away from it the radius is pulled back, by 1 + T k (1 - r^2).
/// </summary>
public sealed class PhaseLoop
{
    /// <summary>How fast the radius comes back [1/s], and beyond which radius squared the pull grows no more.</summary>
    private const double Pull = 3, MostSquare = 2.5;

    private readonly double _readout, _keep, _keepMean;

    /// <param name="readoutTime">Time constant of the readouts [s].</param>
    public PhaseLoop(double readoutTime)
    {
        _readout = readoutTime;
        double kappa = Math.Exp(-CpgNetwork.Step / readoutTime);
        _keep = Math.Pow(kappa, CpgNetwork.WindowSteps);
        _keepMean = Enumerable.Range(1, CpgNetwork.WindowSteps).Average(step => Math.Pow(kappa, step));
    }

    /// <summary>What the spikes of a window have to add up to, before the readout filters them.</summary>
    /// <param name="x">Cosine and sine that the network is fed, as real and imaginary part.</param>
    /// <param name="frequency">Of the stride [Hz].</param>
    public Complex Drive(Complex x, double frequency)
    {
        var z = Complex.FromPolarCoordinates(1, 2 * Math.PI * frequency * MuscleEnvelopes.Step);
        Complex loop = _keepMean * (1 - _keep) / (z - _keep) + (1 - _keepMean);
        double square = x.Real * x.Real + x.Imaginary * x.Imaginary;
        return x * (z / loop) * (1 + _readout * Pull * (1 - Math.Min(MostSquare, square)));
    }

    /// <summary>The readout's mean over a window that is driven so, and its value at the end.</summary>
    /// <param name="end">At the end of the last window; becomes that of this one.</param>
    /// <param name="drive">By <see cref="Drive"/>.</param>
    public Complex Filter(ref Complex end, Complex drive)
    {
        Complex mean = _keepMean * end + (1 - _keepMean) * drive;
        end = _keep * end + (1 - _keep) * drive;
        return mean;
    }
}
