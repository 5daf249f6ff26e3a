using Ganglion.Basics.Space;
using Ganglion.Live.Teleop;
using Ganglion.Live.Viewing;

namespace Ganglion.Cli.Verbs.Arm;

/// <summary>
/// The keys of a terminal as an operator's device, on a thread of their own: a terminal tells no release, so that a key counts as held
/// while it repeats, and 300 ms longer.
/// </summary>
internal sealed class TeleopKeys : TerminalKeys
{
    /// <summary>What is said of the keys; 80 columns.</summary>
    public static readonly string[] Help =
    [
        "Hold a key and the arm moves; let go and it holds. SPACE or ESC stops it at once.",
        "arrows forward, back, left, right   PgUp PgDn up, down   Shift with them: faster",
        "h home   p park   t teach   y play   f forget   c record on/off   v play recording",
        "w s a d z x turn the tip (--orientation)   r arm again after a stop   q park, quit",
        "o open the gripper   g grip (of an arm that has one)",
        Control,
    ];

    /// <summary>Share of the largest speed without and with Shift.</summary>
    private const double Slow = 0.5, Fast = 1;

    private readonly TeleopClient _client;
    private readonly ViewExchange<ArmView> _views;
    private readonly ArmView _view;
    private long _seen;
    private char _playing;

    /// <param name="client">Has control.</param>
    /// <param name="views">Tell what is under way.</param>
    /// <param name="quit">Called when that key is pressed.</param>
    /// <param name="refused">Is told what was refused.</param>
    public TeleopKeys(TeleopClient client, ViewExchange<ArmView> views, Action quit, Action<string> refused)
        : base(quit, refused) => (_client, _views, _view) = (client, views, views.Make());

    protected override void Press(ConsoleKeyInfo key)
    {
        if (!HasControl(_client, key))
        {
            return;
        }

        double share = (key.Modifiers & ConsoleModifiers.Shift) != 0 ? Fast : Slow;
        (Vec3 way, Vec3 turn) = key.Key switch
        {
            ConsoleKey.UpArrow => (new Vec3(share, 0, 0), default),
            ConsoleKey.DownArrow => (new Vec3(-share, 0, 0), default),
            ConsoleKey.LeftArrow => (new Vec3(0, share, 0), default),
            ConsoleKey.RightArrow => (new Vec3(0, -share, 0), default),
            ConsoleKey.PageUp => (new Vec3(0, 0, share), default),
            ConsoleKey.PageDown => (new Vec3(0, 0, -share), default),
            ConsoleKey.W => (default, new Vec3(0, share, 0)),
            ConsoleKey.S => (default, new Vec3(0, -share, 0)),
            ConsoleKey.A => (default, new Vec3(-share, 0, 0)),
            ConsoleKey.D => (default, new Vec3(share, 0, 0)),
            ConsoleKey.Z => (default, new Vec3(0, 0, share)),
            ConsoleKey.X => (default, new Vec3(0, 0, -share)),
            _ => (default(Vec3), default(Vec3)),
        };
        if (way != default || turn != default)
        {
            Tell(_client.Offer(new TeleopInput(true, TeleopKind.Stick) { Way = way, Turn = turn }));
            return;
        }

        if (char.ToLowerInvariant(key.KeyChar) is 'o' or 'g')
        {
            Tell(_client.Offer(new TeleopInput(true, TeleopKind.Grip)
            {
                Values = new Vec3(char.ToLowerInvariant(key.KeyChar) == 'g' ? 1 : 0, 0, 0),
            }));
            return;
        }

        _views.TryRead(_view, ref _seen);
        switch (char.ToLowerInvariant(key.KeyChar))
        {
            case ' ' or Escape:
                Order(TeleopOrderKind.Stop);
                break;
            case 'r':
                Order(TeleopOrderKind.Rearm);
                break;
            case 't':
                Order(TeleopOrderKind.Teach);
                break;
            case 'f':
                Order(TeleopOrderKind.Forget);
                break;
            case 'c':
                Order(_view.Operation.IsRecording ? TeleopOrderKind.EndRecord : TeleopOrderKind.Record);
                break;
            case 'h':
                Play('h', TeleopOrderKind.Home);
                break;
            case 'p':
                Play('p', TeleopOrderKind.Park);
                break;
            case 'y':
                Play('y', TeleopOrderKind.Play);
                break;
            case 'v':
                Play('v', TeleopOrderKind.Replay);
                break;
            case 'q':
                Quit();
                break;
        }
    }

    /// <summary>The first press of a key orders it, and the key held lets it go on.</summary>
    private void Play(char key, TeleopOrderKind kind)
    {
        bool isUnderWay = !double.IsNaN(_view.Operation.Played);
        if (key != _playing || (!isUnderWay && !_view.Operation.IsHeld))
        {
            _playing = key;
            Order(kind);
        }

        Tell(_client.Offer(new TeleopInput(true)));
    }

    private void Order(TeleopOrderKind kind) => Tell(_client.Order(new TeleopOrder(kind)));
}
