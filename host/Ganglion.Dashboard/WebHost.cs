using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Ganglion.Dashboard;

/// <summary>A web server that answers every request in one place, with bounds on all that a client may send, and that leaves signals to the
/// verb, which brings the robot to rest before anything ends.</summary>
internal sealed class WebHost : IDisposable
{
    private static readonly TimeSpan Goodbye = TimeSpan.FromMilliseconds(500);

    private readonly WebApplication _app;

    /// <summary>Starts it.</summary>
    /// <param name="address">To listen on.</param>
    /// <param name="port">0: any free one.</param>
    /// <param name="most">Connections that stay, at a time.</param>
    /// <param name="requests">Answers.</param>
    /// <exception cref="IOException">The address cannot be had; the inner exception says why.</exception>
    public WebHost(IPAddress address, int port, int most, RequestDelegate requests)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16_384;
            kestrel.Limits.MaxRequestLineSize = 2048;
            kestrel.Limits.MaxConcurrentConnections = 4 * most;
            kestrel.Limits.MaxConcurrentUpgradedConnections = 2 * most;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(30);
            kestrel.Listen(address, port);
        });
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        _app = builder.Build();
        _app.UseWebSockets(new WebSocketOptions
        {
            KeepAliveInterval = TimeSpan.FromSeconds(10),
            KeepAliveTimeout = TimeSpan.FromSeconds(20),
        });
        _app.Run(requests);
        try
        {
            _app.Start();
        }
        catch (Exception failure)
        {
            ((IDisposable)_app).Dispose();
            if (failure is SocketException)
            {
                throw new IOException(failure.Message, failure);
            }

            throw;
        }

        At = new IPEndPoint(address, new Uri(_app.Urls.First()).Port);
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint At { get; }

    /// <summary>Ends it; whoever is still connected half a second later is cut off.</summary>
    public void Dispose()
    {
        using (var patience = new CancellationTokenSource(Goodbye))
        {
            _app.StopAsync(patience.Token).ContinueWith(_ => { }, TaskScheduler.Default).Wait();
        }

        ((IDisposable)_app).Dispose();
    }

    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
