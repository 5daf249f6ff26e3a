using System.Buffers.Binary;
using System.Diagnostics;
using Ganglion.Bridge.Messages;
using Ganglion.Bridge.Serial;
using Ganglion.Bridge.Timing;
using Ganglion.Flash.Looking;
using Ganglion.Flash.Tests.Image;
using Ganglion.Live.Tests;
using Ganglion.Shared.Link;
using Ganglion.VirtualBoard.Boards;
using Ganglion.VirtualBoard.Bodies;

namespace Ganglion.Flash.Tests.Looking;

/// <summary>Who is behind a port, each told from the others.</summary>
public sealed class PortLookTests
{
    private const int Baud = 921600;

    [Fact]
    public void A_board_of_ours_is_known_and_told_from_one_that_holds_something_up()
    {
        using var robot = new VirtualRobot(ShippedFiles.Robot("trunk10-4g"), FirmwareImage.Embedded);
        PortFinding found = new PortLook((_, _) => robot.Connect(0), robot.World).At("port", Baud);
        Assert.Equal((PortTenant.Ganglion, null), (found.Tenant, found.Objection));
        Assert.Contains("'trunk10-4g/base', firmware 0.1, esp32-wroom, is idle, outputs off", found.What);
    }

    [Theory]
    [InlineData(Definition.ProtocolVersion, "defined differently")]
    [InlineData(Definition.ProtocolVersion + 1, "version ")]
    public void A_board_of_another_release_is_told_from_one_without_firmware(int protocol, string told)
    {
        PortFinding found = At((_, _) => OtherIdentity((ushort)protocol));
        Assert.Equal(PortTenant.OtherDefinition, found.Tenant);
        Assert.Contains(told, found.What);
        Assert.Contains("Flash it with the firmware of this program's release", found.Next);
    }

    /// <summary>The ping is judged as nf-interpreter does (WP_Message_VerifyHeader, VerifyPayload), by the tests' own checksum.</summary>
    [Fact]
    public void The_debugger_of_a_runtime_answers_its_ping()
    {
        PortFinding found = At((baud, sent) => baud == Baud && IsPing(sent) ? [0xFF, .. "NFPKTV1\0"u8, .. new byte[24]] : []);
        Assert.Equal((PortTenant.Runtime, null), (found.Tenant, found.Objection));
        Assert.Contains("nanoFramework's debugger answers, not the Ganglion firmware", found.What);
    }

    [Fact]
    public void A_boot_loader_that_waits_is_known_by_its_answer_and_by_its_text()
    {
        byte[] answer = [0xC0, 1, 8, 4, 0, 7, 7, 0x12, 0x20, 0, 0, 0, 0, 0xC0];
        PortFinding byAnswer = At((baud, sent) => baud == 115200 && sent.AsSpan().StartsWith((byte[])[0xC0, 0, 8, 36, 0]) ? answer : []);
        PortFinding byText = At((_, _) => [], baud => baud != 115200 ? []
            : "rst:0x1 (POWERON_RESET),boot:0x3 (DOWNLOAD_BOOT(UART0/UART1/SDIO_REI_REO_V2))\r\nwaiting for download\r\n"u8.ToArray());
        Assert.Equal((PortTenant.BootLoader, PortTenant.BootLoader), (byAnswer.Tenant, byText.Tenant));
        Assert.Contains("the boot loader in the chip's ROM waits", byText.What);
        Assert.Contains("BOOT released", byText.Next);
    }

    [Fact]
    public void Empty_flash_other_firmware_and_silence_are_three_things()
    {
        PortFinding empty = At((_, _) => [], baud => baud == 115200 ? "invalid header: 0xffffffff\r\n"u8.ToArray() : [0x80, 0xF8]);
        PortFinding other = At((_, _) => [], _ => "AT version 2.2.0.0\r\n"u8.ToArray());
        PortFinding silent = At((_, _) => []);
        Assert.Equal((PortTenant.Empty, PortTenant.Other, PortTenant.Silent), (empty.Tenant, other.Tenant, silent.Tenant));
        Assert.Contains("a new or erased board", empty.What);
        Assert.Contains("('AT version 2.2.0.0')", other.What);
        Assert.Contains("not a byte comes from it", silent.What);
        Assert.Contains("the adapter is dead", silent.Next);
    }

