using System.Xml.Linq;

namespace Ganglion.Cli.Tests;

/// <summary>`ganglion export` as a user types it; what is in the files is for Robots.Tests.</summary>
public sealed class ExportTests
{
    [Fact]
    public void Urdf_goes_to_the_screen_or_into_a_file_and_is_the_same()
    {
        string file = Path.Combine(Path.GetTempPath(), $"ganglion-{Guid.NewGuid():N}.urdf");
        try
        {
            Outcome printed = GanglionProcess.Run("export", "urdf", "trunk6-3g"), written = InProcess.Run("export", "urdf",
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
        Outcome refused = InProcess.Run("export", "urdf", "rig12");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("no links and joints", refused.Errors, StringComparison.Ordinal);
        Assert.Equal("", refused.Output);
    }

    [Fact]
    public void Mjcf_has_masses_and_a_folder_without_parts_is_refused()
    {
        Outcome printed = InProcess.Run("export", "mjcf", "trunk6-3g");
        Assert.Equal((0, ""), (printed.ExitCode, printed.Errors));
        Assert.Equal("trunk6-3g", XDocument.Parse(printed.Output).Root!.Attribute("model")!.Value);
        Assert.Equal(8, XDocument.Parse(printed.Output).Descendants("inertial").Count());

        Outcome refused = InProcess.Run("export", "mjcf", "trunk6-3g", "--parts", Path.GetTempPath());
        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.Contains("tools/parts --frame", refused.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_are_the_shipped_parameters_and_a_joint_that_is_not_there_is_refused()
    {
        Outcome printed = InProcess.Run("export", "parts", "trunk10-4g");
        Assert.Equal((0, ""), (printed.ExitCode, printed.Errors));
        Assert.Contains("four_travel = 21.46;", printed.Output, StringComparison.Ordinal);

        Outcome refused = InProcess.Run("export", "parts", "trunk10-4g", "--joint", "11");
        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
        Assert.Contains("joints 1 to 10, and no joint 11", refused.Errors, StringComparison.Ordinal);
    }
}
