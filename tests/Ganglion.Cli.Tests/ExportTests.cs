using System.Xml.Linq;

namespace Ganglion.Cli.Tests;

/// <summary>`ganglion export urdf` as a user types it; what is in the file is for Robots.Tests.</summary>
public sealed class ExportTests
{
    [Fact]
    public void Urdf_goes_to_the_screen_or_into_a_file_and_is_the_same()
    {
        string file = Path.Combine(Path.GetTempPath(), $"ganglion-{Guid.NewGuid():N}.urdf");
        try
        {
            Outcome printed = GanglionProcess.Run("export", "urdf", "trunk6-3g"), written = GanglionProcess.Run("export", "urdf",
                "trunk6-3g", "-o", file);
            Assert.Equal((0, ""), (printed.ExitCode, printed.Errors));
            Assert.Equal(0, written.ExitCode);
            Assert.Equal(File.ReadAllText(file), printed.Output);
            Assert.Equal("trunk6-3g", XDocument.Parse(printed.Output).Root!.Attribute("name")!.Value);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void What_has_no_links_is_refused_in_words()
    {
        Outcome refused = GanglionProcess.Run("export", "urdf", "rig12");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("no links and joints", refused.Errors, StringComparison.Ordinal);
        Assert.Equal("", refused.Output);
    }
}
