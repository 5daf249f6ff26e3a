using System.Globalization;
using Ganglion.Bridge.Log;
using Ganglion.Bridge.Recording;
using Ganglion.Rhythm.Spiking;

namespace Ganglion.Lab.Rhythms;

/// <summary>
/// An MCAP log of a spiking pattern generator: under /rhythm/waveforms what is decoded and the four signals every 5 ms, under
/// /rhythm/spikes the neurons that fired with the millisecond, every 20 ms. Times count from the run's start.
/// </summary>
public sealed class CpgLog : IDisposable
{
    private const int WaveformSteps = 5, SpikeSteps = 20;

    private const string SpikeSchema = """
        {"type":"object","properties":{"neuron":{"type":"array","items":{"type":"integer"}},"time_ms":{"type":"array","items":
        {"type":"integer"}}}}
        """;

    private readonly McapWriter _file;
    private readonly JsonLog _log;
    private readonly LogChannel _waveforms, _spikes;
    private readonly List<(int Neuron, long Millisecond)> _fired = [];

    /// <param name="path">A new file.</param>
    /// <param name="settings">What the network was made with.</param>
    /// <param name="version">Of the program.</param>
    /// <exception cref="IOException">There is a log of that name already, or it cannot be written.</exception>
    public CpgLog(string path, CpgSettings settings, string version)
    {
        _file = McapWriter.Create(path);
        _file.AddMetadata("run", [new("version", version), new("seed", settings.Seed.ToString(CultureInfo.InvariantCulture)),
            new("neurons", settings.Neurons.ToString(CultureInfo.InvariantCulture))]);
        _log = new JsonLog(_file, 0);
        _log.Failed += failure => Failure ??= failure;
        _waveforms = _log.AddJson("/rhythm/waveforms", "ganglion.Named", LogSchemas.Named);
        _spikes = _log.AddJson("/rhythm/spikes", "ganglion.Spikes", SpikeSchema);
    }

    /// <summary>Why the log could not be written any more; null while it can.</summary>
    public IOException? Failure { get; private set; }

    /// <summary>Takes the step that a run has made.</summary>
    public void Add(CpgRun run)
    {
        SpikingCpg cpg = run.Cpg;
        long time = cpg.Steps * (long)(1e9 * LifPopulation.Step);
        foreach (int neuron in cpg.Fired)
        {
            _fired.Add((neuron, cpg.Steps));
        }

        if (cpg.Steps % WaveformSteps == 0 && _log.Begin(_waveforms))
        {
            Group("speed_m_s", ("commanded", run.Speed), ("given", SpeedScale.SpeedAt(cpg.Place)));
            Group("decoded", ("cos", cpg.Cos), ("sin", cpg.Sin), ("level", cpg.Level));
            Group("signal", ("left_flexor", cpg.LeftFlexor ? 1 : 0), ("left_extensor", cpg.LeftFlexor ? 0 : 1),
                ("right_flexor", cpg.RightFlexor ? 1 : 0), ("right_extensor", cpg.RightFlexor ? 0 : 1));
            _log.End(time, time);
        }

        if (cpg.Steps % SpikeSteps == 0 && _log.Begin(_spikes))
        {
            List("neuron", one => one.Neuron);
            List("time_ms", one => one.Millisecond);
            _log.End(time, time);
            _fired.Clear();
        }
    }

    public void Dispose() => _file.Dispose();

    private void Group(string name, params ReadOnlySpan<(string Name, double Value)> values)
    {
        _log.Json.WriteStartObject(name);
        foreach ((string one, double value) in values)
        {
            _log.Json.WriteNumber(one, Math.Round(value, 5));
        }

        _log.Json.WriteEndObject();
    }

    private void List(string name, Func<(int Neuron, long Millisecond), long> of)
    {
        _log.Json.WriteStartArray(name);
        foreach ((int Neuron, long Millisecond) one in _fired)
        {
            _log.Json.WriteNumberValue(of(one));
        }

        _log.Json.WriteEndArray();
    }
}
