using System.CommandLine;
using Ganglion.Cli.Pages;
using Ganglion.Rhythm.Cells;
using Ganglion.Rhythm.Shown;
using Ganglion.Rhythm.Spiking;
using Ganglion.Robots.Rhythms;
using Ganglion.Robots.Robot;

namespace Ganglion.Cli.Verbs.Rhythm.Show;

/// <summary>`ganglion rhythm show`: a rhythm on the page, to be set while it runs.</summary>
internal static class RhythmShowVerb
{
    private const string Spiking = "spiking", Leg = "leg";

    /// <summary>At which the spiking network begins, m/s.</summary>
    private const double Speed = 0.7;

    public static Command Create()
    {
        var name = new Argument<string>("name")
        {
            Description = $"What to show: a rhythm file, or the name of one in hardware/rhythms; {Spiking}: the spiking network; " +
                $"{Leg}: half-centers that move the paper's leg; or a type of cells, of which two make a half-center " +
                "(`ganglion rhythm cells`).",
            HelpName = "NAME",
        };
        Option<string> robot = CommonOptions.Robot("rig12");
        var port = new Option<string?>("--port", "-p")
        {
            Description = "Serial port of the board that the rhythm may be sent to; without it that is a virtual one.",
            HelpName = "PORT",
        };
        var output = new Option<string?>("--out")
        {
            Description = "File that the page's Save writes: the rhythm as it is set, for `ganglion rhythm play`.",
            HelpName = "FILE",
        };
        Option<int> seed = CommonOptions.Seed();
        Option<string?> listen = PageChoice.ListenOption();
        var command = new Command("show",
            "Opens a rhythm on the page, until Ctrl-C: computed here with the board's own code, with sliders that act at once, traces, a " +
                "phase plane, spikes where it has any, frequency and phases in numbers. What a setting would break is said. Whoever has " +
                "control may send it to a board as it is set, which plays it while a hand holds. Nothing moves before that.\n\n" +
            "Example: ganglion rhythm show half-center")
        {
            name, robot, port, output, seed, listen,
        };
        command.SetAction(result =>
        {
            string shown = result.GetValue(name)!;
            var page = new PageChoice(result.GetValue(listen), Off: false);
            if (shown is Spiking or Leg || CellTypes.Find(shown) != null)
            {
                Option[] ofBoards = [robot, port, output];
                if (Array.Find(ofBoards, option => result.GetResult(option) is { Implicit: false }) is { } wrong)
                {
                    throw new UsageException($"no board plays {shown}, it runs on this computer: leave out {wrong.Name}.");
                }

                return ShownHere.Run(() => Alone(shown, result.GetValue(seed)), page);
            }

            RobotDescription description = Descriptions.Robot(result.GetValue(robot)!);
            string? file = result.GetValue(output);
            Files.Check(file);
            if (file != null)
            {
                RhythmFile.NameFor(file);
            }

            return ShownOnBoard.Run(new ShownOnBoard.Options(description, Load(shown, description), result.GetValue(port), file,
                result.GetValue(seed), page));
        });
        return command;
    }

    private static ShownRhythm Alone(string name, int seed)
    {
        try
        {
            return name == Spiking ? new ShownCpg(CpgCalibration.Build(new CpgSettings(Seed: seed)), Speed)
                : name == Leg ? new ShownLeg() : new ShownPair(CellTypes.Find(name)!);
        }
        catch (NoOscillationException e)
        {
            throw new UserException(e.Message);
        }
    }

    private static RhythmDescription Load(string name, RobotDescription robot)
    {
        string path;
        try
        {
            path = ShippedFiles.Find(FileKind.Rhythm, name);
        }
        catch (UserException e)
        {
            throw new UserException($"{e.Message} Also shown: {Spiking}, {Leg}, and types of cells (`ganglion rhythm cells`).");
        }

        return RhythmFile.Load(path, robot);
    }
}
