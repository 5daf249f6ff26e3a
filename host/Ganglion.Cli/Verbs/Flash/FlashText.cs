using Ganglion.Bridge.Serial;
using Ganglion.Flash.Image;
using Ganglion.Flash.Looking;
using Ganglion.Flash.Writing;

namespace Ganglion.Cli.Verbs.Flash;

/// <summary>Tells how boards are flashed, for people and for programs.</summary>
internal sealed class FlashText(bool json)
{
    private readonly List<(FlashJob Job, FlashResult Result)> _done = [];

    /// <summary>What is behind each port.</summary>
    public static void Ports(IReadOnlyList<(PortInfo Port, string Words)> ports, bool json)
    {
        if (json)
        {
            Output.Json(new { Ports = ports.Select(one => new { Port = one.Port.StableName, one.Port.Chip, one.Words }) });
            return;
        }

        foreach ((PortInfo port, string words) in ports)
        {
            Output.Line($"{port.StableName}{(port.Chip.Length > 0 ? $" ({port.Chip})" : "")}");
            Output.Line($"  {words}");
        }
    }

    /// <summary>What would be done.</summary>
    /// <param name="found">Each board, and who is behind its port.</param>
    /// <param name="image">The firmware; null: there is none.</param>
    /// <param name="imageFile">What to call it.</param>
    /// <param name="install">How nanoff would be installed; null: it is there.</param>
    /// <param name="json">As one object.</param>
    public static void Plans((FlashJob Job, PortFinding Found)[] found, DeviceImage? image, string imageFile, string? install, bool json)
    {
        (FlashJob Job, PortFinding Found, IReadOnlyList<(FlashStep Step, string What)> Steps)[] plans = [.. found.Select(one => (one.Job,
            one.Found, FlashPlan.Of(one.Job, one.Found, image, imageFile)))];
        if (json)
        {
            Output.Json(new
            {
                DryRun = true,
                Install = install,
                Boards = plans.Select(plan => new
                {
                    Board = plan.Job.Configuration?.Board,
                    plan.Job.Port,
                    Tenant = Name(plan.Found.Tenant),
                    MayBeWritten = plan.Found.Objection == null,
                    Steps = plan.Steps.Select(step => new { Step = Name(step.Step), step.What }),
                }),
            });
            return;
        }

        if (install != null)
        {
            Output.Line($"nanoff is not installed; first: {install}");
        }

        foreach ((FlashJob job, _, IReadOnlyList<(FlashStep Step, string What)> steps) in plans)
        {
            Output.Line($"{Who(job)}: nothing of this is done now.");
            foreach ((FlashStep step, string what) in steps)
            {
                Output.Line($"  {Number(step)} {what}");
            }
        }
    }

    /// <summary>Shows how nanoff is installed.</summary>
    public Nanoff Installing(Func<Action<string>, Nanoff> install) => Output.Progress(json, "nanoff", " is installed", install);

    /// <summary>Flashes a board and shows how it goes.</summary>
    public void Board(FlashJob job, Func<IFlashProgress, FlashResult> flash) => _done.Add((job, Output.Progress(json, Who(job), "",
        show => flash(new Shown(json, show)))));

    /// <summary>All boards are done.</summary>
    public void End()
    {
        if (json)
        {
            Output.Json(new
            {
                DryRun = false,
                Boards = _done.Select(one => new
                {
                    Board = one.Job.Configuration?.Board,
                    one.Job.Port,
                    Tenant = Name(one.Result.Before.Tenant),
                    one.Result.Chip,
                    Target = one.Result.Target.Name,
                    one.Result.Link,
                    Firmware = one.Result.Firmware?.Firmware.ToString(),
                    one.Result.Described,
                }),
            });
            return;
        }

        string[] links = [.. _done.Select(one => one.Result.Link).OfType<string>()];
        Output.Line($"{(_done.Count == 1 ? "The board is" : $"{_done.Count} boards are")} flashed." + (links.Length == 0 ? ""
            : $" Next: ganglion info --port {string.Join(' ', links)}"));
    }

    /// <summary>What has become of the other boards of a run that did not come to its end; empty where there are none.</summary>
    public string Others(IReadOnlyList<FlashJob> jobs)
    {
        string[] before = [.. _done.Select(one => Who(one.Job))], after = [.. jobs.Skip(_done.Count + 1).Select(Who)];
        return (before.Length > 0 ? $" Done before it: {string.Join(", ", before)}." : "") + (after.Length > 0
            ? $" Not touched: {string.Join(", ", after)}." : "");
    }

    private static string Who(FlashJob job) => job.Configuration is { Board: { Length: > 0 } name } ? $"{name} on {job.Port}" : job.Port;

    private static string Number(FlashStep step) => $"{(int)step + 1}/{FlashSteps.Count} {Name(step),-11}";

    private static string Name<T>(T value) where T : struct, Enum => char.ToLowerInvariant($"{value}"[0]) + $"{value}"[1..];

    private sealed class Shown(bool quiet, Action<string> show) : IFlashProgress
    {
        public void Begins(FlashStep step, string what) => Line($"  {Number(step)} {what}");

        public void Says(string line) => show(line);

        public void Done(FlashStep step, string found) => Line($"  {"",-15} {found}");

        private void Line(string text)
        {
            if (!quiet)
            {
                Output.Line(text);
            }
        }
    }
}
