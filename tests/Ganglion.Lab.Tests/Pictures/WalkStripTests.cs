using System.Globalization;
using System.Xml.Linq;
using Ganglion.Basics.Space;
using Ganglion.Lab.Pictures;
using Ganglion.Physics;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Walkers;

namespace Ganglion.Lab.Tests.Pictures;

public class WalkStripTests
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

    /// <summary>A straight-legged walker that glides over level ground, up a ramp and on, 16 m in 16 s: 21 figures in three rows, each
    /// with its feet on the drawn ground under it.</summary>
    [Fact]
    public void A_strip_shows_the_walker_on_its_ground_all_the_way()
    {
        WalkerLayout walker = Walker();
        var terrain = Terrain.Ramp(0.2, 0.5, 2.0);
        double leg = walker.Thigh + walker.Shank + walker.Ankle;
        WalkerPose[] poses = [.. Enumerable.Range(0, 801)
            .Select(i => new WalkerPose(0.02 * i, new Vec3(0.02 * i, 0, terrain.HeightAt(0.02 * i) + leg), Quat.Identity, new double[12]))];
        XElement svg = XDocument.Parse(WalkStrip.Render("glide & <go>", walker, terrain, poses)).Root!;
        XNamespace ns = svg.Name.Namespace;
        XElement[] rows = [.. svg.Elements(ns + "g")];
        Assert.Equal(3, rows.Length);
        double lastBottom = 0;
        int figures = 0;
        foreach (XElement row in rows)
        {
            (double X, double Y)[][] lines = [.. row.Elements(ns + "polyline").Select(line => Points(line.Attribute("points")!.Value))];
            (double X, double Y)[] ground = lines[0];
            Assert.True(ground.Min(point => point.Y) > lastBottom, "rows overlap");
            lastBottom = ground.Max(point => point.Y);
            foreach ((double X, double Y)[] left in lines[1..].Chunk(3).Select(figure => figure[2]))
            {
                double under = ground.MinBy(point => Math.Abs(point.X - left[0].X)).Y, sole = 0.5 * (left[3].Y + left[4].Y);
                Assert.Equal(under, sole, 3.0); // pixels: half a step of the ground's points, on the ramp
                figures++;
            }
        }

        Assert.Equal(21, figures);
    }

    private static (double X, double Y)[] Points(string text) =>
    [
        .. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(point => point.Split(','))
            .Select(pair => (double.Parse(pair[0], CultureInfo.InvariantCulture), double.Parse(pair[1], CultureInfo.InvariantCulture))),
    ];
}
