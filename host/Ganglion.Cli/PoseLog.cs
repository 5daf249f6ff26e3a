using Ganglion.Arm.Learning;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.Cli;

/// <summary>Measured poses of a simulated body on their way into a file that <c>ganglion train --poses</c> reads; it is there once it is whole.</summary>
internal sealed class PoseLog : IDisposable
{
    private readonly string _path;
    private readonly StreamWriter _rows;
    private bool _kept;

    /// <exception cref="IOException">The place cannot be written.</exception>
    public PoseLog(FileInfo file, TrunkBody body)
    {
        _path = file.FullName;
        _rows = new StreamWriter(Partial);
        _rows.WriteLine(RecordedPoses.Header(body.Arm));
    }

    private string Partial => _path + ".partial";

    public void Note(TrunkBody body) => _rows.WriteLine(RecordedPoses.Row(body.Strokes, body.Modules, body.Tip));

    public void Keep()
    {
        _rows.Dispose();
        File.Move(Partial, _path, overwrite: true);
        _kept = true;
    }

    public void Dispose()
    {
        if (_kept)
            return;
        try
        {
            _rows.Dispose();
        }
        catch (IOException)
        {
            // The disk is full: whoever wrote last was told, and what is there so far goes too.
        }

        File.Delete(Partial);
    }
}
