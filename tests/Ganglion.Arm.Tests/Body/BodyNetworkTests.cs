using Ganglion.Arm.Avoidance;
using Ganglion.Arm.Body;
using Ganglion.Arm.Learning;
using Ganglion.Basics.Space;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Training;
using Ganglion.Robots.Scenes;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Body;

/// <summary>Bodies that a network places: the shipped ones against kinematics and against differences of their own places.</summary>
public class BodyNetworkTests
{
    private static readonly TrunkArm Ten = new(JointDesign.FourGeared, 10), Six = new(JointDesign.ThreeGeared, 6);
    private static readonly BodyNetwork OfTen = BodyNetwork.Load(Shipped("joint-4g-64"), Ten);
    private static readonly BodyNetwork OfSix = BodyNetwork.Load(Shipped("joint-3g-128"), Six);

    /// <summary>The errors on postures of another seed are within what is kept clear because of those on the judged ones.</summary>
    [Theory]
    [InlineData(true, 4e-3, 6e-3)]
    [InlineData(false, 10e-3, 14e-3)]
    public void Errors_stay_within_the_allowance(bool isFourGeared, double moduleBound, double tipBound)
    {
        (TrunkArm arm, BodyNetwork network) = isFourGeared ? (Ten, OfTen) : (Six, OfSix);
        var fresh = PlaceErrors.Measure(network.Model, arm.Joints, 2000, seed: 9601);
        Assert.InRange(fresh.Places[arm.Joints - 1].P99, 0, moduleBound);
        Assert.InRange(fresh.Places[arm.Joints].P99, 0, tipBound);
        for (int place = 0; place <= arm.Joints; place++)
        {
            Assert.InRange(fresh.Places[place].Most, 0, network.Allowance(place));
        }
    }

    /// <summary>What is known of an arm beyond its design is in where its body is placed.</summary>
    [Fact]
    public void An_arm_of_its_own_dimensions_is_placed_where_it_is()
    {
        double[] own = [.. Enumerable.Range(0, 10).SelectMany(joint => TrunkDimensions.Standard(JointDesign.FourGeared, 10).Joint(joint)
            .ToArray().Select((value, i) => i == 0 ? value + 2e-3 : i == 2 ? 1.05 * value : value))];
        var arm = new TrunkArm(TrunkDimensions.Of(JointDesign.FourGeared, own, Ten.Dimensions.Tool + 0.01, new double[40]));
        var chain = new SpikingChain(arm, OfTen.Model);
        var sampler = new PoseSampler(arm, 9602);
        double[] inputs = new double[30], strokes = new double[40];
        Pose[] placed = new Pose[10], there = new Pose[10];
        for (int i = 0; i < 200; i++)
        {
            sampler.Sample(inputs);
            arm.InputsToStrokes(inputs, strokes);
            Pose tip = chain.Place(strokes, null, placed, []), real = arm.ForwardFromStrokes(strokes, there);
            Assert.InRange((tip.Position - real.Position).Length, 0, OfTen.Allowance(10));
            Assert.InRange((placed[9].Position - there[9].Position).Length, 0, OfTen.Allowance(9));
        }
    }

