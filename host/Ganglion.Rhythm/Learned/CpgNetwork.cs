using System.Collections.Immutable;
using System.Text.Json;
using Ganglion.Neurons.Files;
using Ganglion.Neurons.Network;

namespace Ganglion.Rhythm.Learned;

/// <summary>
/// A learned pattern generator: one recurrent layer of LIF and adaptive LIF neurons (LSNN) with six readouts, the cosine and sine of its
/// phase, which are fed back as inputs, and the activation of four muscles. Its other inputs are a constant and the commanded speed.
/// </summary>
public sealed record CpgNetwork
{
    /// <summary>Steps of 1 ms for which inputs are held: a window is one value of <see cref="MuscleEnvelopes"/>.</summary>
    public const int WindowSteps = 10;

    /// <summary>Inputs: 1, the speed's place, cosine, sine. Outputs: cosine, sine, the muscles.</summary>
    public const int Inputs = 4, Outputs = 6;

    /// <summary>One step [s], and time constants of readouts and of adaptation [s]. With the arm's 1.2 s a threshold would remember the
    /// speed of three strides ago.</summary>
    public const double Step = 0.001, ReadoutTime = 0.05, AdaptationTime = 0.2;

    /// <summary>Readouts are so much larger than what they stand for. One spike is then worth a fifth as much, and what 128 of them decode
    /// is quiet enough: with 1 the network lost its circle at 0.13 m/s (R2 0.14), with 5 it kept it (0.94; 600 updates, seed 1).</summary>
    public const double OutputScale = 5;

    private const string SpeedsNote = "speeds_m_s", ScaleNote = "muscle_scale", RecordedNote = "recorded", PlacesNote = "places",
        DataNote = "data";
    private static readonly JsonSerializerOptions Strict = new() { RespectRequiredConstructorParameters = true };

    /// <summary>Slowest and fastest speed that it has learned [m/s]; commands may lie between.</summary>
    public required double Slowest { get; init; }

    /// <inheritdoc cref="Slowest"/>
    public required double Fastest { get; init; }

    /// <summary>What an activation of 1 is in the recording's unit, one a muscle.</summary>
    public required ImmutableArray<double> MuscleScale { get; init; }

    /// <summary>Phases of the strides that it has learned from, by speed.</summary>
    public required ImmutableArray<RecordedPhases> Recorded { get; init; }

    /// <summary>
    /// What the network is told at each of the recorded speeds: their places between the slowest (-1) and the fastest (1), as they were
    /// while it learned, or moved by <see cref="CpgTuning"/>.
    /// </summary>
    public required ImmutableArray<double> Places { get; init; }

    /// <summary>What it has learned from, in words.</summary>
    public required string Data { get; init; }

    /// <summary>Shape of a sample of so many windows.</summary>
    public static LsnnShape Shape(int neurons, int windows) => new()
    {
        Channels = Inputs,
        Windows = windows,
        Hidden = neurons,
        Outputs = Outputs,
        StepsPerWindow = WindowSteps,
        ClockSteps = 0,
        LossSteps = WindowSteps,
    };

    /// <summary>What is known of a network before it learns.</summary>
    /// <param name="strides">What it will learn from.</param>
    /// <param name="data">The same in words.</param>
    public static CpgNetwork For(RecordedStrides strides, string data) => new()
    {
        Slowest = strides.Groups[0].Speed,
        Fastest = strides.Groups[^1].Speed,
        MuscleScale = [.. strides.Envelopes.Muscles.Select(muscle => muscle.Order().ElementAt((int)(0.95 * (muscle.Length - 1))))],
        Recorded = [.. strides.Groups.Select(group => new RecordedPhases(group.Speed, group.Swing, group.Cycle - group.Swing))],
        Places = [.. strides.Groups.Select(group => Place(group.Speed, strides.Groups[0].Speed, strides.Groups[^1].Speed))],
        Data = data,
    };

    /// <summary>Phases of the recording at a speed: between those of the next slower and faster strides.</summary>
    /// <param name="speed">[m/s].</param>
    public RecordedPhases PhasesAt(double speed)
    {
        int above = Above(speed);
        (RecordedPhases low, RecordedPhases high) = (Recorded[above - 1], Recorded[above]);
        // Durations go by a power of the speed, so between two speeds they lie on a line of logarithms.
        double place = Math.Log(speed / low.Speed) / Math.Log(high.Speed / low.Speed);
        return new RecordedPhases(speed, low.Swing * Math.Pow(high.Swing / low.Swing, place),
            low.Stance * Math.Pow(high.Stance / low.Stance, place));
    }

