using Ganglion.Bridge.Session;
using Ganglion.Live.Joints;
using Ganglion.Robots.Robot;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;
using Ganglion.VirtualBoard.Chips;
using Ganglion.VirtualBoard.Time;

namespace Ganglion.Live.Tests.Joints;

/// <summary>A virtual robot as it is wired, a bench that goes by what it believes of it, and a witness of every pulse.</summary>
internal sealed class JointRig : IWorldBody, IDisposable
{
    public const double Speed = 20;

    private readonly CancellationTokenSource _well = new(), _atOnce = new();
    private readonly List<BoardSession> _sessions = [];

    public JointRig(string wired) : this(ShippedFiles.Robot(wired))
    {
    }

    public JointRig(RobotDescription wired)
    {
        Robot = new VirtualRobot(wired, FirmwareImage.Embedded, 1);
        Robot.World.AddBody(this);
    }

    public VirtualRobot Robot { get; }

    /// <summary>By board, chip and output: times, ns, and pulses, s, each time they changed.</summary>
    public Dictionary<(int Board, int Chip, int Output), List<(long At, double Pulse)>> Pulses { get; } = [];

    /// <summary>Called each step of the world.</summary>
    public Action<JointRig> Watch { get; set; } = _ => { };

    public EndRequest End => new(_well.Token, _atOnce.Token);

    public void EndWell() => _well.Cancel();

    public void EndAtOnce() => _atOnce.Cancel();

    /// <param name="believed">The description that the bench goes by; null: that of the wiring.</param>
    /// <param name="only">The only board that is there; null: all are.</param>
    public JointBench Bench(RobotDescription? believed = null, int? only = null)
    {
        RobotDescription robot = believed ?? Robot.Description;
        _sessions.ForEach(session => session.Dispose());
        _sessions.Clear();
        BoardSession?[] boards = [.. robot.Boards.Select((board, i) => only is { } one && one != i ? null
            : new BoardSession(board.Id, () => Robot.Connect(i), Robot.World, new Random(1)))];
        _sessions.AddRange(boards.OfType<BoardSession>());
        var bench = new JointBench(robot, boards, Robot.World, Speed, End);
        bench.Open();
        return bench;
    }

    /// <summary>Whether no output of any chip gives pulses.</summary>
    public bool IsOff => Pwms().All(pwm => Enumerable.Range(0, Pca9685.Channels).All(output => pwm.Chip.PulseSeconds(output) == 0));

    /// <summary>Fastest that an output's pulse changed over 0.3 s to 1 s, as degrees/s of a hobby servo, less the count that rounding may
    /// add.</summary>
    public double PeakSpeed()
    {
        const double count = 20e-3 / 4096, degrees = 180 / 2000e-6;
        double peak = 0;
        foreach (List<(long At, double Pulse)> all in Pulses.Values)
        {
            (long At, double Pulse)[] on = [.. all.Where(one => one.Pulse > 0)];
            for (int first = 0, i = 0; i < on.Length; i++)
            {
                while (on[i].At - on[first].At > 1_000_000_000)
                {
                    first++;
                }

                for (int k = first; k < i && on[i].At - on[k].At > 300_000_000; k++)
                {
                    peak = Math.Max(peak, (Math.Abs(on[i].Pulse - on[k].Pulse) - count) / (1e-9 * (on[i].At - on[k].At)));
                }
            }
        }

        return peak * degrees;
    }

    public void Advance(long nowNs)
    {
        foreach ((int board, int chip, Pca9685 pwm) in Pwms())
        {
            for (int output = 0; output < Pca9685.Channels; output++)
            {
                double pulse = pwm.PulseSeconds(output);
                if (!Pulses.TryGetValue((board, chip, output), out List<(long At, double Pulse)>? all))
                {
                    if (pulse == 0)
                    {
                        continue;
                    }

                    Pulses.Add((board, chip, output), all = []);
                }

                if (all.Count == 0 || all[^1].Pulse != pulse)
                {
                    all.Add((nowNs, pulse));
                }
            }
        }

        Watch(this);
    }

    public void Dispose()
    {
        _sessions.ForEach(session => session.Dispose());
        Robot.Dispose();
        _well.Dispose();
        _atOnce.Dispose();
    }

    private IEnumerable<(int Board, int Index, Pca9685 Chip)> Pwms()
    {
        for (int board = 0; board < Robot.Boards.Count; board++)
        {
            for (int chip = 0; chip < Robot.Boards[board].Chips.Count; chip++)
            {
                if (Robot.Boards[board].Chips[chip] is Pca9685 pwm)
                {
                    yield return (board, chip, pwm);
                }
            }
        }
    }
}