    /// <summary>
    /// The rows that steps are bent by, through spikes, against two oracles: kinematics' rows of the same places, and what the places that
    /// the network gives change by along those rows. Spikes come and go, so that a place jumps by fractions of a millimetre: differences
    /// are taken over a tenth of a travel and held in the mean.
    /// </summary>
    [Theory]
    [InlineData(true, 0.95)]
    [InlineData(false, 0.9)]
    public void Gradients_through_spikes_point_as_kinematics_do_and_are_as_long(bool isFourGeared, double leastCosine)
    {
        (TrunkArm arm, BodyNetwork network) = isFourGeared ? (Ten, OfTen) : (Six, OfSix);
        var far = new SceneDescription("ball", 0, 0, [new SphereObstacle("ball", new Vec3(0.15, 0.1, 0.3), 0.02)]);
        BodyClearance placed = new(arm, far, network: network), exact = new(arm, far);
        var random = new Random(9603);
        int n = arm.InputCount;
        double[] inputs = new double[n], rows = new double[8 * n], exactRows = new double[8 * n], changed = new double[n];
        double[] displacements = new double[n], strokes = new double[arm.StrokeCount], change = new double[arm.StrokeCount];
        Touch[] touches = new Touch[8], exactTouches = new Touch[8], there = new Touch[128];
        List<double> cosines = [], lengths = [], differences = [];
        for (int i = 0; i < 60; i++)
        {
            for (int k = 0; k < n; k++)
            {
                inputs[k] = arm.InputMin + (arm.InputMax - arm.InputMin) * (0.2 + 0.6 * random.NextDouble());
            }

            foreach (bool byDisplacements in new[] { true, false })
            {
                int count = placed.Gradients(inputs, byDisplacements, 2, touches, rows);
                int exactCount = exact.Gradients(inputs, byDisplacements, 2, exactTouches, exactRows);
                for (int k = 0; k < count; k++)
                {
                    Touch touch = touches[k];
                    int same = Array.FindIndex(exactTouches, 0, exactCount, one => one.Link == touch.Link && one.Other == touch.Other);
                    Span<double> row = rows.AsSpan(k * n, n);
                    double square = Dot(row, row);
                    if (same < 0 || square == 0 || touch.Other >= 0)
                    {
                        continue;
                    }

                    Span<double> exactRow = exactRows.AsSpan(same * n, n);
                    cosines.Add(Dot(row, exactRow) / Math.Sqrt(square * Dot(exactRow, exactRow)));
                    lengths.Add(Math.Sqrt(square / Dot(exactRow, exactRow)));
                    if (byDisplacements)
                    {
                        // Along the row, so far that the joint that moves most goes a tenth of its travel to each side.
                        double step = 0.1 / Math.Sqrt(square) * Math.Sqrt(n) / 2;
                        differences.Add((SlackOf(touch, row, step) - SlackOf(touch, row, -step)) / (2 * step) / square);
                    }
                }
            }
        }

        Assert.True(cosines.Count > 300, $"only {cosines.Count} rows were compared");
        Assert.True(Quantile(cosines, 0.05) > leastCosine, $"of 20 rows one is at {Quantile(cosines, 0.05):0.000} to kinematics'");
        Assert.InRange(Quantile(lengths, 0.5), 0.9, 1.1);
        Assert.InRange(Quantile(lengths, 0.05), 0.8, 1);
        Assert.InRange(Quantile(lengths, 0.95), 1, 1.3);
        Assert.InRange(Quantile(differences, 0.5), 0.9, 1.1);

        double SlackOf(Touch touch, ReadOnlySpan<double> row, double step)
        {
            for (int k = 0; k < n; k++)
            {
                changed[k] = step * row[k];
            }

            arm.InputsToStrokes(inputs, strokes);
            arm.DisplacementChangeToStrokes(changed, change);
            placed.PlaceStrokes([.. strokes.Zip(change, (a, b) => a + b)]);
            int count = placed.Near(10, there);
            return Array.Find(there[..count], one => one.Link == touch.Link && one.Other == touch.Other).Slack;
        }
    }

