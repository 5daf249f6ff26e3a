namespace Ganglion.Cli.Verbs.Arm;

/// <summary>The keys of a terminal as an operator's device, on a thread of their own.</summary>
/// <param name="quit">Called when the terminal is gone; ends the verb.</param>
/// <param name="refused">Is told what was refused.</param>
internal abstract class TerminalKeys(Action quit, Action<string> refused)
{
    protected const char Escape = '\u001b';

    /// <summary>Begins to listen; the thread ends with the process.</summary>
    public void Start() => new Thread(Listen) { IsBackground = true, Name = "keys" }.Start();

    /// <summary>Does what a key says.</summary>
    protected abstract void Press(ConsoleKeyInfo key);

    protected void Quit() => quit();

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
