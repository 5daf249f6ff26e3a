using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Session;
using Ganglion.Bridge.Words;
using Ganglion.Flash.Image;
using Ganglion.Flash.Looking;

namespace Ganglion.Flash.Writing;

/// <summary>Brings one board from whatever it is to one that answers and knows its description, step by step.</summary>
/// <param name="job">What is to be done.</param>
/// <param name="image">The application, checked.</param>
/// <param name="imageFile">The same as a file.</param>
/// <param name="tools">What it takes.</param>
public sealed class BoardFlash(FlashJob job, DeviceImage image, string imageFile, FlashTools tools)
{
    /// <summary>A runtime that was just written has to start before it can be asked.</summary>
    private const long StartTime = 2_000_000_000;

    private const int DetailTries = 3;

    private FlashStep _step;
    private PortTenant _tenant;

    /// <summary>Does all steps.</summary>
    /// <exception cref="FlashException">One failed; those after it were not begun.</exception>
    /// <exception cref="FlashInterruptedException">Interrupted.</exception>
    public FlashResult Run(IFlashProgress progress, CancellationToken cancellation)
    {
        try
        {
            PortFinding before = Looked(progress);
            ChipDetails chip = Asked(progress, cancellation);
            FlashTarget target = TargetFor(chip);
            Call(FlashStep.Runtime, Nanoff.Runtime(job.Port, target, job.RuntimeVersion), progress, cancellation);
            progress.Done(_step, $"{target.Name} is written.");
            Compared(progress, cancellation);
            long writing = tools.Clock.NowNanoseconds;
            Call(FlashStep.Application, Nanoff.Application(job.Port, target, imageFile), progress, cancellation);
            progress.Done(_step, $"{image.Length} bytes are written at 0x{target.Address:X}.");
            return Answered(before, chip, target, writing, progress, cancellation);
        }
        catch (OperationCanceledException)
        {
            throw new FlashInterruptedException(job.Port, _step);
        }
        catch (BoardException refused)
        {
            throw Failed(refused.Text.Cause, refused.Text.Remedy);
        }
        catch (IOException lost) when (lost is not FlashException)
        {
            // It names its port, which stands at the front already.
            string prefix = $"{job.Port}: ";
            throw Failed(lost.Message.StartsWith(prefix, StringComparison.Ordinal) ? lost.Message[prefix.Length..] : lost.Message, "");
        }
    }

    private PortFinding Looked(IFlashProgress progress)
    {
        Begin(FlashStep.Look, $"who is behind {job.Port}", progress);
        PortFinding found = new PortLook(tools.Open, tools.Clock).At(job.Port, job.Baud);
        if ((found.Objection ?? OfLink()) is { } objection)
        {
            throw Failed(objection.Cause, objection.Remedy);
        }

        _tenant = found.Tenant;
        progress.Done(_step, $"{found.What}.");
        return found;
    }

    /// <summary>The link of a classic ESP32 is another port: a host that streams to the board holds it, and the board says there whether
    /// its outputs are on.</summary>
    private (string Cause, string Remedy)? OfLink()
    {
        if (job.Link is not { } link || link == job.Port)
        {
            return null;
        }

        try
        {
            return PortFinding.OfPowered(link, BoardEnquiry.Ask(link, tools.Open(link, job.Baud), tools.Clock, PortLook.Patience).Identity);
        }
        catch (BoardException)
        {
            return null; // nobody of ours yet
        }
    }

    private ChipDetails Asked(IFlashProgress progress, CancellationToken cancellation)
    {
        ToolOutcome outcome = Call(FlashStep.Chip, Nanoff.Chip(job.Port), progress, cancellation);
        ChipDetails chip = ChipDetails.Read(outcome.Output) ?? throw Failed(
            $"nanoff named no chip: {NanoffWords.LastWords(outcome.Output)}", "See that the board is an ESP32.");
        progress.Done(_step, $"{chip}.");
        return chip;
    }

    private FlashTarget TargetFor(ChipDetails chip)
    {
        FlashTarget target = job.Target ?? (chip.Chip == FlashTarget.Classic.Chip ? FlashTarget.Classic
            : throw Failed($"the chip is an {chip.Chip}, and no target was given", $"Give --target: {FlashTarget.WhichS3}. Other chips " +
                "have no pins in the firmware."));
        return chip.Against(target) is { } against ? throw Failed(against.Cause, against.Remedy) : target;
    }

