using System.Text;
using Ganglion.Basics.Space;
using Ganglion.Physics;
using Ganglion.Robots.Walkers;

namespace Ganglion.Lab.Pictures;

/// <summary>
/// A walk to look at, as one SVG that a browser plays: the walker from its left side, the view going along with it, and a
/// film strip of the whole way below. On a belt the picture is turned by the belt's slope.
/// </summary>
public static class WalkReplay
{
    private const double Width = 980, Height = 400, StripHeight = 150, PixelsPerMetre = 210, Behind = 1.6, Ahead = 3.0;
    private const double FramesPerSecond = 12.5, StripSeconds = 0.8;

    private static readonly (string Name, string Colour, double Thickness)[] Lines =
        [("ground", Palette.Brown, 2), ("right", Palette.LightBlue, 4), ("torso", Palette.Ink, 7), ("left", Palette.Orange, 4)];

    /// <summary>Draws a walk.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="walker">Links of the walker.</param>
    /// <param name="terrain">What it walked on.</param>
    /// <param name="poses">By time, at least two.</param>
    public static string Render(string title, WalkerLayout walker, Terrain terrain, IReadOnlyList<WalkerPose> poses)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(poses.Count, 2);
        double seconds = poses[^1].Time - poses[0].Time;
        List<WalkerPose> frames = Thin(poses, 1 / FramesPerSecond);
        var svg = new StringBuilder();
        svg.Append($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height + StripHeight}\" " +
            $"font-family=\"sans-serif\" font-size=\"13\">\n");
        svg.Append($"<rect width=\"{Width}\" height=\"{Height + StripHeight}\" fill=\"{Palette.Page}\"/>\n<text x=\"12\" y=\"20\" " +
            $"font-weight=\"bold\" fill=\"{Palette.Ink}\">{HtmlPage.Escape(title)}</text>\n");
        svg.Append($"<text x=\"12\" y=\"38\" fill=\"{Palette.Soft}\">left leg orange, right leg blue; {seconds:0.0} s, in real time, " +
            $"again and again</text>\n");
        for (int line = 0; line < Lines.Length; line++)
        {
            string[] shapes = [.. frames.Select(frame => Points(Figure(walker, terrain, frame)[line], Width * Behind / (Behind + Ahead),
                Height - 90, PixelsPerMetre))];
            svg.Append($"<polyline points=\"{shapes[0]}\" fill=\"none\" stroke=\"{Lines[line].Colour}\" " +
                $"stroke-width=\"{Lines[line].Thickness}\" stroke-linejoin=\"round\" stroke-linecap=\"round\">");
            svg.Append($"<animate attributeName=\"points\" dur=\"{seconds:0.00}s\" repeatCount=\"indefinite\" " +
                $"calcMode=\"discrete\" values=\"{string.Join(';', shapes)}\"/></polyline>\n");
        }
        Strip(svg, walker, terrain, poses);
        return svg.Append("</svg>\n").ToString();
    }

    // Ground, right leg, torso, left leg; metres from the point of the ground under the hips, x to the right, z up.
    private static Vec3[][] Figure(WalkerLayout walker, Terrain terrain, WalkerPose pose)
    {
        double ground = terrain.HeightAt(pose.Hips.X);
        var camera = new Vec3(pose.Hips.X, 0, ground);
        var turn = Mat3.AboutY(-terrain.BeltAt(pose.Time));
        var surface = new List<Vec3>();
        for (double x = -Behind; x <= Ahead; x += 0.05)
        {
            surface.Add(new Vec3(pose.Hips.X + x, 0, terrain.HeightAt(pose.Hips.X + x)));
        }

        Vec3[][] lines = [[.. surface], Leg(walker, pose, 1), [pose.Hips, pose.Shoulders(walker)], Leg(walker, pose, 0)];
        return [.. lines.Select(line => line.Select(point => turn * (point - camera)).ToArray())];
    }

    private static Vec3[] Leg(WalkerLayout walker, WalkerPose pose, int leg)
    {
        Vec3[] points = pose.Leg(walker, leg);
        return [pose.Hips, points[1], points[2], points[5], points[4], points[2]];
    }

    // The whole way in one scale, each figure where it was.
    private static void Strip(StringBuilder svg, WalkerLayout walker, Terrain terrain, IReadOnlyList<WalkerPose> poses)
    {
        double first = poses.Min(pose => pose.Hips.X) - 0.6, last = poses.Max(pose => pose.Hips.X) + 0.6;
        List<WalkerPose> frames = Thin(poses, StripSeconds);
        double low = frames.Min(pose => terrain.HeightAt(pose.Hips.X)), high = frames.Max(pose => terrain.HeightAt(pose.Hips.X)) + 1.3;
        double scale = Math.Min((Width - 30) / (last - first), (StripHeight - 24) / (high - low));
        double y = Height + StripHeight - 12;
        var ground = new List<Vec3>();
        for (double x = first; x <= last; x += (last - first) / 400)
        {
            ground.Add(new Vec3(x, 0, terrain.HeightAt(x)));
        }

        Vec3 origin = new(first, 0, low);
        svg.Append($"<polyline points=\"{Points([.. ground.Select(point => point - origin)], 15, y, scale)}\" fill=\"none\" " +
            $"stroke=\"{Palette.Brown}\"/>\n");
        foreach (WalkerPose pose in frames)
        {
            Vec3[][] lines = [Leg(walker, pose, 1), [pose.Hips, pose.Shoulders(walker)], Leg(walker, pose, 0)];
            for (int i = 0; i < lines.Length; i++)
            {
                svg.Append($"<polyline points=\"{Points([.. lines[i].Select(point => point - origin)], 15, y, scale)}\" " +
                    $"fill=\"none\" stroke=\"{Lines[i + 1].Colour}\" stroke-width=\"1\"/>\n");
            }
        }
    }

    private static List<WalkerPose> Thin(IReadOnlyList<WalkerPose> poses, double period)
    {
        var some = new List<WalkerPose> { poses[0] };
        foreach (WalkerPose pose in poses)
        {
            if (pose.Time >= some[^1].Time + period - 1e-9)
            {
                some.Add(pose);
            }
        }

        return some;
    }

    private static string Points(Vec3[] points, double x, double y, double scale)
    {
        var text = new StringBuilder();
        foreach (Vec3 point in points)
        {
            text.Append($"{x + scale * point.X:0.0},{y - scale * point.Z:0.0} ");
        }

        return text.ToString().TrimEnd();
    }
}
