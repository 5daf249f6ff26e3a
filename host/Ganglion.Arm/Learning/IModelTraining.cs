using Ganglion.Neurons.Files;
using Ganglion.Neurons.Training;

namespace Ganglion.Arm.Learning;

/// <summary>A training of a model of an arm, of whatever it learns.</summary>
public interface IModelTraining : IDisposable
{
    /// <summary>The run itself.</summary>
    TrainingRun Run { get; }

    /// <summary>Errors of the network as it is now, on held-out postures. Concerns all ranks.</summary>
    PoseErrors Test();

    /// <summary>The model as it is now; the same run gives the same bytes.</summary>
    /// <param name="name">Name of the arm, for people.</param>
    /// <param name="errors">Its measured errors.</param>
    TrainedModel Model(string name, PoseErrors errors);
}
