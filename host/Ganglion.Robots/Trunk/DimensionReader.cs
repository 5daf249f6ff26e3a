using Ganglion.Basics.Text;
using Ganglion.Robots.Yaml;

namespace Ganglion.Robots.Trunk;

/// <summary>Reads an arm's dimensions: for all joints, then for single ones, and the offsets of single gears.</summary>
internal static class DimensionReader
{
    /// <param name="entry">The section.</param>
    /// <param name="otherwise">What holds where it says nothing.</param>
    public static TrunkDimensions Read(Entry entry, TrunkDimensions otherwise)
    {
        JointDesign design = otherwise.Design;
        double[] joints = new double[otherwise.Joints * TrunkDimension.Of(design).Count];
        for (int joint = 0; joint < otherwise.Joints; joint++)
        {
            otherwise.Joint(joint).CopyTo(joints.AsSpan(joint * TrunkDimension.Of(design).Count));
            Take(entry, design, joints, joint);
        }

        HashSet<int> named = [];
        foreach (Entry own in entry.List("joints"))
        {
            int joint = Joint(own, otherwise);
            if (!named.Add(joint))
            {
                throw own.Error("joint", $"joint {joint + 1} is named already; merge the two");
            }

            Take(own, design, joints, joint);
        }

        double[] offsets = otherwise.Offsets.ToArray();
        foreach ((Entry gear, int index) in Gears(entry, otherwise))
        {
            if (gear.Has("offset"))
            {
                offsets[index] = gear.Number("offset");
            }
        }

        try
        {
            double tool = entry.Has("tool_mm") ? 1e-3 * entry.Number("tool_mm") : otherwise.Tool;
            return TrunkDimensions.Of(design, joints, tool, offsets);
        }
        catch (ArgumentException fault)
        {
            throw entry.Error(fault.Words());
        }
    }

    /// <summary>The entries of single gears with the gear's index, joint-major; refused where one is named twice or does not
    /// exist.</summary>
    public static List<(Entry Gear, int Index)> Gears(Entry entry, TrunkDimensions arm)
    {
        int each = (int)arm.Design;
        var gears = new List<(Entry Gear, int Index)>();
        foreach (Entry own in entry.List("gears"))
        {
            int gear = own.Whole("gear"), index = Joint(own, arm) * each + gear - 1;
            if (gear > each)
            {
                throw own.Error("gear", $"gear {gear} does not exist; this design has gears 1 to {each}");
            }

            if (gears.Exists(other => other.Index == index))
            {
                throw own.Error("gear", $"joint {index / each + 1} gear {gear} is named already; merge the two");
            }

            gears.Add((own, index));
        }

        return gears;
    }

    private static int Joint(Entry own, TrunkDimensions arm)
    {
        int joint = own.Whole("joint");
        return joint <= arm.Joints ? joint - 1
            : throw own.Error("joint", $"joint {joint} does not exist; the robot has joints 1 to {arm.Joints}");
    }

    private static void Take(Entry entry, JointDesign design, double[] joints, int joint)
    {
        IReadOnlyList<TrunkDimension> dimensions = TrunkDimension.Of(design);
        JointDesign other = design == JointDesign.FourGeared ? JointDesign.ThreeGeared : JointDesign.FourGeared;
        foreach (TrunkDimension strange in TrunkDimension.Of(other))
        {
            if (entry.Has(strange.Key) && dimensions.All(own => own.Key != strange.Key))
            {
                throw entry.Error(strange.Key, $"{strange.Key} is a dimension of {(int)other}-geared joints, and these are " +
                    $"{(int)design}-geared; they have {string.Join(", ", dimensions.Select(own => own.Key))}");
            }
        }

        for (int k = 0; k < dimensions.Count; k++)
        {
            if (entry.Has(dimensions[k].Key))
            {
                joints[joint * dimensions.Count + k] = dimensions[k].Unit * entry.Number(dimensions[k].Key);
            }
        }
    }
}