    private void Compared(IFlashProgress progress, CancellationToken cancellation)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                ToolOutcome outcome = Call(FlashStep.Compare, Nanoff.Details(job.Port), progress, cancellation);
                image.CheckRuntime(RuntimeLibrary.Read(outcome.Output));
                progress.Done(_step, $"{image.Assemblies.Count(one => one.NativeChecksum != 0)} libraries have the native methods that " +
                    "the image needs.");
                return;
            }
            catch (FlashException) when (tries < DetailTries)
            {
                // It may still be starting.
                tools.Clock.WaitUntil(tools.Clock.NowNanoseconds + StartTime);
            }
            catch (InvalidDataException other)
            {
                throw Failed(other.Message,
                    "--fwversion VERSION takes another runtime; `nanoff --listtargets --platform esp32` lists them.");
            }
        }
    }

    private FlashResult Answered(PortFinding before, ChipDetails chip, FlashTarget target, long writing, IFlashProgress progress,
        CancellationToken cancellation)
    {
        Begin(FlashStep.Answer, "the firmware on its link", progress);
        if (Link(before, writing, cancellation) is not { } link)
        {
            string wire = (before.Tenant == PortTenant.BootLoader ? "It waited in its boot loader before: press EN (reset) with BOOT " +
                "released. " : "") + "Connect an adapter to its link's pins (firmware/README.md, Wiring) and give its port with --link. " +
                "An image that was built for other pins (GanglionPins) is silent there too.";
            if (job.Configuration != null)
            {
                throw Failed("no port has a board that has started since it was written", wire);
            }

            progress.Done(_step, $"no port has a board that has started since it was written. {wire}");
            return new FlashResult(before, chip, target, null, null, Described: false);
        }

        string name = job.Configuration?.Board ?? link;
        using var session = new BoardSession(name, () => tools.Open(link, job.Baud), tools.Clock);
        BoardIdentity identity = Await(session, session.Connect(), cancellation);
        progress.Done(_step, $"firmware {identity.Firmware} with the pins of {StateWords.Profile(identity.Profile)} answers on {link}.");
        if (job.Configuration is { } configuration)
        {
            Begin(FlashStep.Description, FlashPlan.Words(configuration), progress);
            int length = Describe(session, identity, configuration, cancellation);
            progress.Done(_step, $"{length} bytes are written and read back.");
        }

        return new FlashResult(before, chip, target, link, identity, job.Configuration != null);
    }

    private int Describe(BoardSession session, BoardIdentity identity, BoardConfiguration configuration, CancellationToken cancellation)
    {
        if (identity.Profile != configuration.Profile)
        {
            throw Failed($"the image has the pins of {StateWords.Profile(identity.Profile)}, and the description says " +
                StateWords.Profile(configuration.Profile), $"Take the image for {StateWords.Profile(configuration.Profile)} " +
                "(GanglionPins in firmware/README.md), or mend `profile` in the description.");
        }

        session.Await(session.Configure(configuration), cancellation);
        byte[] read = Await(session, session.ReadConfiguration(), cancellation);
        return read.AsSpan().SequenceEqual(BoardConfigEncoder.Encode(configuration)) ? read.Length
            : throw Failed("what was read back is not what was written", "Check the link's cable and run it again.");
    }

    private static T Await<T>(BoardSession session, BoardQuery<T> query, CancellationToken cancellation)
    {
        session.Await(query, cancellation);
        return query.Result;
    }

    /// <summary>The port with the board that was written: it has started since. Null: there is none.</summary>
    private string? Link(PortFinding before, long writing, CancellationToken cancellation)
    {
        if (job.Link != null || before.Tenant is PortTenant.Ganglion or PortTenant.OtherDefinition)
        {
            return job.Link ?? job.Port;
        }

        foreach (string port in tools.Ports().Where(one => one != job.Port).Prepend(job.Port))
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                BoardIdentity identity = BoardEnquiry.Ask(port, tools.Open(port, job.Baud), tools.Clock, PortLook.Patience).Identity;
                if (identity.BoardTime * 1000L <= tools.Clock.NowNanoseconds - writing)
                {
                    return port;
                }
            }
            catch (IOException)
            {
                // In use, gone, or with somebody else behind it: not this board's.
            }
        }

        return null;
    }

    private ToolOutcome Call(FlashStep step, string[] arguments, IFlashProgress progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Begin(step, Nanoff.AsTyped(arguments), progress);
        ToolOutcome outcome = tools.Nanoff.Run(arguments, progress.Says, cancellation);
        if (outcome.ExitCode != 0)
        {
            (string cause, string remedy) = NanoffWords.Of(outcome);
            throw Failed(cause, step == FlashStep.Chip ? WhatElse + remedy : remedy);
        }

        return NanoffWords.DidNothing(outcome) ? throw Failed("nanoff did nothing", NanoffWords.OtherRelease) : outcome;
    }

    /// <summary>What else than nanoff's remedy helps against a chip that does not answer, by who was behind the port before.</summary>
    private string WhatElse => _tenant switch
    {
        PortTenant.Ganglion or PortTenant.OtherDefinition => "If this is the adapter at the link's pins, give the board's own USB port " +
            "with --port, and this one with --link. ",
        PortTenant.Silent => "Not a byte came from this port before either: no supply, a cable for charging only, or a dead adapter. ",
        _ => "",
    };

    private void Begin(FlashStep step, string what, IFlashProgress progress)
    {
        _step = step;
        progress.Begins(step, what);
    }

    private FlashException Failed(string cause, string remedy) => new(job.Port, _step, cause, remedy);
}
