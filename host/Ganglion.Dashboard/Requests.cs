using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Ganglion.Dashboard.Guard;
using Ganglion.Dashboard.Stream;
using Ganglion.Live.Viewing;
using Microsoft.AspNetCore.Http;

namespace Ganglion.Dashboard;

/// <summary>Who asks for what, and whether he gets it.</summary>
/// <param name="files">The page.</param>
/// <param name="robot">The robot behind it.</param>
/// <param name="token">Who may see it; null: everybody on this machine.</param>
/// <param name="look">Serves a window.</param>
internal sealed class Requests(PageFiles files, IPageRobot robot, AccessToken? token, RequestDelegate look)
{
    private const int LongestBody = 256;

    /// <summary>Answers one request.</summary>
    public async Task Answer(HttpContext context)
    {
        HttpRequest request = context.Request;
        if (!RequestGuard.IsForThisServer(context))
        {
            await Refuse(context, StatusCodes.Status421MisdirectedRequest, "This server answers to its address by number only.");
            return;
        }

        RequestGuard.Harden(context);
        bool get = HttpMethods.IsGet(request.Method);
        if (get && await files.TryAnswer(context))
        {
            return;
        }

        if (!RequestGuard.IsSameSite(request))
        {
            await Refuse(context, StatusCodes.Status403Forbidden, "Only this server's own page may ask for this.");
            return;
        }

        switch (request.Path.Value)
        {
            case "/session" when HttpMethods.IsPost(request.Method):
                await Enter(context);
                return;
            case "/scene" or "/events" or "/stream" or "/text" or "/before" when get && !IsLetIn(request):
                await Refuse(context, StatusCodes.Status401Unauthorized, "A token is needed: open the address that the program printed.");
                return;
            case "/scene" when get:
                context.Response.ContentType = "application/json";
                await context.Response.Body.WriteAsync(robot.Scene, context.RequestAborted);
                return;
            case "/events" when get:
                await TellEvents(context);
                return;
            case "/before" when get:
                await TellBefore(context);
                return;
            case "/text" when get && robot.Text is { Length: > 0 } text:
                context.Response.ContentType = "text/plain; charset=utf-8";
                await context.Response.WriteAsync(text, context.RequestAborted);
                return;
            case "/stream" when get:
                await Stream(context);
                return;
            default:
                await Refuse(context, StatusCodes.Status404NotFound, "There is nothing here.");
                return;
        }
    }

    private bool IsLetIn(HttpRequest request) => token == null || token.Knows(request.Cookies[CookieName(request.HttpContext)]);

    /// <summary>Cookies do not tell ports apart: two robots on one machine would lock each other out.</summary>
    private static string CookieName(HttpContext context) =>
        string.Create(CultureInfo.InvariantCulture, $"ganglion-{context.Connection.LocalPort}");

    private async Task Enter(HttpContext context)
    {
        if (!RequestGuard.IsFromOwnPage(context.Request))
        {
            await Refuse(context, StatusCodes.Status403Forbidden, "Only this server's own page may ask for this.");
            return;
        }

        byte[] body = new byte[LongestBody + 1];
        int length = await context.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, context.RequestAborted);
        if (token == null || length > LongestBody)
        {
            await Refuse(context, StatusCodes.Status400BadRequest, "No token is expected here, or not such a long one.");
            return;
        }

        switch (token.TryEnter(Encoding.UTF8.GetString(body, 0, length), context.Connection.RemoteIpAddress ?? IPAddress.None,
            out string session))
        {
            case Entry.Granted:
                context.Response.Cookies.Append(CookieName(context), session,
                    new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true });
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return;
            case Entry.TooMany:
                await Refuse(context, StatusCodes.Status429TooManyRequests, "Too many wrong tokens: wait a minute.");
                return;
            default:
                await Refuse(context, StatusCodes.Status403Forbidden, "This is not the token.");
                return;
        }
    }

    private async Task TellEvents(HttpContext context)
    {
        if (!long.TryParse(context.Request.Query["after"], NumberStyles.None, CultureInfo.InvariantCulture, out long after))
        {
            await Refuse(context, StatusCodes.Status400BadRequest, "Ask as /events?after=NUMBER.");
            return;
        }

        context.Response.ContentType = "application/json";
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            json.WriteStartArray();
            foreach (RobotEvent one in robot.Events.Events.Where(one => one.Number > after))
            {
                json.WriteStartObject();
                json.WriteNumber("number", one.Number);
                json.WriteNumber("seconds", Math.Round((robot.Epoch + one.Time) * 1e-9, 3));
                json.WriteString("who", one.Source);
                json.WriteString("kind", one.Level switch
                {
                    EventLevel.Error => "fault",
                    EventLevel.Warning => "warning",
                    _ => "info",
                });
                json.WriteString("words", one.Words);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        await context.Response.Body.WriteAsync(text.GetBuffer().AsMemory(0, (int)text.Length), context.RequestAborted);
    }

    /// <summary>What a recording shows before a moment, frame after frame: what a window that comes there draws over time.</summary>
    private async Task TellBefore(HttpContext context)
    {
        if (!double.TryParse(context.Request.Query["until"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double until)
            || robot.Before(until) is not { } past)
        {
            await Refuse(context, StatusCodes.Status400BadRequest, "Ask a recording as /before?until=SECONDS.");
            return;
        }

        using var frames = new MemoryStream();
        using (past)
        {
            var frame = new FrameBuffer();
            for (uint number = 0; past.TryWrite(frame, number, windows: 0); number++)
            {
                frames.Write(frame.Memory.Span);
            }
        }

        context.Response.ContentType = "application/octet-stream";
        await context.Response.Body.WriteAsync(frames.GetBuffer().AsMemory(0, (int)frames.Length), context.RequestAborted);
    }

    private async Task Stream(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await Refuse(context, StatusCodes.Status426UpgradeRequired, "This is a WebSocket.");
        }
        else if (!RequestGuard.IsFromOwnPage(context.Request))
        {
            await Refuse(context, StatusCodes.Status403Forbidden, "Only this server's own page may look at the robot.");
        }
        else
        {
            await look(context);
        }
    }

    private static Task Refuse(HttpContext context, int status, string why)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(why + "\n", context.RequestAborted);
    }
}
