using Ganglion.Lab.Pictures;

namespace Ganglion.Lab.Reports.Pendulum;

/// <summary>Drawings of the page that are no charts.</summary>
internal static class PendulumDrawings
{
    /// <summary>Figure 1: the leg and its letters.</summary>
    public static string Leg() => $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 980 300" font-family="sans-serif" font-size="13">
        <text x="76" y="20" font-weight="bold" fill="{Palette.Ink}">Figure 1: double pendulum, 2-DOF</text>
        <path d="M120 60H300" stroke="{Palette.Frame}" stroke-width="3"/>
        <path d="M210 60V270M270 180V270" stroke="{Palette.Rule}" stroke-dasharray="5 4"/>
        <path d="M210 60L270 180" stroke="{Palette.DarkBlue}" stroke-width="8" stroke-linecap="round"/>
        <path d="M270 180L345 255" stroke="{Palette.Orange}" stroke-width="8" stroke-linecap="round"/>
        <circle cx="210" cy="60" r="6" fill="{Palette.Ink}"/><circle cx="270" cy="180" r="6" fill="{Palette.Ink}"/>
        <path d="M210 120A60 60 0 0 0 237 114" fill="none" stroke="{Palette.Ink}"/>
        <path d="M270 235A55 55 0 0 0 309 219" fill="none" stroke="{Palette.Ink}"/>
        <text x="222" y="137" fill="{Palette.Ink}">θ1</text><text x="287" y="251" fill="{Palette.Ink}">θ2</text>
        <g fill="{Palette.Soft}"><text x="390" y="80">upper rod: 30 kg, half length 4 m; shoulder damped by 10 N m s</text>
        <text x="390" y="104">lower rod: 15 kg, half length 3 m; elbow damped by 10 N m s</text>
        <text x="390" y="128">both angles from straight down, against the room; gravity 9.8 m/s²</text>
        <text x="390" y="152">a pair of muscles at shoulder and elbow: moment = gain (max(v+, 0) - max(v-, 0))</text></g>
        </svg>

        """;

    /// <summary>Figure 3: who is connected to whom.</summary>
    public static string Flow()
    {
        var drawing = new Diagram("Figure 3: flow diagram: two half-centers and a double pendulum", 330);
        foreach ((string joint, string rod, int y, string colour, int cell) in new[] { ("shoulder", "upper rod", 90, Palette.DarkBlue, 1),
            ("elbow", "lower rod", 230, Palette.Orange, 3) })
        {
            drawing.Cell(170, y - 30, 24, $"{cell}", colour).Cell(170, y + 40, 24, $"{cell + 1}", colour)
                .Inhibits($"M160 {y - 6}V{y + 14}").Inhibits($"M180 {y + 16}V{y - 4}").Text(86, y + 9, "inhibit", anchor: "middle")
                .Box(300, y - 16, 170, $"{joint}: rectify, amplify").Box(580, y - 16, 170, rod)
                .Arrow($"M194 {y - 30}L296 {y - 4}").Arrow($"M194 {y + 40}L296 {y + 14}").Arrow($"M470 {y + 4}H576")
                .Arrow($"M750 {y + 4}H850V{y + 78}H170V{y + 68}").Text(510, y + 72, "± q tanh(lam θ)", anchor: "middle");
        }

        return drawing.Render();
    }
}
