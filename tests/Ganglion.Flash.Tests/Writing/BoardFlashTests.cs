using System.Diagnostics;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Operations;
using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Session;
using Ganglion.Flash.Looking;
using Ganglion.Flash.Writing;
using Ganglion.VirtualBoard.Faults;

namespace Ganglion.Flash.Tests.Writing;

/// <summary>Boards through all steps, and through each one that fails, against a nanoff that is none and virtual boards.</summary>
public sealed class BoardFlashTests
{
    [Fact]
    public void A_board_out_of_its_bag_is_written_answers_and_knows_its_description()
    {
        using var bench = new FlashBench();
        bench.Ports = () => Reset(bench, "base", ["link0"]);
        FlashResult result = bench.Flash(bench.Job());
        Assert.Equal(
        [
            $"--platform esp32 --serialport {bench.UsbPort} --devicedetails",
            $"--update --target ESP32_PSRAM_REV3 --serialport {bench.UsbPort} --verbosity minimal",
            $"--nanodevice --devicedetails --serialport {bench.UsbPort}",
            $"--target ESP32_PSRAM_REV3 --serialport {bench.UsbPort} --deploy --image {bench.ImageFile} --address 0x1E0000",
        ], bench.Nanoff.Calls);
        Assert.Equal(bench.Image.ToBytes(), bench.Nanoff.Written.Image);
        Assert.Equal("0x1E0000", bench.Nanoff.Written.Address);
        Assert.Equal("Major", bench.Nanoff.Environment[0]);
        Assert.True(Directory.Exists(Path.Combine(bench.Nanoff.Environment[1], "shared", "Microsoft.NETCore.App")));
        Assert.Equal((PortTenant.Silent, "link0", true), (result.Before.Tenant, result.Link, result.Described));
        Assert.Equal("ESP32-D0WD-V3 (revision v3.1), 4 MB of flash, 24:0A:C4:12:34:56", result.Chip.ToString());

        // The board itself says that it has it, to somebody who asks anew.
        BoardReport report = BoardEnquiry.Ask("base", bench.Open("link0", bench.Job().Baud), bench.Robot.World);
        Assert.Equal(BoardConfigEncoder.Encode(bench.Job().Configuration!), BoardConfigEncoder.Encode(report.Configuration!));
        Assert.Equal(Enum.GetValues<FlashStep>(), bench.Told.Select(line => Enum.Parse<FlashStep>(line[..line.IndexOf(':')])).Distinct());
    }

    /// <summary>Each step of nanoff in turn: the message names step, cause in nanoff's words, remedy, and what the board is left as;
    /// nothing after it is begun.</summary>
    [Theory]
    [InlineData("chip", "Error E4000: Error executing ESP32 serial command. (Failed to connect to ESP32 bootloader. No sync response " +
        "received.)",
        "step 2 of 7, chip: nanoff says: E4000: Error executing ESP32 serial command. (Failed to connect to ESP32 bootloader. No sync " +
        "response received.). Not a byte came from this port before either: no supply, a cable for charging only, or a dead adapter. " +
        "Hold BOOT", "Nothing was written to the board.", 1)]
    [InlineData("runtime", "Failure to download package.\nE9007",
        "step 3 of 7, runtime: nanoff says: E9007: Error downloading firmware file. (Failure to download package). See that this machine " +
        "reaches the internet", "may be half written", 2)]
    [InlineData("compare", "Error E2001: Error occurred with listing nano devices. (Couldn't connect to specified nano device.)",
        "step 4 of 7, compare: nanoff says: E2001: Error occurred with listing nano devices. (Couldn't connect to specified nano " +
        "device.). Press EN", "the application that it had was not touched", 5)]
    [InlineData("application", "Lost connection, retrying...\nError E4003: Failed to write new firmware to ESP32.",
        "step 5 of 7, application: nanoff says: E4003: Failed to write new firmware to ESP32. See to the board's supply",
        "the same command writes both anew", 4)]
    public void A_nanoff_that_fails_is_told_with_step_cause_and_remedy(string step, string says, string told, string left, int calls)
    {
        using var bench = new FlashBench();
        bench.Nanoff.Fail(step, says);
        string message = bench.Failed(bench.Job());
        Assert.StartsWith($"{bench.UsbPort}: {told}", message);
        Assert.EndsWith(".", message);
        Assert.Contains(left, message);
        Assert.Equal(calls, bench.Nanoff.Calls.Length);
    }

