using System.Text.Json;

namespace Ganglion.Lab.Sweeps;

/// <summary>The points of a sweep that are done, a line of JSON each in a file that only grows: after a crash all but the last line
/// count.</summary>
public sealed class SweepJournal : IDisposable
{
    private readonly StreamWriter _writer;

    private SweepJournal(string path, IReadOnlyList<SweepResult> done) => (_writer, Done) = (new StreamWriter(path, append: true), done);

    /// <summary>Points that were done when it was opened.</summary>
    public IReadOnlyList<SweepResult> Done { get; }

    /// <summary>Opens a journal, or begins one.</summary>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    public static SweepJournal Open(string path)
    {
        var done = new List<SweepResult>();
        long whole = 0;
        if (File.Exists(path))
        {
            byte[] bytes = File.ReadAllBytes(path);
            for (int end; (end = Array.IndexOf(bytes, (byte)'\n', (int)whole)) >= 0; whole = end + 1)
            {
                try
                {
                    done.Add(JsonSerializer.Deserialize<SweepResult>(bytes.AsSpan((int)whole..end))
                        ?? throw new JsonException("a line without a point"));
                }
                catch (JsonException fault)
                {
                    throw new InvalidDataException($"{path} is no journal of a sweep ({fault.Message}): delete it to start anew.", fault);
                }
            }

            // What a crash left of the last line.
            using FileStream file = File.OpenWrite(path);
            file.SetLength(whole);
        }

        return new SweepJournal(path, done);
    }

    /// <summary>Keeps a point.</summary>
    public void Add(SweepResult result)
    {
        _writer.Write(JsonSerializer.Serialize(result));
        _writer.Write('\n');
        _writer.Flush();
    }

    public void Dispose() => _writer.Dispose();
}
