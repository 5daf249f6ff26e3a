using Ganglion.VirtualBoard.Faults;

namespace Ganglion.VirtualBoard.Tests.Faults;

public class FaultCommandTests
{
    private static TimeSpan Ms(double ms) => TimeSpan.FromMilliseconds(ms);

    public static TheoryData<string, Fault> Commands => new()
    {
        { "nack base pwm0 for 200ms", new NackFault("base", Ms(200), "pwm0") },
        { "nack pwm0", new NackFault(null, null, "pwm0") },
        { "stuck-bus base 1 for 2s", new StuckBusFault("base", Ms(2000), 1) },
        { "stuck-bus 2", new StuckBusFault(null, null, 2) },
        { "glitch 1 for 20ms", new GlitchFault(null, Ms(20), 1) },
        { "glitch base 2", new GlitchFault("base", null, 2) },
        { "brownout pwm1", new BrownoutFault(null, "pwm1") },
        { "brownout base pwm1", new BrownoutFault("base", "pwm1") },
        { "imu freeze", new ImuFreezeFault(null, null) },
        { "imu tip freeze for 1.5s", new ImuFreezeFault("tip", Ms(1500)) },
        { "imu noise 0.5", new ImuNoiseFault(null, null, 0.5) },
        { "imu trunk tilted 3 for 2s", new ImuTiltFault("trunk", Ms(2000), 3 * Math.PI / 180) },
        { "imu delay 20ms", new ImuDelayFault(null, null, Ms(20)) },
        { "distance freeze", new DistanceFreezeFault(null, null) },
        { "distance tip freeze for 2s", new DistanceFreezeFault("tip", Ms(2000)) },
        { "distance stuck 400", new DistanceStuckFault(null, null, 0.4) },
        { "distance base stuck 90 for 1s", new DistanceStuckFault("base", Ms(1000), 0.09) },
        { "pressure 2 stuck", new PressureStuckFault(null, null, 2) },
        { "angle 0 unplugged", new AngleUnpluggedFault(null, null, 0) },
        { "pressure base 2 unplugged for 1s", new PressureUnpluggedFault("base", Ms(1000), 2) },
        { "valve 0 stuck", new ValveStuckFault(null, null, 0) },
        { "valve base 1 stuck for 1s", new ValveStuckFault("base", Ms(1000), 1) },
        { "valve 1 leaks 30%", new ValveLeakFault(null, null, 1, 0.3) },
        { "valve base 1 leaks 0.3 for 2s", new ValveLeakFault("base", Ms(2000), 1, 0.3) },
        { "servo 3 stalled", new ServoStalledFault(null, null, 3) },
        { "servo tip 12 stalled for 5s", new ServoStalledFault("tip", Ms(5000), 12) },
        { "servo 3 dead", new ServoDeadFault(null, null, 3) },
        { "serial drop 1%", new SerialDropFault(null, null, 0.01) },
        { "serial flip 1e-4", new SerialFlipFault(null, null, 1e-4) },
        { "serial base delay 30ms for 1s", new SerialDelayFault("base", Ms(1000), Ms(30)) },
        { "board reset", new BoardResetFault(null) },
        { "board mid power-cycle", new PowerCycleFault("mid") },
        { "host gone", new HostGoneFault(null, null) },
        { "host base gone for 750us", new HostGoneFault("base", Ms(0.75)) },
    };

    [Theory]
    [MemberData(nameof(Commands))]
    public void CommandsAreRead(string text, Fault fault) => Assert.Equal(fault, FaultCommand.Parse(text));

    [Theory]
    [InlineData("", "a fault is missing")]
    [InlineData("explode", "no fault 'explode'")]
    [InlineData("nack", "a chip is missing")]
    [InlineData("stuck-bus 3", "a number from 1 to 2")]
    [InlineData("glitch 0", "a number from 1 to 2")]
    [InlineData("brownout", "a chip is missing")]
    [InlineData("distance", "freeze or stuck is missing")]
    [InlineData("distance stuck", "a distance in mm is missing")]
    [InlineData("distance stuck 0", "from 1 to 10000")]
    [InlineData("distance base blind", "cannot 'blind'")]
    [InlineData("brownout pwm1 for 1s", "left over")]
    [InlineData("serial drop 200%", "from 0 to 100")]
    [InlineData("serial drop often", "not 'often'")]
    [InlineData("serial flip nan", "not 'nan'")]
    [InlineData("serial delay 30", "has a unit")]
    [InlineData("imu freeze for", "must follow 'for'")]
    [InlineData("servo 3 moving", "stalled or dead")]
    [InlineData("pressure 0 lost", "stuck or unplugged")]
    [InlineData("valve 0 open", "stuck or leaks")]
    [InlineData("valve base", "a channel is missing")]
    [InlineData("board reset now", "'now' is left over")]
    [InlineData("nack base pwm0 pwm1", "left over")]
    [InlineData("nak base pwm0", "did you mean 'nack'?")]
    [InlineData("servo 3 stalled for 0,5s", "decimals follow a point (0.5)")]
    public void WhatIsWrongIsSaidInOneLine(string text, string message)
    {
        FormatException error = Assert.Throws<FormatException>(() => FaultCommand.Parse(text));
        Assert.Contains(message, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void TheExamplesOfTheUsageAreCommands()
    {
        string[] examples = [.. FaultCommand.Usage.Split('\n')
            .Select(line => line.Trim().Split("  ", StringSplitOptions.RemoveEmptyEntries)[^1].Trim())];
        Assert.Equal(23, examples.Length);
        Assert.Equal(23, examples.Select(FaultCommand.Parse).Select(fault => fault.GetType()).Distinct().Count());
        string refusal = Assert.Throws<FormatException>(() => FaultCommand.Parse("blah")).Message;
        Assert.All(examples, example => Assert.Contains(example.Split(' ')[0], refusal));
    }
}
