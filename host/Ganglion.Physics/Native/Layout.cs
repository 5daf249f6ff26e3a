using System.Globalization;

namespace Ganglion.Physics.Native;

/// <summary>
/// Where the members that the physics touches lie in mjModel and mjData of the library at hand, found once by a probe
/// model and then tried: a force through the found controls must move the probe by the amount that mechanics says.
/// </summary>
internal sealed unsafe class Layout
{
    private static readonly Lazy<Layout> Found = new(Probe);

    private Layout(int gravity, int time, int positions, int velocities, int controls, int sensors) =>
        (Gravity, Time, Positions, Velocities, Controls, Sensors) = (gravity, time, positions, velocities, controls, sensors);

    /// <summary>The layout of the library at hand.</summary>
    /// <exception cref="PhysicsException">The library is missing, or this version does not fit.</exception>
    public static Layout Current => Found.Value;

    /// <summary>Bytes from the start of mjModel to the gravity vector.</summary>
    public int Gravity { get; }

    /// <summary>Bytes from the start of mjData to the time.</summary>
    public int Time { get; }

    /// <summary>Bytes from the start of mjData to the pointers of these arrays.</summary>
    public int Positions { get; }

    public int Velocities { get; }

    public int Controls { get; }

    public int Sensors { get; }

    public static double* Array(nint data, int offset) => *(double**)(data + offset);

    // Numbers that occur nowhere else. Two bodies on slides without damping, so that the check is exact.
    private const double Clock = 0.8141592653, GravityX = 0.2718281828, GravityY = -0.5772156649, GravityZ = -9.1732050808;
    private const double Step = 0.0037, Mass = 1.618, Force = 3.0777;
    private static readonly double[] Positions0 = [0.3010299957, -0.6931471806, 0.4342944819];
    private static readonly double[] Velocities0 = [0.1414213562, -0.2236067977, 0.3162277660];
    private static readonly double[] Controls0 = [0.7390851332, -0.9159655942, 0.6434105463];

    private static Layout Probe()
    {
        nint model = MuJoCo.Compile(ProbeModel());
        nint data = MuJoCo.mj_makeData(model);
        try
        {
            MuJoCo.mj_resetDataKeyframe(model, data, 0);
            using var finder = new FieldFinder();
            int gravity = Need(finder.Values(model, [GravityX, GravityY, GravityZ]), "opt.gravity");

            // Before anything was computed, which leaves copies of the inputs in other places.
            int time = Need(finder.Values(data, [Clock]), "time");
            int positions = Need(finder.PointerTo(data, Positions0), "qpos");
            int velocities = Need(finder.PointerTo(data, Velocities0), "qvel");
            int controls = Need(finder.PointerTo(data, Controls0), "ctrl");
            MuJoCo.mj_forward(model, data);

            // The sensors tell the joints' places in reverse, so that they are not taken for the places themselves.
            int sensors = Need(finder.PointerTo(data, [Positions0[2], Positions0[1], Positions0[0]]), "sensordata");
            var layout = new Layout(gravity, time, positions, velocities, controls, sensors);
            layout.Try(model, data);
            return layout;
        }
        finally
        {
            MuJoCo.mj_deleteData(data);
            MuJoCo.mj_deleteModel(model);
        }
    }

    // One step under a known force and gravity, written and read through what was found.
    private void Try(nint model, nint data)
    {
        double* q = Array(data, Positions), v = Array(data, Velocities), control = Array(data, Controls), sensors = Array(data, Sensors);
        double* gravity = (double*)(model + Gravity), time = (double*)(data + Time);
        gravity[0] = 1.5;
        *time = 2.0;
        for (int i = 0; i < 3; i++)
        {
            (q[i], v[i], control[i]) = (0.01 * (i + 1), 0.0, i == 1 ? Force : 0.0);
        }

        MuJoCo.mj_step(model, data);

        // The sensors still show the state before the step. All slides lie along x: gravity moves each alike.
        double free = 1.5 * Step, pushed = free + Force / Mass * Step;
        bool fits = Near(*time, 2.0 + Step) && Near(v[0], free) && Near(v[1], pushed) && Near(v[2], free)
            && Near(q[1], 0.02 + pushed * Step) && Near(sensors[0], 0.03) && Near(sensors[2], 0.01);
        if (!fits)
        {
            throw Misfit("a step of the probe model did not move it as mechanics says");
        }
    }

    private static bool Near(double value, double expected) => Math.Abs(value - expected) < 1e-9;

    private static int Need(int offset, string member) => offset >= 0 ? offset : throw Misfit($"its member {member} was not found");

    private static PhysicsException Misfit(string reason) =>
        new($"MuJoCo {MuJoCo.Version} does not fit this program: {reason}. {MuJoCo.Remedy}");

    private static string ProbeModel()
    {
        string bodies = "", motors = "", sensors = "";
        for (int i = 0; i < 3; i++)
        {
            bodies += $"<body pos='0 {i} 0'><joint name='j{i}' type='slide' axis='1 0 0'/><geom type='sphere' size='.01' " +
                $"mass='{Text(Mass)}'/></body>";
            motors += $"<motor joint='j{i}'/>";
            sensors += $"<jointpos joint='j{2 - i}'/>";
        }
        return $"<mujoco><option timestep='{Text(Step)}' gravity='{Text(GravityX)} {Text(GravityY)} {Text(GravityZ)}'/>"
            + $"<worldbody>{bodies}</worldbody><actuator>{motors}</actuator><sensor>{sensors}</sensor>"
            + $"<keyframe><key time='{Text(Clock)}' qpos='{Text(Positions0)}' qvel='{Text(Velocities0)}' " +
                $"ctrl='{Text(Controls0)}'/></keyframe></mujoco>";
    }

    private static string Text(params double[] values) =>
        string.Join(' ', values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)));
}
