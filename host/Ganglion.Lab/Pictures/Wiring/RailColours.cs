using Ganglion.Robots.Wiring;

namespace Ganglion.Lab.Pictures.Wiring;

/// <summary>One colour a rail, dark enough on white.</summary>
internal static class RailColours
{
    /// <summary>Colour and meaning of a rail.</summary>
    public static (string Colour, string Meaning) Of(Rail rail) => rail switch
    {
        Rail.Mains => (Palette.Grey, "mains, 230 V: covered terminals, unplug first"),
        Rail.Ground => (Palette.Ink, "ground, common to all"),
        Rail.Servo => (Palette.Red, "servo supply, behind the emergency stop"),
        Rail.Stop => ("#a67c00", "circuit of the emergency stop"),
        Rail.Valve => ("#c2185b", "valves' supply, 24 V"),
        Rail.Logic5V => ("#e07b00", "logic 5 V"),
        Rail.Logic3V3 => (Palette.Brown, "logic 3.3 V"),
        Rail.Usb => ("#5d4fb3", "USB cable"),
        Rail.Link => (Palette.Violet, "serial link"),
        Rail.Data => (Palette.Blue, "I2C data"),
        Rail.Clock => ("#00838f", "I2C clock"),
        Rail.OutputEnable => (Palette.Green, "/OE: high switches all outputs off"),
        Rail.Pulse => ("#6a8f00", "servo pulses, one wire a servo"),
        Rail.Analog => (Palette.DarkBlue, "analogue signal"),
        _ => ("#4fa3d1", "air"),
    };
}
