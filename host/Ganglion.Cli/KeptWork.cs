using Ganglion.Basics;
using Ganglion.Lab.Reports;

namespace Ganglion.Cli;

/// <summary>
/// Long work whose finished parts are kept in a folder, from which the same command goes on. The folder is claimed for one process.
/// </summary>
internal sealed class KeptWork : IDisposable
{
    private readonly FileClaim _claim;
    private readonly WorkInterrupt _interrupt;

    /// <param name="folder">Where the parts are kept; made if need be.</param>
    /// <param name="option">Which option would name another one.</param>
    /// <exception cref="UserException">There is a file of that name.</exception>
    /// <exception cref="IOException">Another process is at work there, or nothing can be written there.</exception>
    public KeptWork(string folder, string option)
    {
        if (File.Exists(folder))
        {
            throw new UserException($"{folder} is a file, and finished parts need a folder there: choose another {option}.");
        }

        Folder = folder;
        _claim = FileClaim.Take(folder, $"wait for it, or choose another {option}");
        _interrupt = new WorkInterrupt($"the same command goes on from {folder}.");
        Directory.CreateDirectory(folder);
    }

    public string Folder { get; }

    public CancellationToken Token => _interrupt.Token;

    /// <summary>Opens the parts.</summary>
    /// <param name="subject">Everything that decides them.</param>
    /// <exception cref="InvalidDataException">They are damaged or of another run.</exception>
    public PartStore Open(string subject) => new(Path.Combine(Folder, "parts.json"), subject);

    /// <summary>Says how many parts there are, where some are.</summary>
    /// <param name="count">So many.</param>
    /// <param name="quiet">Whether to say nothing.</param>
    /// <param name="what">They are called.</param>
    public void TellKept(int count, bool quiet, string what = "parts")
    {
        if (count > 0 && !quiet)
        {
            Output.Line($"Going on with {count} finished {what} in {Folder}.");
        }
    }

    /// <summary>Computes; what follows is not cut off by an interrupt.</summary>
    /// <returns>Null: it was stopped, and that was said.</returns>
    public T? Compute<T>(Func<T> work)
        where T : class
    {
        try
        {
            return work();
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine($"stopped; the same command goes on from {Folder}.");
            return null;
        }
        finally
        {
            _interrupt.Ended();
        }
    }

    /// <summary>The work is whole and written elsewhere: its parts go.</summary>
    public void Delete() => Directory.Delete(Folder, recursive: true);

    public void Dispose()
    {
        _interrupt.Dispose();
        _claim.Dispose();
    }
}