    [Fact]
    public void An_adapter_that_goes_away_is_dead()
    {
        PortFinding found = At((_, _) => throw new LinkLostException("port", "it hung up while writing"));
        Assert.Equal(PortTenant.DeadAdapter, found.Tenant);
        Assert.Contains("went away while it was asked (it hung up while writing)", found.Objection!.Value.Cause);
    }

    /// <summary>Over a real pseudo-terminal: the device ends under the open port.</summary>
    [Fact]
    [Trait("Ports", "Real")]
    public void So_is_one_whose_device_ends()
    {
        var line = new PseudoTerminal();
        PortFinding found = new PortLook((port, baud) =>
        {
            ISerialLink link = SerialPorts.OpenAlone(port, baud);
            line.Dispose();
            return link;
        }, new MonotonicClock()).At(line.SlavePath, Baud);
        Assert.Equal(PortTenant.DeadAdapter, found.Tenant);
    }

    /// <summary>A program that takes no lock, such as cat, is found all the same, and named.</summary>
    [Fact]
    [Trait("Ports", "Real")]
    public void A_port_that_another_program_holds_is_refused_with_its_name()
    {
        using var line = new PseudoTerminal();
        using Process holder = Process.Start(new ProcessStartInfo("sh", ["-c", $"exec 3<>{line.SlavePath}; echo ready; exec sleep 60"])
        {
            RedirectStandardOutput = true,
        })!;
        Assert.Equal("ready", holder.StandardOutput.ReadLine());
        try
        {
            PortException held = Assert.Throws<PortException>(() => new PortLook(SerialPorts.OpenAlone, new MonotonicClock())
                .At(line.SlavePath, Baud));
            Assert.Equal(PortProblem.Busy, held.Problem);
            Assert.Contains($"(process {holder.Id})", held.Message);
        }
        finally
        {
            holder.Kill();
        }
    }

    private static PortFinding At(Func<int, byte[], byte[]> answer, Func<int, byte[]>? greeting = null) =>
        new PortLook((port, baud) => new ScriptedPort(port, baud, answer, greeting?.Invoke(baud) ?? []), new WaitedClock())
            .At("port", Baud);

    private static bool IsPing(byte[] sent)
    {
        if (sent.Length != 40 || !sent.AsSpan().StartsWith("NFPKTV1\0"u8))
        {
            return false;
        }

        byte[] header = sent[..32];
        header.AsSpan(8, 4).Clear();
        return BinaryPrimitives.ReadUInt32LittleEndian(sent.AsSpan(8)) == PeFile.Checksum(header)
            && BinaryPrimitives.ReadUInt32LittleEndian(sent.AsSpan(12)) == PeFile.Checksum(sent.AsSpan(32))
            && BinaryPrimitives.ReadUInt32LittleEndian(sent.AsSpan(16)) == 0 && sent[28] == 8;
    }

    private static byte[] OtherIdentity(ushort protocol)
    {
        var writer = new FrameWriter(new Crc(), 256);
        int at = writer.Begin(MessageType.Identity, MessageLayout.IdentityNameAt);
        BinaryPrimitives.WriteUInt16LittleEndian(writer.Buffer.AsSpan(at), protocol);
        BinaryPrimitives.WriteUInt32LittleEndian(writer.Buffer.AsSpan(at + MessageLayout.IdentityDefinitionAt), ~Definition.Hash);
        writer.Finish(at);
        return writer.Buffer[..writer.PendingCount];
    }

    private sealed class Crc : Checksum
    {
        public override uint Compute(byte[] buffer, int offset, int count) => Crc32.Compute(buffer.AsSpan(offset, count));
    }
}
