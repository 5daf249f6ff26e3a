using System.Globalization;
using System.Xml.Linq;
using Ganglion.Basics.Space;
using Ganglion.Lab.Pictures;
using Ganglion.Physics;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Walkers;

namespace Ganglion.Lab.Tests.Pictures;

public class WalkReplayTests
{
    private static WalkerLayout Walker()
    {
        string folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Ganglion.slnx")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return RobotFile.Load(Path.Combine(folder, "hardware", "robots", "walker12.yaml")).Walker!;
    }

    /// <summary>A straight-legged walker that glides up a ramp: every frame has its feet on the drawn ground, which is right under
    /// it.</summary>
    [Fact]
    public void A_replay_shows_the_walker_on_its_ground_in_every_frame()
    {
        WalkerLayout walker = Walker();
        var terrain = Terrain.Ramp(0.2, 0.5, 2.0);
        double leg = walker.Thigh + walker.Shank + walker.Ankle;
        WalkerPose[] poses = [.. Enumerable.Range(0, 101)
            .Select(i => new WalkerPose(0.02 * i, new Vec3(0.02 * i, 0, terrain.HeightAt(0.02 * i) + leg), Quat.Identity, new double[12]))];
        XElement svg = XDocument.Parse(WalkReplay.Render("glide & <go>", walker, terrain, poses)).Root!;
        XNamespace ns = svg.Name.Namespace;
        XElement[] moving = [.. svg.Elements(ns + "polyline").Where(line => line.HasElements)];
        Assert.Equal(4, moving.Length);
        string[][] frames = [.. moving.Select(line => line.Element(ns + "animate")!.Attribute("values")!.Value.Split(';'))];
        Assert.All(frames, values => Assert.Equal(26, values.Length)); // 2 s at 12.5 a second, and the first

        for (int frame = 0; frame < 26; frame++)
        {
            (double X, double Y)[] ground = Points(frames[0][frame]), left = Points(frames[3][frame]);
            double under = ground.MinBy(point => Math.Abs(point.X - left[0].X)).Y, sole = 0.5 * (left[3].Y + left[4].Y);
            Assert.Equal(under, sole, 5.0); // pixels: half a step of the ground's points on the steepest part
        }
    }

    private static (double X, double Y)[] Points(string text) =>
    [
        .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(point => point.Split(','))
            .Select(pair => (double.Parse(pair[0], CultureInfo.InvariantCulture), double.Parse(pair[1], CultureInfo.InvariantCulture))),
    ];
}
