using System.IO.Compression;
using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Ganglion.Dashboard;

/// <summary>The page's files, compressed, out of this assembly.</summary>
internal sealed class PageFiles
{
    private const string Folder = "page/";

    private static readonly Dictionary<string, string> Types = new()
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
    };

    private readonly Dictionary<string, byte[]> _files = [];

    /// <exception cref="DashboardException">The program was built without Node.</exception>
    public PageFiles()
    {
        Assembly assembly = typeof(PageFiles).Assembly;
        foreach (string name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using System.IO.Stream file = assembly.GetManifestResourceStream(name)!;
            byte[] bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            _files["/" + name[Folder.Length..]] = bytes;
        }

        if (_files.Count == 0)
        {
            throw new DashboardException("the program was built without its page, because Node was missing: install it with " +
                "`sudo apt-get install nodejs npm` and build again.");
        }

        _files["/"] = _files["/index.html"];
    }

    /// <summary>Bytes that a browser has to fetch before the page is whole.</summary>
    public int Weight => _files.Where(file => file.Key != "/").Sum(file => file.Value.Length);

    /// <summary>Answers a request for a file.</summary>
    /// <returns>False if there is none of that name.</returns>
    public async ValueTask<bool> TryAnswer(HttpContext context)
    {
        string path = context.Request.Path.Value ?? "";
        if (!_files.TryGetValue(path, out byte[]? file))
        {
            return false;
        }

        HttpResponse response = context.Response;
        response.ContentType = Types[path == "/" ? ".html" : Path.GetExtension(path)];
        response.Headers.Vary = "Accept-Encoding";
        if (context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            response.Headers.ContentEncoding = "gzip";
            response.ContentLength = file.Length;
            await response.Body.WriteAsync(file, context.RequestAborted);
        }
        else
        {
            using var plain = new GZipStream(new MemoryStream(file), CompressionMode.Decompress);
            await plain.CopyToAsync(response.Body, context.RequestAborted);
        }

        return true;
    }
}
