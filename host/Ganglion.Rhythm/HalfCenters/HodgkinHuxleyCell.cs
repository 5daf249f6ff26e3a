namespace Ganglion.Rhythm.HalfCenters;

/// <summary>
/// Hodgkin and Huxley's membrane of 1952 at 6.3 degrees C, its rest at -65 mV, 1 uF/cm²: sodium 120 mS/cm² at 50 mV, potassium 36 at -77,
/// leak 0.3 at -54.4. Beside them the circuit's: a steady current of 10 uA/cm², at which a cell alone fires 68 times a second; inhibition
/// of 4 mS/cm² a spike at -80 mV; and the brake, up to 4 mS/cm² of potassium, as calcium opens it. Exponential Euler steps (Rush and
/// Larsen, 1978): each gate and the potential go to where they tend by exp(-dt / tau) of the moment.
/// </summary>
/// <typeparam name="T">What it computes in.</typeparam>
public struct HodgkinHuxleyCell<T> : ISpikingCell<T, HodgkinHuxleyCell<T>>
    where T : struct, ICellNumber<T>
{
    private const double Drive = 10, Inhibition = 4, Brake = 4, InhibitionAt = -80;

    private T _v, _m, _h, _n;

    /// <inheritdoc/>
    public static HodgkinHuxleyCell<T> Resting => At(Drive);

    /// <inheritdoc/>
    public static double Step => 0.05;

    /// <inheritdoc/>
    public static double SynapticTime => 10;

    /// <inheritdoc/>
    public static double Clearing => 0.3;

    /// <summary>Injected current [uA/cm²].</summary>
    public T Current { get; init; }

    /// <summary>Membrane potential [mV].</summary>
    public readonly T V => _v;

    /// <summary>A cell at rest under another current.</summary>
    /// <param name="current">[uA/cm²].</param>
    public static HodgkinHuxleyCell<T> At(double current) =>
        new() { Current = current, _v = -65.0, _m = 0.0529325, _h = 0.5961208, _n = 0.3176769 };

    /// <inheritdoc/>
    public bool Advance(T synapse, T brake)
    {
        T before = _v, u = before + 65;
        Gate(ref _m, Linear((u - 25) * 0.1), 4.0 * T.Exp(u * (-1 / 18.0)));
        Gate(ref _h, 0.07 * T.Exp(u * (-1 / 20.0)), (T)1.0 / (T.Exp(((T)30 - u) * 0.1) + 1));
        Gate(ref _n, 0.1 * Linear((u - 10) * 0.1), 0.125 * T.Exp(u * (-1 / 80.0)));
        T square = _n * _n, sodium = 120 * (_m * _m * _m * _h), potassium = 36 * (square * square) + Brake * brake,
            inhibition = Inhibition * synapse, all = sodium + potassium + 0.3 + inhibition;
        T tends = (sodium * 50 + potassium * -77 + 0.3 * -54.4 + inhibition * InhibitionAt + Current) / all;
        _v = tends + (before - tends) * T.Exp(all * -Step);
        return _v >= 0 && before <= 0;
    }

    /// <summary>A gate that opens and closes at these rates [1/ms].</summary>
    private static void Gate(ref T gate, T opens, T closes)
    {
        T rate = opens + closes, tends = opens / rate;
        gate = tends + (gate - tends) * T.Exp(rate * -Step);
    }

    /// <summary>x / (1 - exp(-x)), by its series where that is 0 / 0.</summary>
    private static T Linear(T x) => x >= -1e-6 && x <= 1e-6 ? x * 0.5 + 1 : x / ((T)1.0 - T.Exp(x * -1.0));
}
