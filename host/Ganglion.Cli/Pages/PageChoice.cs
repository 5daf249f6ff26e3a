using System.CommandLine;
using Ganglion.Dashboard;

namespace Ganglion.Cli.Pages;

/// <summary>Whether a verb serves the page on which people see and steer the robot, and where.</summary>
/// <param name="Listen">As it was given; null: the usual place.</param>
/// <param name="Off">No page.</param>
internal sealed record PageChoice(string? Listen, bool Off)
{
    public static Option<string?> ListenOption() => new("--listen")
    {
        Description = $"Where the page is served: PORT, ADDRESS or ADDRESS:PORT (default: 127.0.0.1:{DashboardOptions.UsualPort}, or " +
            "another port if that is taken). Beyond this machine it asks for the token that is printed with its address.",
        HelpName = "ADDRESS:PORT",
    };

    public static Option<bool> OffOption() => new("--no-page") { Description = "Serve no page." };

    /// <summary>Where to serve it; null: nowhere.</summary>
    /// <param name="quiet">Nobody looks, as with --json or in virtual time: then only where a place was named.</param>
    /// <exception cref="UsageException">The place is none.</exception>
    public DashboardOptions? Place(bool quiet)
    {
        if (Off)
        {
            return Listen == null ? null : throw new UsageException("--no-page and --listen do not go together: leave one out.");
        }

        try
        {
            return Listen != null ? DashboardOptions.Parse(Listen) : quiet ? null : DashboardOptions.Usual;
        }
        catch (FormatException e)
        {
            throw new UsageException($"--listen: {e.Message}");
        }
    }

    /// <summary>Serves a page and prints where, on stderr.</summary>
    /// <param name="place">Where; null: nowhere.</param>
    /// <param name="serve">Makes its server.</param>
    /// <returns>Null where no page is served.</returns>
    /// <exception cref="DashboardException">The place that was named cannot be had.</exception>
    public DashboardServer? Serve(DashboardOptions? place, Func<DashboardOptions, DashboardServer> serve)
    {
        if (place == null)
        {
            return null;
        }

        try
        {
            return Told(serve(place));
        }
        catch (DashboardException e)
        {
            if (Listen != null)
            {
                throw new DashboardException($"{e.Message} Or leave the page off with --no-page.", e);
            }

            Console.Error.WriteLine($"no page: {e.Message}");
            return null;
        }
    }

    /// <summary>Prints where a page is, on stderr.</summary>
    public static DashboardServer Told(DashboardServer server)
    {
        Console.Error.WriteLine($"see it in a browser: {server.Address}");
        return server;
    }
}
