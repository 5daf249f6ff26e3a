using System.Net;
using Ganglion.Arm.Control;
using Ganglion.Arm.Inference;
using Ganglion.Dashboard.Robots;
using Ganglion.Live;
using Ganglion.Live.Reaching;
using Ganglion.Live.Viewing;
using Ganglion.Robots.Robot;
using Ganglion.Sim;

namespace Ganglion.Dashboard.Tests.Page;

/// <summary>A virtual arm that reaches for random targets, and its page, in virtual time at the pace of real time.</summary>
internal sealed class MovingArm : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly VirtualArm _body;
    private readonly ArmSession _session;
    private readonly Thread _loop;
    private Exception? _failure;

    /// <param name="robot">Name of its description.</param>
    /// <param name="model">Name of the spiking model that steers it; null: exact geometry does.</param>
    public MovingArm(string robot = "trunk10-4g", string? model = null)
    {
        RobotDescription description = RobotFile.Load(Repository.Hardware("robots", robot + ".yaml"));
        _body = VirtualArm.InVirtualTime(description, 1);
        _session = new ArmSession(description, _body.Ports, new PacedClock(_body.Clock));
        IArmController controller = model == null ? new LeastSquaresController(_session.Arm, 1, orientation: false)
            : new SpikingController(SpikingPoseModel.Load(Repository.Hardware("models", model + ".safetensors"), _session.Arm), 1, false);
        var viewer = new ArmViewer(_session, controller, _body);
        Server = new DashboardServer(new DashboardOptions(IPAddress.Loopback, 0, OtherPort: false),
            new ArmDesk(description, viewer.Exchange, viewer.Events, new PageControl.Watched(_end.Cancel), controller.Name,
                IsVirtual: true));
        _loop = new Thread(() =>
        {
            try
            {
                _session.Open();
                ReachRun.Execute(_session, controller, _body, new ReachRunOptions(double.PositiveInfinity, int.MaxValue, 1), _ => { },
                    _end.Token, viewer);
            }
            catch (Exception e)
            {
                _failure = e;
            }
        })
        { Name = "arm's loop" };
        _loop.Start();
    }

    public DashboardServer Server { get; }

    public void Dispose()
    {
        _end.Cancel();
        _loop.Join();
        Server.Dispose();
        _session.Dispose();
        _body.Dispose();
        _end.Dispose();
        Assert.Null(_failure);
    }
}
