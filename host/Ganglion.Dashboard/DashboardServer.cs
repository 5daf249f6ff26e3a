using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using Ganglion.Dashboard.Guard;
using Ganglion.Dashboard.Rhythms;
using Ganglion.Dashboard.Robots;
using Ganglion.Dashboard.Stream;
using Ganglion.Live.Viewing;
using Microsoft.AspNetCore.Http;

namespace Ganglion.Dashboard;

/// <summary>
/// Serves the page and its stream. It reads what the control loop publishes and leaves inputs for it; the loop never waits for it, and
/// nothing that a browser does reaches it by another way.
/// </summary>
public sealed class DashboardServer : IDisposable
{
    /// <summary>Windows at a time.</summary>
    public const int MostWindows = 32;

    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20), Goodbye = TimeSpan.FromMilliseconds(500);

    private readonly WebHost _web;
    private readonly IPageRobot _robot;
    private readonly RequestDelegate _requests;
    private readonly FrameExchange _frames = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _publishing;
    private int _windows;

    /// <summary>Serves an arm.</summary>
    /// <exception cref="DashboardException">The address cannot be had, or the program was built without its page.</exception>
    public DashboardServer(DashboardOptions options, ArmDesk arm)
        : this(options, new ArmPage(arm))
    {
    }

    /// <summary>Serves a robot whose board moves it by itself.</summary>
    /// <exception cref="DashboardException">The address cannot be had, or the program was built without its page.</exception>
    public DashboardServer(DashboardOptions options, MotionDesk motion)
        : this(options, new MotionPage(motion))
    {
    }

    /// <summary>Serves a rhythm that people set while it runs.</summary>
    /// <exception cref="DashboardException">The address cannot be had, or the program was built without its page.</exception>
    public DashboardServer(DashboardOptions options, RhythmDesk rhythm)
        : this(options, new RhythmPage(rhythm))
    {
    }

    internal DashboardServer(DashboardOptions options, IPageRobot robot)
    {
        _robot = robot;
        AccessToken? token = IPAddress.IsLoopback(options.Address) ? null : new AccessToken(() => Environment.TickCount64);
        _requests = new Requests(new PageFiles(), robot, token, Look).Answer;
        _web = Bind(options);
        IPEndPoint at = _web.At;
        string host = at.Address.Equals(IPAddress.Any) || at.Address.Equals(IPAddress.IPv6Any) ? LocalName()
            : at.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{at.Address}]" : $"{at.Address}";
        Address = $"http://{host}:{at.Port}/" + (token == null ? "" : $"#token={token.Text}");
        _publishing = Task.Run(Publish);
    }

    /// <summary>Where a person finds the page; with the token behind # where one is asked for.</summary>
    public string Address { get; }

    /// <summary>Windows that look on.</summary>
    public int Windows => Volatile.Read(ref _windows);

    /// <summary>Buffers that frames are kept in.</summary>
    internal int Buffers => _frames.Buffers;

    public void Dispose()
    {
        _stop.Cancel();
        _web.Dispose();
        _publishing.Wait();
        _robot.Dispose();
        _stop.Dispose();
    }

    private WebHost Bind(DashboardOptions options)
    {
        try
        {
            return new WebHost(options.Address, options.Port, MostWindows, _requests);
        }
        catch (IOException) when (options.OtherPort)
        {
            return Bind(options with { Port = 0, OtherPort = false });
        }
        catch (IOException e)
        {
            throw new DashboardException($"the page cannot be served at {options.Address}:{options.Port}: " +
                $"{(e.InnerException ?? e).Message.TrimEnd('.')}. Choose another port with --listen.", e);
        }
    }

    /// <summary>Fifty times a second, the newest moment to whoever looks.</summary>
    private async Task Publish()
    {
        using var timer = new PeriodicTimer(Period);
        uint number = 0;
        FrameBuffer? frame = null;
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                if (Windows == 0)
                {
                    _robot.Rest();
                    continue;
                }

                frame ??= _frames.Rent();
                if (_robot.TryWrite(frame, number, Windows))
                {
                    number++;
                    _frames.Publish(frame);
                    frame = null;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
        catch (Exception fault)
        {
            // Told at once, and once more by whoever ends the server: nothing else would say why the windows stand still.
            long now = (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).Ticks * 100 - _robot.Epoch;
            _robot.Events.Add(now, "page", EventLevel.Error, $"The page has ended: {fault.Message} This is a fault of the program; the " +
                "robot goes on without it.");
            throw;
        }
    }

    /// <summary>One window, from its coming to its going.</summary>
    private async Task Look(HttpContext context)
    {
        if (Interlocked.Increment(ref _windows) > MostWindows)
        {
            Interlocked.Decrement(ref _windows);
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        try
        {
            using IPageWindow window = _robot.Open();
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
            using var end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, context.RequestAborted);
            var viewer = new Viewer(socket, window);
            Task[] both = [viewer.Send(_frames, end.Token), viewer.Receive(end.Token)];
            await Task.WhenAny(both);

            // A last word may be on its way; then it is over, whatever the window does.
            end.CancelAfter(Goodbye);
            await Task.WhenAll(both);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or IOException)
        {
            // The window is gone, by itself or because the program ends.
        }
        finally
        {
            Interlocked.Decrement(ref _windows);
        }
    }

    /// <summary>By which number other machines reach this one, as far as its own tables tell.</summary>
    private static string LocalName()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            // Nothing is sent: connecting a datagram socket only asks which of its own addresses this machine would use.
            probe.Connect(new IPAddress([192, 0, 2, 1]), 9);
            return ((IPEndPoint)probe.LocalEndPoint!).Address.ToString();
        }
        catch (SocketException)
        {
            return "127.0.0.1";
        }
    }
}
