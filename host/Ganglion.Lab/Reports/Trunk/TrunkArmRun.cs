using Ganglion.Arm.Inference;
using Ganglion.Arm.Learning;
using Ganglion.Arm.Paper;
using Ganglion.Arm.Trials;
using Ganglion.Neurons.Files;
using Ganglion.Robots.Robot;
using Ganglion.Robots.Trunk;

namespace Ganglion.Lab.Reports.Trunk;

/// <summary>A shipped model with the arm that it is of.</summary>
/// <param name="Name">Name of its file, without the ending.</param>
/// <param name="Sha256">Of its file.</param>
/// <param name="Robot">Description of the arm.</param>
/// <param name="Arm">Its kinematics.</param>
/// <param name="Form">What the model reports.</param>
/// <param name="Trained">The model.</param>
public sealed record ShippedModel(string Name, string Sha256, RobotDescription Robot, TrunkArm Arm, TargetForm Form, TrainedModel Trained)
{
    /// <summary>Joints and gears, such as "10 joints, 4-geared".</summary>
    public string Label => $"{Arm.Joints} joints, {(int)Arm.Design}-geared, {Trained.Weights.Shape.Hidden} neurons";

    /// <summary>A pose model of its own for each caller: they are not safe for two threads.</summary>
    public SpikingPoseModel ForInference() => new(Arm, Trained.Weights, Form);
}

/// <summary>What was computed for a model.</summary>
/// <param name="Model">The model.</param>
/// <param name="Prediction">Errors of its predictions.</param>
/// <param name="Paper">The paper's scheme: SD-AMSGrad, step 0.01 with eq. 19, target correction; from the straight arm.</param>
/// <param name="Elsewhere">The same from random postures.</param>
/// <param name="Pose">The paper's scheme with the step following the whole pose's error.</param>
/// <param name="Uncorrected">The paper's scheme without target correction.</param>
/// <param name="Position">The solver on the spiking Jacobian, position only.</param>
/// <param name="WholePose">The same solver, position and orientation.</param>
/// <param name="Ik">Least squares on the exact model, position and orientation.</param>
/// <param name="Rounding">What the commands' resolution leaves.</param>
public sealed record TrunkArmRun(
    ShippedModel Model, PoseErrors Prediction, MotorTrial Paper, MotorTrial Elsewhere, MotorTrial Pose, MotorTrial Uncorrected,
    InferenceTrial Position, InferenceTrial WholePose, IkTrial Ik, RoundingTrial Rounding);

/// <summary>The 10-joint arm's model trained by the paper's own setting.</summary>
/// <param name="Settings">The setting, with as many updates as were made.</param>
/// <param name="Prediction">Errors of its predictions on held-out poses.</param>
/// <param name="Inference">The paper's scheme with it, from the straight arm.</param>
public sealed record PaperTraining(TrainingSettings Settings, PoseErrors Prediction, MotorTrial Inference);

/// <summary>One optimiser of Fig. 10 over all models.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Trial">All runs.</param>
public sealed record OptimiserRun(string Name, MotorTrial Trial);

/// <summary>The solver on the spiking Jacobian with noise on every measured coordinate.</summary>
/// <param name="Noise">Standard deviation, m.</param>
/// <param name="Bar">What the median is held to, m.</param>
/// <param name="Trial">What came out.</param>
public sealed record NoiseRun(double Noise, double Bar, InferenceTrial Trial);

/// <summary>How motor inference brings an arm to a random target from a random posture (Figs. 3 to 6).</summary>
/// <param name="Goal">Joint inputs at which the target is the tip's pose.</param>
/// <param name="Marks">Iterations, the last one at the end.</param>
/// <param name="Inputs">Joint inputs after each.</param>
/// <param name="PassedOver">Targets drawn before it, which inference did not come near.</param>
public sealed record TrunkSequence(double[] Goal, int[] Marks, double[][] Inputs, int PassedOver);

/// <summary>A sequence as virtual boards carried it out (Fig. 4, lower row).</summary>
/// <param name="Strokes">Where the simulated gears stood after each of its marks, parts of the travel.</param>
public sealed record PlayedSequence(double[][] Strokes);