    /// <summary>
    /// Beside a ball the placed body jumps nearer by more than short steps take it, so that none of them was allowed and the arm stood
    /// still for good. It backs off and goes on, and no step comes nearer than the floor.
    /// </summary>
    [Fact]
    public void A_placed_body_does_not_stand_still_where_short_steps_seem_too_near()
    {
        const double floor = 2e-3;
        BodyClearance body = new(Ten, new SceneDescription("ball", 0.01, 0, [new SphereObstacle("ball", new Vec3(0.18, 0, 0.35), 0.05)]),
            network: OfTen);
        int[] chips = [.. Enumerable.Range(0, 40).Select(gear => gear / 16)];
        var guard = new ClearanceGuard(body, new LateClearance(body, new LateGears(Ten, chips))) { Floor = floor };
        var random = new Random(9981);
        double[] at = Beside(), goal = Beside();
        int still = 0;
        for (int period = 0; period < 100; period++)
        {
            double share = Math.Min(1, 0.02 / Math.Max(1e-9, at.Zip(goal, (a, b) => Math.Abs(b - a)).Max()));
            double[] next = [.. at.Zip(goal, (a, b) => a + share * (b - a))];
            guard.Limit(at, next);
            still += next.SequenceEqual(at) && !at.SequenceEqual(goal) ? 1 : 0;
            at = next;
            body.PlaceStrokes(at);
            Assert.InRange(body.Slack(1), floor - 1e-9, 1);
        }

        Assert.InRange(still, 0, 1);

        // Within 30 mm of the ball.
        double[] Beside()
        {
            double[] inputs = new double[30], strokes = new double[40];
            do
            {
                foreach (ref double input in inputs.AsSpan())
                {
                    input = Ten.InputMin + (Ten.InputMax - Ten.InputMin) * random.NextDouble();
                }

                Ten.InputsToStrokes(inputs, strokes);
                body.PlaceStrokes(strokes);
            }
            while (body.Slack(0.3) is < 5e-3 or > 0.03);
            return strokes;
        }
    }

    /// <summary>A small network that has learned for a second or two places a body, and one that has not does not.</summary>
    [Fact]
    public void A_joint_is_learned()
    {
        TrainingSettings settings = TrainingSettings.Default with
        {
            Hidden = 24,
            IsJoint = true,
            Recipe = new TrainingRecipe { Updates = 8_000, LearningRate = 5e-3 },
        };
        using var training = new JointTraining(JointDesign.FourGeared, 4, settings, new TrainingBudget());
        double before = training.Test().TipMean;
        Assert.Equal(TrainingEnd.Finished, training.Run.Run(_ => { }));
        PoseErrors after = training.Test();
        Assert.True(after.TipMean < 0.1 * before && after.TipMean < 5e-3, $"{1e3 * before:0.0} mm before, {1e3 * after.TipMean:0.0} after");
        string path = Path.Combine(Directory.CreateTempSubdirectory("ganglion-joint-").FullName, "joint.safetensors");
        training.Model("four", after).Save(path);
        Assert.True(JointModel.IsOf(path, JointDesign.FourGeared));
        Assert.False(JointModel.IsOf(path, JointDesign.ThreeGeared));
        Assert.Equal(after.TipMean, BodyNetwork.Load(path, new TrunkArm(JointDesign.FourGeared, 4)).Errors.Mean.TipMean, 1e-12);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void What_places_no_body_of_the_arm_is_refused_in_words()
    {
        Assert.Contains("4-geared joint, and this arm's are 3-geared",
            Assert.Throws<InvalidDataException>(() => BodyNetwork.Load(Shipped("joint-4g-64"), Six)).Message);
        string arm = Path.Combine(AppContext.BaseDirectory, "hardware", "models", "trunk10-4g-128.safetensors");
        Assert.False(JointModel.IsOf(arm));
        Assert.Contains("not of a joint", Assert.Throws<InvalidDataException>(() => BodyNetwork.Load(arm, Ten)).Message);

        // A network that knows nothing.
        string path = Path.Combine(Path.GetTempPath(), $"ganglion-joint-{Guid.NewGuid():N}.safetensors");
        var weights = new LsnnWeights(JointModel.Shape(8), new NeuronConstants());
        new Neurons.Files.TrainedModel(weights, JointModel.Subject(JointDesign.FourGeared), new TrainingRecipe { Updates = 1 },
            new Dictionary<string, string>()).Save(path);
        Assert.Contains("train it longer", Assert.Throws<InvalidDataException>(() => BodyNetwork.Load(path, Ten)).Message);
        File.Delete(path);
    }

    private static string Shipped(string name) =>
        Path.Combine(AppContext.BaseDirectory, "hardware", "models", "joints", name + ".safetensors");

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static double Quantile(List<double> values, double share) => values.Order().ElementAt((int)(share * (values.Count - 1)));
}
