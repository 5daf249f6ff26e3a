using Ganglion.Arm.Learning;
using Ganglion.Neurons.Files;
using Ganglion.Neurons.Network;
using Ganglion.Robots.Trunk;

namespace Ganglion.Arm.Body;

/// <summary>
/// A network that learned one joint of a design, from which the body of any arm of such joints is placed. One that reports the places of a
/// whole arm's modules has to add up all joints before each, and its modules are off by centimetres; a joint is a map of three numbers.
/// </summary>
public sealed class JointModel
{
    private const string Kind = "trunk-joint";

    private readonly double[] _lengthening;

    /// <param name="weights">The network, read in place.</param>
    /// <param name="form">Its numbers.</param>
    public JointModel(LsnnWeights weights, JointForm form)
    {
        (Weights, Form) = (weights, form);
        _lengthening = SpikingJoint.Lengthening(weights, form);
    }

    public LsnnWeights Weights { get; }

    /// <summary>The joint and the numbers in which it is learned.</summary>
    public JointForm Form { get; }

    /// <summary>What gradients through its spikes are multiplied by, one number an output.</summary>
    public IReadOnlyList<double> Lengthening => _lengthening;

    /// <summary>The network, with a work space of its own.</summary>
    public SpikingJoint NewJoint() => new(Weights, Form, _lengthening);

    /// <summary>What a model or a checkpoint says it was trained on.</summary>
    public static string Subject(JointDesign design) => $"{Kind} {ArmModel.Hash(new TrunkArm(design, 1))}";

    /// <summary>The network that a joint needs: one window, 3 inputs without a clock, 6 outputs.</summary>
    /// <param name="hidden">Neurons, at least 2.</param>
    public static LsnnShape Shape(int hidden) => new()
    {
        Channels = JointForm.Inputs,
        Windows = 1,
        Hidden = hidden,
        Outputs = JointForm.Outputs,
        ClockSteps = 0,
    };

    /// <summary>Whether a file is a model of a joint of this design, by what it says of itself; false also for what is no model.</summary>
    /// <param name="path">The file.</param>
    /// <param name="design">The joint; null: any.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static bool IsOf(string path, JointDesign? design = null)
    {
        try
        {
            string subject = SafeTensors.ReadMetadata(path).GetValueOrDefault("subject", "");
            return design is { } one ? subject == Subject(one) : subject.StartsWith(Kind + " ", StringComparison.Ordinal);
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Loads a model together with the design that it was trained on.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or no model of a joint.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static (TrainedModel Trained, JointModel Model) Open(string path)
    {
        var trained = TrainedModel.Load(path);
        foreach (JointDesign design in Enum.GetValues<JointDesign>())
        {
            if (trained.Subject == Subject(design))
            {
                return trained.Weights.Shape == Shape(trained.Weights.Shape.Hidden)
                    ? (trained, new JointModel(trained.Weights, new JointForm(design)))
                    : throw new InvalidDataException($"{path} has a network of shape {trained.Weights.Shape}, and a joint needs " +
                        $"{Shape(trained.Weights.Shape.Hidden)}: train it again.");
            }
        }

        throw new InvalidDataException($"{path} is a model of something else ('{trained.Subject}'), not of a joint of the trunk: choose " +
            "one that ganglion train made with a recipe that says learns: joint.");
    }

    /// <summary>Loads the model of a design.</summary>
    /// <exception cref="InvalidDataException">It is damaged, no model of a joint, or of the other design's.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static JointModel Load(string path, JointDesign design)
    {
        JointModel model = Open(path).Model;
        return model.Form.One.Design == design ? model : throw new InvalidDataException($"{path} learned a " +
            $"{(int)model.Form.One.Design}-geared joint, and this arm's are {(int)design}-geared: choose the model of that design.");
    }
}