    /// <summary>Writes one window's inputs.</summary>
    /// <param name="inputs">[Inputs].</param>
    /// <param name="speed">[m/s].</param>
    /// <param name="cos">Of the phase, times the radius.</param>
    /// <param name="sin">The same.</param>
    public void WriteInputs(Span<float> inputs, double speed, double cos, double sin)
    {
        inputs[0] = 1;
        inputs[1] = (float)PlaceOf(speed);
        inputs[2] = (float)cos;
        inputs[3] = (float)sin;
    }

    /// <summary>Where a speed stands between the slowest (-1) and the fastest (1), before any tuning.</summary>
    /// <param name="speed">[m/s].</param>
    internal double Place(double speed) => Place(speed, Slowest, Fastest);

    /// <summary>By the square root, as SpeedScale has it: the frequency of strides is then nearly a straight line.</summary>
    private static double Place(double speed, double slowest, double fastest) =>
        2 * (Math.Sqrt(speed) - Math.Sqrt(slowest)) / (Math.Sqrt(fastest) - Math.Sqrt(slowest)) - 1;

    /// <summary>A speed lies between two recorded ones as its place lies between theirs.</summary>
    private double PlaceOf(double speed)
    {
        int above = Above(speed);
        double low = Place(Recorded[above - 1].Speed), high = Place(Recorded[above].Speed), share = (Place(speed) - low) / (high - low);
        return Places[above - 1] + share * (Places[above] - Places[above - 1]);
    }

    private int Above(double speed) => Math.Clamp(Recorded.TakeWhile(one => one.Speed < speed).Count(), 1, Recorded.Length - 1);

    /// <summary>For a model file.</summary>
    public Dictionary<string, string> Notes() => new()
    {
        [SpeedsNote] = JsonSerializer.Serialize(new[] { Slowest, Fastest }),
        [ScaleNote] = JsonSerializer.Serialize(MuscleScale),
        [RecordedNote] = JsonSerializer.Serialize(Recorded),
        [PlacesNote] = JsonSerializer.Serialize(Places),
        [DataNote] = Data,
    };

    /// <summary>Reads a model file.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or no pattern generator's.</exception>
    public static (CpgNetwork Network, TrainedModel Model) Load(string path)
    {
        var model = TrainedModel.Load(path);
        LsnnShape shape = model.Weights.Shape;
        if (!model.Notes.ContainsKey(RecordedNote) || shape != Shape(shape.Hidden, shape.Windows))
        {
            throw new InvalidDataException($"{path} is a model, but not of a pattern generator; make one with ganglion rhythm learn.");
        }

        try
        {
            double[] speeds = Read<double[]>(SpeedsNote);
            var network = new CpgNetwork
            {
                Slowest = speeds[0],
                Fastest = speeds[1],
                MuscleScale = Read<ImmutableArray<double>>(ScaleNote),
                Recorded = Read<ImmutableArray<RecordedPhases>>(RecordedNote),
                Places = Read<ImmutableArray<double>>(PlacesNote),
                Data = model.Notes[DataNote],
            };
            return network.Slowest > 0 && network.Fastest > network.Slowest && network.MuscleScale.Length == EmgRecording.Names.Length
                && network.MuscleScale.All(scale => scale > 0) && network.Recorded.Length >= RecordedStrides.LeastSpeeds
                && network.Places.Length == network.Recorded.Length && network.Places.All(double.IsFinite)
                && network.Recorded.All(phases => phases is { Speed: > 0, Swing: > 0, Stance: > 0 })
                ? (network, model)
                : throw new InvalidDataException("speeds, scales or phases are out of range.");
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or IndexOutOfRangeException
            or InvalidDataException)
        {
            throw new InvalidDataException($"{path} has a damaged description: {failure.Message} Restore it or learn again.", failure);
        }

        T Read<T>(string note) => JsonSerializer.Deserialize<T>(model.Notes[note], Strict) ?? throw new JsonException($"{note} is empty.");
    }
}

/// <summary>Mean phases of strides at a speed.</summary>
/// <param name="Speed">[m/s].</param>
/// <param name="Swing">[s].</param>
/// <param name="Stance">[s].</param>
public sealed record RecordedPhases(double Speed, double Swing, double Stance)
{
    /// <summary>Both [s].</summary>
    public double Cycle => Swing + Stance;
}