    /// <summary>An adapter at the link's pins cannot bring a chip into its boot loader.</summary>
    [Fact]
    public void A_link_that_was_taken_for_the_boards_own_port_is_told()
    {
        using var bench = new FlashBench();
        bench.Nanoff.Fail("chip", "Error E4000: Error executing ESP32 serial command.");
        FlashJob job = bench.Job() with { Port = bench.UsbPort + "-link0" };
        File.WriteAllText(job.Port, "");
        Assert.Contains("If this is the adapter at the link's pins, give the board's own USB port with --port, and this one with --link. " +
            "Hold BOOT", bench.Failed(job));
    }

    [Fact]
    public void A_runtime_with_other_native_methods_gets_no_application()
    {
        using var bench = new FlashBench();
        bench.Nanoff.Put("libraries", "  mscorlib v100.5.0.25, checksum 0x445C7AF9");
        string message = bench.Failed(bench.Job());
        Assert.Contains("step 4 of 7, compare: mscorlib 1.17.11.0 needs native methods with the checksum 0x1549C856; the board's runtime " +
            "has 0x445C7AF9 (v100.5.0.25)", message);
        Assert.Contains("--fwversion VERSION takes another runtime", message);
        Assert.DoesNotContain(bench.Nanoff.Calls, call => call.Contains("--deploy"));
    }

    [Theory]
    [InlineData("ESP32-S3 (ESP32-S3 (QFN56) (revision v0.2))", "the chip is an ESP32-S3, and ESP32_PSRAM_REV3 is for an ESP32")]
    [InlineData("ESP32 (ESP32-D0WDQ6 (revision v1.0))", "the chip is of revision 1, and ESP32_PSRAM_REV3 starts from revision 3 on")]
    public void A_chip_that_the_runtime_does_not_fit_is_refused_before_anything_is_written(string chip, string told)
    {
        using var bench = new FlashBench();
        bench.Nanoff.Put("chip", chip);
        string message = bench.Failed(bench.Job());
        Assert.Contains($"step 2 of 7, chip: {told}", message);
        Assert.EndsWith("Nothing was written to the board.", message);
        Assert.Single(bench.Nanoff.Calls);
    }

    [Fact]
    public void An_s3_without_a_target_is_asked_for_one()
    {
        using var bench = new FlashBench();
        bench.Nanoff.Put("chip", "ESP32-S3 (ESP32-S3 (QFN56) (revision v0.2))");
        Assert.Contains("give --target ESP32_S3_OCTAL for a module with octal PSRAM", bench.Failed(bench.Job() with { Target = null }));
        bench.Ports = () => [];
        bench.Flash(bench.Job() with { Target = FlashTarget.Of("ESP32_S3_QUAD"), Configuration = null, RuntimeVersion = "1.12.4.289" });
        Assert.Equal("0x1B0000", bench.Nanoff.Written.Address);
        Assert.Contains(bench.Nanoff.Calls, call => call.Contains("--target ESP32_S3_QUAD") && call.Contains("--fwversion 1.12.4.289"));
        Assert.Contains(bench.Told, line => line.StartsWith("Answer: no port has a board", StringComparison.Ordinal));
    }

    /// <summary>Three boards on their links, of which one was written and has started since.</summary>
    [Fact]
    public void The_link_is_that_of_the_board_that_has_started_since()
    {
        using var bench = new FlashBench("trunk25-4g");
        string last = bench.Description.Boards[2].Id;
        bench.Ports = () => Reset(bench, last, ["link0", "link1", "link2"]);
        FlashResult result = bench.Flash(bench.Job(2));
        Assert.Equal(("link2", $"trunk25-4g/{last}"), (result.Link, result.Firmware!.Name));
    }

    [Fact]
    public void A_link_that_nobody_answers_on_is_told()
    {
        using var bench = new FlashBench();
        bench.Ports = () => ["link0"]; // its board runs since before
        string message = bench.Failed(bench.Job());
        Assert.Contains("step 6 of 7, answer: no port has a board that has started since it was written. Connect an adapter", message);
        Assert.Contains("GanglionPins", message);
        Assert.EndsWith("Runtime and application are written; the firmware has not answered as it should.", message);
        Assert.Contains("step 6 of 7, answer: no board answers on nobody", bench.Failed(bench.Job() with { Link = "nobody" }));
    }

