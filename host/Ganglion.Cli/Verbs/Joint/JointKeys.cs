using Ganglion.Cli.Verbs.Arm;
using Ganglion.Live.Joints;
using Ganglion.Robots.Modules;

namespace Ganglion.Cli.Verbs.Joint;

/// <summary>The keys of a terminal that move one module.</summary>
/// <param name="module">Which.</param>
/// <param name="wish">Is told what is held.</param>
/// <param name="quit">Ends it well.</param>
/// <param name="off">Switches its outputs off at once.</param>
internal sealed class JointKeys(JointModule module, JointWish wish, Action quit, Action off) : TerminalKeys(quit, _ => { })
{
    private int _servo;

    /// <summary>What is said of the keys, 80 columns.</summary>
    public static IEnumerable<string> Help(JointModule module)
    {
        string[] names = ["left right", "down up", "PgDn PgUp"];
        yield return "Hold a key and it moves; let go and it stops. SPACE or ESC: off at once.";
        yield return string.Join("   ", module.Axes.Select((axis, i) => $"{names[i]}  {axis.Name}")) + "   p park   q quit";
        if (module.Servos.Length > 1)
        {
            yield return $"1 to {module.Servos.Length} choose a gear, + and - move it; the others give way";
        }
    }

    protected override void Press(ConsoleKeyInfo key)
    {
        (int axis, int sign) = key.Key switch
        {
            ConsoleKey.RightArrow => (0, 1),
            ConsoleKey.LeftArrow => (0, -1),
            ConsoleKey.UpArrow => (Math.Min(1, module.Axes.Length - 1), 1),
            ConsoleKey.DownArrow => (Math.Min(1, module.Axes.Length - 1), -1),
            ConsoleKey.PageUp => (2, 1),
            ConsoleKey.PageDown => (2, -1),
            _ => (-1, 0),
        };
        if (axis >= 0 && axis < module.Axes.Length)
        {
            wish.Hold(new JointWish.Way(module.Axes[axis], sign));
            return;
        }

        switch (char.ToLowerInvariant(key.KeyChar))
        {
            case >= '1' and <= '9' when key.KeyChar - '1' < module.Servos.Length:
                _servo = key.KeyChar - '1';
                wish.LetGo();
                break;
            case '+' or '=':
                wish.Hold(new JointWish.Way(module.Servos[_servo], 1));
                break;
            case '-':
                wish.Hold(new JointWish.Way(module.Servos[_servo], -1));
                break;
            case 'p':
                wish.Hold(new JointWish.Way(null, 1));
                break;
            case 'q':
                Quit();
                break;
            case ' ' or Escape:
                off();
                break;
        }
    }
}
