using System.Globalization;
using Ganglion.Arm.Learning;
using Ganglion.Neurons.Files;
using Ganglion.Neurons.Network;
using Ganglion.Neurons.Passes;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Tests.Learning;

/// <summary>The models in hardware/models: each belongs to the arm that it names, and is as good as it says.</summary>
public class ShippedModelTests
{
    public static TheoryData<string> Models =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "hardware", "models"), "*.safetensors")
            .Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_shipped_model_keeps_what_it_promises(string name)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "hardware", "models", name + ".safetensors");
        string armName = TrainedModel.Load(path).Notes["arm"];
        var arm = TrunkArm.FromDescription(Arms.Shipped(armName));
        (TrainedModel model, TargetForm form) = ArmModel.Load(path, arm);
        PoseErrors errors = ArmTraining.Test(arm, model, form, 400);
        // 400 of the 2000 postures: their mean is within a tenth of the mean over all.
        Promised("error_tip_mm", 1e3 * errors.TipMean);
        Promised("error_joint_mm", 1e3 * errors.JointMean);
        Promised("error_rotation_deg", errors.RotationMean * 180 / Math.PI);
        Assert.Equal(model.Weights.Shape.Hidden, TrainingRecord.Read(path)!.Hidden);

        void Promised(string note, double measured) =>
            Assert.InRange(measured / double.Parse(model.Notes[note], CultureInfo.InvariantCulture), 0.9, 1.1);
    }

    /// <summary>
    /// The fast pass against the float64 reference, on weights that training has made hard: silenced neurons with voltages of hundreds of
    /// thresholds. Same spikes, and all gradients within 1e-5 of the largest. Where a neuron comes within float32's rounding of its
    /// threshold, a spike may rightly differ.
    /// </summary>
    [Theory]
    [MemberData(nameof(Models))]
    public void A_shipped_model_has_the_spikes_and_gradients_of_float64(string name)
    {
        const double Rounding = 1e-5;
        (TrainedModel model, TargetForm form, TrunkArm arm) = ArmModel.Open(Path.Combine(AppContext.BaseDirectory, "hardware", "models",
            name + ".safetensors"));
        LsnnShape shape = model.Weights.Shape;
        using var samples = new PoseSamples(arm, form, seed: 1);
        LsnnPass pass = LsnnEngine.CreateEventPass(model.Weights);
        var reference = new ReferenceLsnn(model.Weights);
        float[] inputs = new float[shape.InputLength], targets = new float[samples.TargetLength], toInputs = new float[shape.InputLength];
        byte[] raster = new byte[shape.Steps * shape.Hidden];
        int postures = shape.Hidden > 256 ? 3 : 12, compared = 0;
        for (int s = 0; s < postures; s++)
        {
            samples.Fill(s, inputs, targets);
            reference.Forward(Array.ConvertAll(inputs, x => (double)x));
            pass.Forward(inputs);
            pass.CopyRaster(raster);
            int parted = Array.FindIndex([.. Enumerable.Range(0, raster.Length)], i => raster[i] == 1 != reference.Spikes[i / shape.Hidden,
                i % shape.Hidden]);
            if (parted >= 0)
            {
                (int t, int j) = Math.DivRem(parted, shape.Hidden);
                Assert.InRange(Math.Abs(reference.Voltages[t, j] - reference.Thresholds[t, j]), 0, Rounding);
                continue;
            }

            float[] back = [.. Enumerable.Range(0, shape.OutputLength).Select(i => (float)Math.Sin(12.9898 * i + s))];
            ReferenceGradients expected = reference.Backward(Array.ConvertAll(back, x => (double)x));
            var gradients = new LsnnWeights(shape, model.Weights.Constants);
            pass.BackwardToInputs(back, toInputs);
            pass.BackwardToWeights(back, gradients);
            Near(expected.Inputs, i => toInputs[i], "inputs");
            Near([.. expected.Input.Cast<double>()], i => gradients.Input(i / shape.Hidden, i % shape.Hidden), "input weights");
            Near([.. expected.Recurrent.Cast<double>()], i => gradients.Recurrent(i / shape.Hidden, i % shape.Hidden), "recurrent weights");
            Near([.. expected.Readout.Cast<double>()], i => gradients.Readout(i / shape.Outputs, i % shape.Outputs), "readout weights");
            compared++;
        }

        Assert.InRange(compared, postures - 1, postures);

        static void Near(double[] expected, Func<int, float> actual, string what)
        {
            double scale = expected.Max(Math.Abs), worst = expected.Select((value, i) => Math.Abs(value - actual(i))).Max();
            Assert.True(worst <= 1e-5 * scale, $"{what}: off by {worst / scale:e2} of the largest value");
        }
    }
}