    [Fact]
    public void A_description_that_is_not_the_boards_is_told()
    {
        using var bench = new FlashBench("trunk25-4g");
        Assert.Contains("step 7 of 7, description: the board on virtual:", bench.Failed(bench.Job(1) with { Link = "link0" }));
        BoardConfiguration configuration = bench.Job().Configuration! with { Profile = 3 };
        Assert.Contains("step 7 of 7, description: the image has the pins of esp32-wroom, and the description says esp32-s3. Take the " +
            "image for esp32-s3 (GanglionPins", bench.Failed(bench.Job() with { Link = "link0", Configuration = configuration }));
    }

    /// <summary>The port's own words, behind the step, once.</summary>
    [Fact]
    public void A_port_that_cannot_be_opened_is_told_with_its_step()
    {
        using var bench = new FlashBench();
        string port = bench.UsbPort + "-none";
        bench.Opens = SerialPorts.OpenAlone;
        string message = bench.Failed(bench.Job() with { Port = port });
        Assert.StartsWith($"{port}: step 1 of 7, look: there is no such device. Plug the board in", message);
        Assert.EndsWith("for charging only. Nothing was written to the board.", message);
    }

    /// <summary>Flashing resets: what a board holds up would fall.</summary>
    [Fact]
    public void A_board_whose_outputs_are_on_is_not_touched()
    {
        using var bench = new FlashBench();
        using var session = new BoardSession("base", () => bench.Open("link0", 921600), bench.Robot.World, new Random(1));
        session.Await(session.Connect());
        session.Await(session.Configure(bench.Job().Configuration!));
        session.Await(session.Arm());
        foreach (FlashJob job in (FlashJob[])[bench.Job() with { Port = "link0" }, bench.Job() with { Link = "link0" }])
        {
            string message = bench.Failed(job);

            // Where the debugging port is looked at first, the board has waited for its host in vain meanwhile.
            Assert.Matches("step 1 of 7, look: its board (is armed, outputs on|went safe), and flashing resets it", message);
            Assert.Contains("`ganglion disarm --port link0`. Nothing was written to the board.", message);
        }

        Assert.Empty(bench.Nanoff.Calls);
    }

    /// <summary>Ctrl-C while nanoff writes: it is ended with all that it started, and the board's state is told.</summary>
    [Theory]
    [InlineData("runtime", "interrupted in step 3 of 7, runtime. The board's runtime may be half written")]
    [InlineData("application", "interrupted in step 5 of 7, application. The board has the new runtime, and an application that may be")]
    public void An_interrupted_write_says_what_the_board_is_left_as(string step, string told)
    {
        using var bench = new FlashBench();
        using var interrupt = new CancellationTokenSource();
        bench.Nanoff.Hang(step);
        bench.AtLine = line =>
        {
            if (line == "hanging")
            {
                interrupt.Cancel();
            }
        };
        FlashInterruptedException interrupted = Assert.Throws<FlashInterruptedException>(() => bench.Flash(bench.Job(), interrupt.Token));
        Assert.Contains(told, interrupted.Message);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(bench.Nanoff.Hanging));
    }

    [Fact]
    public void A_plan_says_each_step_and_does_none()
    {
        using var bench = new FlashBench();
        PortFinding found = new PortLook(bench.Open, bench.Robot.World).At("link0", 921600);
        FlashJob job = bench.Job() with { Port = "link0" };
        (FlashStep Step, string What)[] plan = [.. FlashPlan.Of(job, found, bench.Image, "image.bin")];
        Assert.Equal(Enum.GetValues<FlashStep>(), plan.Select(one => one.Step));
        Assert.Equal("nanoff --target ESP32_PSRAM_REV3 --serialport link0 --deploy --image image.bin --address 0x1E0000; " +
            $"{bench.Image.Length} bytes.", plan[4].What);
        Assert.Equal("the firmware is asked on the same port.", plan[5].What);
        Assert.Contains("trunk10-4g/base: 40 channels on 3 chips", plan[6].What);
        Assert.Empty(bench.Nanoff.Calls);
    }

    private static IReadOnlyList<string> Reset(FlashBench bench, string board, string[] ports)
    {
        bench.Robot.Faults.Inject(FaultCommand.Parse($"board {board} reset"));
        return ports;
    }
}
