using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Ganglion.Basics.Space;
using Ganglion.Gait.Trials;
using Ganglion.Physics;
using Ganglion.Robots.Walkers;
using Ganglion.Sim.Walking;

namespace Ganglion.Lab.Pictures.Walks;

/// <summary>Walks beside each other on a page, all at one moment of their own time, which a slider sets: from the side, and from above the
/// soles that stand with the centre of mass and the zero-moment point over them. The script is in replay.js.</summary>
public static class WalkReplay
{
    /// <summary>Numbers of a frame, 16 bits each, in the order of replay.js: hips x and height; shoulders, and of either leg (left, right)
    /// knee, ankle, toe and heel, forward of the hips and up; of either sole its centre forward of the hips and to the left, and its load;
    /// centre of mass over the ground, zero-moment point, likewise; Tegotae's shift; the belt's slope.</summary>
    public const int Numbers = 2 + 2 + 2 * 8 + 2 * 3 + 2 + 2 + 1 + 1;

    /// <summary>What stands for no number.</summary>
    public const short None = short.MinValue;

    /// <summary>Unit of the hips' way [m]: a trial's way is longer than 16 bits of mm.</summary>
    public const double WayUnit = 0.004;

    // [m], [N], [rad].
    private const double LengthUnit = 0.001, LoadUnit = 1, AngleUnit = 1e-4;

    private const double Short = 60;

    /// <summary>HTML with its script and its data.</summary>
    /// <param name="walker">Its links.</param>
    /// <param name="runs">Walks of one trial, with samples and poses.</param>
    /// <param name="terrain">What was walked on.</param>
    public static string Render(WalkerLayout walker, IReadOnlyList<ShownRun> runs, Terrain terrain)
    {
        double longest = runs.Max(run => run.Samples[^1].Time - run.Samples[0].Time);
        double period = longest > Short ? 0.1 : 0.05;
        double[] places = [.. Enumerable.Range(0, 1201).Select(i => -3 + 0.02 * i)];
        string data = JsonSerializer.Serialize(new
        {
            period,
            numbers = Numbers,
            sole = new[] { walker.Body.Sole.Length, walker.Body.Sole.Width },
            units = new { way = WayUnit, length = LengthUnit, load = LoadUnit, angle = AngleUnit },
            ground = new { from = places[0], every = 0.02, heights = places.Select(x => Math.Round(terrain.HeightAt(x), 4)) },
            runs = runs.Select(run => new
            {
                name = run.Entry.Condition.Name,
                outcome = run.Entry.Run.Outcome,
                frames = Convert.ToBase64String(Frames(walker, run, terrain, period)),
            }),
        });
        int count = runs.Max(run => Every(run, period).Length);
        var html = new StringBuilder("<style>.replay{position:sticky;top:0;z-index:1;background:inherit;padding:6px " +
            "0;display:flex;gap:10px;" +
            "align-items:center}.replay input{flex:1;min-width:0}.replay output{min-width:4.5em;text-align:right}" +
            ".walks{display:grid;grid-template-columns:repeat(auto-fit,minmax(290px,1fr));gap:10px}.walks figure{margin:0}" +
            ".walks figcaption{font-size:13px;min-height:2.8em}.walks canvas{width:100%;display:block}" +
            "@media (prefers-color-scheme:dark){.walks canvas{filter:invert(0.92) hue-rotate(180deg)}}</style>\n");
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"replay\"><button type=\"button\">Play</button><input type=\"range\" " +
            $"min=\"0\" max=\"{count - 1}\" value=\"0\" aria-label=\"Time of all walks\"/><output>0.00 s</output></div>\n" +
            $"<div class=\"walks\">");
        foreach (ShownRun run in runs)
        {
            html.Append($"<figure><canvas role=\"img\" aria-label=\"{HtmlPage.Escape(run.Entry.Condition.Name)}\"></canvas>" +
                $"<figcaption></figcaption></figure>");
        }

        return html.Append($"</div>\n<script type=\"application/json\" id=\"walks\">{data}</script>\n")
            .Append($"<script>{Script}</script>\n").ToString();
    }

    private static string Script
    {
        get
        {
            using Stream stream = typeof(WalkReplay).Assembly.GetManifestResourceStream("Ganglion.Lab.Pictures.Walks.replay.js")!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }

    private static int[] Every(ShownRun run, double period)
    {
        double tick = run.Samples.Count > 1 ? run.Samples[1].Time - run.Samples[0].Time : period;
        int every = Math.Max(1, (int)Math.Round(period / tick));
        return [.. Enumerable.Range(0, (Math.Min(run.Samples.Count, run.Poses.Count) + every - 1) / every).Select(i => i * every)];
    }

    private static byte[] Frames(WalkerLayout walker, ShownRun run, Terrain terrain, double period)
    {
        var balance = BalanceTrace.Of(run.Samples, terrain, 0.5 * walker.Body.Sole.Length);
        int[] ticks = Every(run, period);
        byte[] bytes = new byte[2 * Numbers * ticks.Length];
        int at = 0;
        foreach (int tick in ticks)
        {
            (WalkSample sample, WalkerPose pose) = (run.Samples[tick], run.Poses[tick]);
            Vec3 hips = pose.Hips, shoulders = pose.Shoulders(walker) - hips;
            Put(hips.X, WayUnit);
            Put(hips.Z, LengthUnit);
            Put(shoulders.X, LengthUnit);
            Put(shoulders.Z, LengthUnit);
            for (int leg = 0; leg < 2; leg++)
            {
                Vec3[] points = pose.Leg(walker, leg);
                foreach (int point in (int[])[1, 2, 4, 5])
                {
                    Put(points[point].X - hips.X, LengthUnit);
                    Put(points[point].Z - hips.Z, LengthUnit);
                }
            }

            Sole(sample.Left, sample.LeftLoad, hips);
            Sole(sample.Right, sample.RightLoad, hips);
            foreach (Vec3 point in (Vec3[])[balance.Centre[tick], balance.Moment[tick]])
            {
                Put(point.X - hips.X, LengthUnit);
                Put(point.Y, LengthUnit);
            }

            Put(sample.Shift, LengthUnit);
            Put(terrain.BeltAt(sample.Time), AngleUnit);
        }

        return bytes;

        void Sole(Vec3 sole, double load, Vec3 hips)
        {
            Put(sole.X - hips.X, LengthUnit);
            Put(sole.Y, LengthUnit);
            Put(load, LoadUnit);
        }

        void Put(double value, double unit)
        {
            short number = double.IsFinite(value) ? (short)Math.Clamp(Math.Round(value / unit), None + 1, short.MaxValue) : None;
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(at), number);
            at += 2;
        }
    }
}
