using Ganglion.Live.Teleop;

namespace Ganglion.Cli.Verbs.Arm;

/// <summary>The keys of a terminal as an operator's device, on a thread of their own.</summary>
/// <param name="quit">Called when the terminal is gone; ends the verb.</param>
/// <param name="refused">Is told what was refused.</param>
internal abstract class TerminalKeys(Action quit, Action<string> refused)
{
    /// <summary>For the help of keys that move what windows of a page may move too.</summary>
    public const string Control = "k take control over from a window of the page; any key takes it where nobody has it";

    protected const char Escape = '\u001b';

    /// <summary>Begins to listen; the thread ends with the process.</summary>
    public void Start() => new Thread(Listen) { IsBackground = true, Name = "keys" }.Start();

    /// <summary>Does what a key says.</summary>
    protected abstract void Press(ConsoleKeyInfo key);

    protected void Quit() => quit();

    /// <summary>Does what <see cref="Control"/> says.</summary>
    /// <param name="client">Whose keys they are.</param>
    /// <param name="key">Pressed.</param>
    /// <returns>Whether the key is to do what else it says.</returns>
    protected bool HasControl(TeleopClient client, ConsoleKeyInfo key)
    {
        if (key.Key == ConsoleKey.K)
        {
            Tell(client.Take(over: true));
            return false;
        }

        if (!client.HasControl && key.KeyChar is not (' ' or Escape or 'q' or 'Q') && client.Take() is { } held)
        {
            Tell($"{held} with k");
            return false;
        }

        return true;
    }

    /// <summary>Tells why something was refused.</summary>
    /// <param name="why">Null: it was not.</param>
    protected void Tell(string? why)
    {
        if (why != null)
        {
            refused(why);
        }
    }

    private void Listen()
    {
        try
        {
            while (true)
            {
                Press(Console.ReadKey(intercept: true));
            }
        }
        catch (Exception e) when (e is InvalidOperationException or IOException)
        {
            quit(); // the terminal is gone
        }
    }
}
