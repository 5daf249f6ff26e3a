using System.CommandLine;
using System.Text;
using Ganglion.Cli.Parsing;
using Ganglion.Robots.Editing;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Cli.Verbs.New;

/// <summary>`ganglion new arm`: the description of an arm of any number of joints.</summary>
internal static class NewVerb
{
    public static Command Create() => new("new", "A description of a robot of your own.\n\n" +
        "Example: ganglion new arm --joints 7 --gears 4 --out mine.yaml")
    {
        Arm(),
    };

    private static Command Arm()
    {
        Option<int> joints = Numeric.Option<int>("--joints", "Joint modules, from base to tip.", new Bounds(1, TrunkArmText.MostJoints));
        Option<int> gears = Numeric.Option<int>("--gears", "Linear gears of each: the joint's design.", new Bounds(3, 4));
        var gripper = new Option<bool>("--gripper")
        {
            Description = "With a gripper at the tip.",
        };
        var output = new Option<FileInfo>("--out", "-o")
        {
            Description = "The file to write; the robot is called as it is.",
            Required = true,
            HelpName = "FILE.yaml",
        };
        (joints.Required, gears.Required) = (true, true);
        var command = new Command("arm",
            $"Writes the description of a trunk arm as drawn, of 1 to {TrunkArmText.MostJoints} joints, with as many boards, each with " +
                $"up to {TrunkArmText.MostServosOnABoard} servos of joints, PWM drivers and outputs as it needs. All verbs for arms take " +
                "it: reach and run steer it by the exact geometry until train has made a model of it. What your arm has otherwise, " +
                "change in the file, or let calibrate and adapt find it.\n\n" +
            "Example: ganglion new arm --joints 7 --gears 4 --out mine.yaml && ganglion reach 60 40 350 --robot mine.yaml")
        {
            joints, gears, gripper, output,
        };
        command.SetAction(result => Run(result.GetValue(joints), result.GetValue(gears), result.GetValue(gripper),
            result.GetValue(output)!.FullName));
        return command;
    }

    private static int Run(int joints, int gears, bool gripper, string path)
    {
        if (File.Exists(path))
        {
            throw new UserException($"{path} is there already, and perhaps changed by hand: give another name, or remove it.");
        }

        string text = TrunkArmText.Of(RobotFile.NameFor(path), (JointDesign)gears, joints, gripper);
        RobotDescription robot = RobotFile.Parse(Encoding.UTF8.GetBytes(text), path);
        Files.WriteWhole(path, text);
        var arm = TrunkArm.FromDescription(robot);
        double[] strokes = new double[arm.StrokeCount];
        Array.Fill(strokes, 1);
        double reach = arm.ForwardFromStrokes(strokes, []).Position.Length;
        int drivers = robot.Boards.Sum(board => board.Chips.Length);
        Output.Line($"{path}: {robot.Name}, {joints} {gears}-geared joints, {robot.Channels.Length} servos on {robot.Boards.Length} " +
            $"board(s) with {drivers} PWM driver(s); stretched, its tip is {1000 * reach:0} mm from the base.");
        return Errors.Ok;
    }
}
