using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Avoidance;

/// <summary>Two trees of clear ways that grow towards each other from both ends (RRT-Connect: Kuffner and LaValle, ICRA 2000).</summary>
/// <param name="passage">Tells what is clear.</param>
/// <param name="arm">The arm.</param>
/// <param name="random">Draws postures.</param>
internal sealed class WayTrees(ClearPassage passage, TrunkArm arm, Random random)
{
    /// <summary>Longest branch, as the greatest change of a stroke.</summary>
    private const double Longest = 0.25;

    /// <summary>In narrow places branches are shorter, down to this share of the longest, by this factor each time.</summary>
    private const double Shortest = 1.0 / 16, Shorter = 0.25;

    /// <summary>Postures of both trees together.</summary>
    private const int MostNodes = 3000;

    /// <summary>Postures that are drawn: where everything is in the way, trees do not grow.</summary>
    private const int MostDrawn = 2000;

    private double _floor;

    /// <summary>Grows them until they meet or are too large. Comes back after each branch.</summary>
    /// <param name="from">Strokes.</param>
    /// <param name="to">Strokes.</param>
    /// <param name="floor">Slack that the way keeps, m.</param>
    /// <param name="way">Receives the way, both ends included; nothing if there is none.</param>
    public IEnumerable<bool> Grow(double[] from, double[] to, double floor, List<double[]> way)
    {
        _floor = floor;
        var trees = (Grown: new List<(double[] Strokes, int Before)> { (from, -1) }, Other: new List<(double[] Strokes, int Before)>
        { (to, -1) });
        bool isSwapped = false;
        for (int drawn = 0; drawn < MostDrawn && trees.Grown.Count + trees.Other.Count < MostNodes; drawn++)
        {
            int branch = Branch(trees.Grown, Sample(from, to), shortest: Shortest);
            yield return true;
            if (branch >= 0)
            {
                double[] meeting = trees.Grown[branch].Strokes;
                int other = Branch(trees.Other, meeting);
                while (other >= 0 && StrokeWays.Most(trees.Other[other].Strokes, meeting) > 0)
                {
                    yield return true;
                    other = Branch(trees.Other, meeting, other);
                }

                if (other >= 0)
                {
                    (List<double[]> mine, List<double[]> theirs) = (Back(trees.Grown, branch), Back(trees.Other, other));
                    mine.Reverse();
                    mine.AddRange(theirs.Skip(1));
                    if (isSwapped)
                    {
                        mine.Reverse();
                    }

                    way.AddRange(mine);
                    yield break;
                }
            }

            (trees, isSwapped) = ((trees.Other, trees.Grown), !isSwapped);
        }
    }

    /// <summary>A branch from the tree's nearest posture, or from a given one, towards another.</summary>
    /// <param name="shortest">As short it may be if a longer one is not clear, as a share of the longest.</param>
    /// <returns>Its index; -1: something is in the way.</returns>
    private int Branch(List<(double[] Strokes, int Before)> tree, double[] towards, int from = -1, double shortest = 1)
    {
        int at = from >= 0 ? from : Nearest(tree, towards);
        double[] start = tree[at].Strokes;
        double distance = Math.Max(1e-12, StrokeWays.Most(start, towards));
        for (double length = 1; length >= shortest; length *= Shorter)
        {
            double share = Math.Min(1, length * Longest / distance);
            double[] end = share == 1 ? towards : [.. start.Zip(towards, (a, b) => a + share * (b - a))];
            if (passage.IsClear(start, end, _floor))
            {
                tree.Add((end, at));
                return tree.Count - 1;
            }
        }

        return -1;
    }

    private static int Nearest(List<(double[] Strokes, int Before)> tree, double[] towards)
    {
        (int nearest, double least) = (0, double.PositiveInfinity);
        for (int i = 0; i < tree.Count; i++)
        {
            double square = StrokeWays.Square(tree[i].Strokes, towards);
            if (square < least)
            {
                (nearest, least) = (i, square);
            }
        }

        return nearest;
    }

    /// <summary>Half of the postures lie about the way, for most ways round are short; the others are anywhere.</summary>
    private double[] Sample(double[] from, double[] to)
    {
        double[] inputs = new double[arm.InputCount], strokes = new double[arm.StrokeCount];
        double share = random.NextDouble(), wide = random.Next(2) == 0 ? 1 : 0.3;
        for (int i = 0; i < strokes.Length; i++)
        {
            strokes[i] = from[i] + share * (to[i] - from[i]);
        }

        arm.StrokesToInputs(strokes, inputs);
        foreach (ref double input in inputs.AsSpan())
        {
            double anywhere = arm.InputMin + (arm.InputMax - arm.InputMin) * random.NextDouble();
            input += wide * (anywhere - input);
        }

        arm.InputsToStrokes(inputs, strokes);
        return strokes;
    }

    private static List<double[]> Back(List<(double[] Strokes, int Before)> tree, int leaf)
    {
        var way = new List<double[]>();
        for (int i = leaf; i >= 0; i = tree[i].Before)
        {
            way.Add(tree[i].Strokes);
        }

        return way;
    }
}
