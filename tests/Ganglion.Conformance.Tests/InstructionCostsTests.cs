using Ganglion.Metering;
using Ganglion.Nano;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace Ganglion.Conformance.Tests;

/// <summary>Which kind of call or allocation an instruction of the firmware is taken for.</summary>
public sealed class InstructionCostsTests
{
    [Theory]
    [InlineData("System.Void Ganglion.Shared.Control.TickStatistics::Started(System.Int32)", 5)]
    [InlineData("System.Void Ganglion.Shared.Link.Bytes::Put32(System.Byte[],System.Int32,System.Int32)", 5)]
    [InlineData("System.Void Ganglion.Shared.Control.BoardHardware::WriteOutputs()", 10)]
    [InlineData("System.UInt32 Ganglion.Shared.Link.Checksum::Compute(System.Byte[],System.Int32,System.Int32)", 10)]
    [InlineData("System.UInt16 System.BitConverter::ToUInt16(System.Byte[],System.Int32)", 13)]
    [InlineData("System.Boolean System.Single::IsNaN(System.Single)", 24)]
    [InlineData("System.Void System.Array::Copy(System.Array,System.Int32,System.Array,System.Int32,System.Int32)", 17)]
    [InlineData("System.Void System.SpanByte::.ctor(System.Byte[],System.Int32,System.Int32)", 0)]
    [InlineData("System.Device.I2c.I2cTransferResult System.Device.I2c.I2cDevice::Write(System.SpanByte)", 0)]
    [InlineData("System.Void Ganglion.Shared.Motion.SetpointBuffer::.ctor(System.Int32)", 11)]
    public void Calls_of_the_firmware_take_what_their_kind_takes(string called, int units)
    {
        using AssemblyDefinition assembly = Images.Open(Images.Firmware());
        var calls = Instructions(assembly).Where(instruction => instruction.Operand is MethodReference method
            && method.FullName == called).ToList();
        Assert.NotEmpty(calls);
        Assert.All(calls, call => Assert.Equal(units, InstructionCosts.Measured.Of(call)));
    }

    [Theory]
    [InlineData(Code.Newarr, 5)]
    [InlineData(Code.Box, 5)]
    [InlineData(Code.Leave_S, 20)]
    [InlineData(Code.Ldelem_I4, 0)]
    [InlineData(Code.Mul, 0)]
    public void Other_instructions_take_what_their_kind_takes(Code code, int units)
    {
        using AssemblyDefinition assembly = Images.Open(Images.Firmware());
        var instructions = Instructions(assembly).Where(instruction => instruction.OpCode.Code == code).ToList();
        Assert.NotEmpty(instructions);
        Assert.All(instructions, instruction => Assert.Equal(units, InstructionCosts.Measured.Of(instruction)));
    }

    [Fact]
    public void A_search_takes_time_for_what_it_looks_at()
    {
        long Units(int at, int count)
        {
            byte[] bytes = new byte[1000];
            bytes[at] = 1;
            InstructionCounter.Restart(1L << 40);
            Assert.Equal(at < count ? at : -1, NanoArray.IndexOf(bytes, (byte)1, 0, count));
            return InstructionCounter.Units;
        }

        Assert.Equal(34, Units(0, 1000));
        Assert.Equal(34 + 45, Units(99, 1000));
        Assert.Equal(34 + 225, Units(900, 500));
    }

    private static IEnumerable<Instruction> Instructions(AssemblyDefinition assembly) =>
        assembly.MainModule.GetAllTypes().SelectMany(type => type.Methods).Where(method => method.HasBody).SelectMany(method =>
            method.Body.Instructions);
}
