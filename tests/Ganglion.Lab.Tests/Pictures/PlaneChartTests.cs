using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Ganglion.Lab.Pictures;

namespace Ganglion.Lab.Tests.Pictures;

public class PlaneChartTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static string[] Numbers(string picture) =>
        [.. XDocument.Parse(picture).Descendants(Svg + "text").Where(text => (string?)text.Attribute("fill") == "#555")
            .Select(text => text.Value)];

    [Fact]
    public void Numbers_at_the_axes_are_round()
    {
        string[] shown = Numbers(new PlaneChart("t", "x", "y").Line([0, 13], [-0.7, 2.2], "#000").Render());
        Assert.Superset(new HashSet<string> { "0", "1", "2", "5", "10" }, shown.ToHashSet());
        Assert.DoesNotContain("13", shown);
    }

    [Fact]
    public void A_logarithmic_axis_shows_powers_of_ten_as_far_apart_as_they_are()
    {
        string picture = new PlaneChart("t", "x", "y") { LogUp = true }.Line([0, 1, 2], [0.1, 10, 1000], "#000").Render();
        Assert.Superset(new HashSet<string> { "0.1", "1", "10", "100", "1000" }, Numbers(picture).ToHashSet());
        double[] heights = [.. Regex.Matches(Regex.Match(picture, "d=\"(M[^\"]*L[^\"]*)\" fill=\"none\"").Groups[1].Value, @" ([\d.]+)")
            .Select(m => double.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture))];
        Assert.Equal(3, heights.Length);
        Assert.Equal(heights[0] - heights[1], heights[1] - heights[2], 0.2);
    }

    /// <summary>A line of slope 1 is as wide as it is high where both axes are places.</summary>
    [Fact]
    public void Equal_scales_keep_shapes()
    {
        string picture = new PlaneChart("t", "x", "y") { EqualScales = true }.Line([0, 0.25, 4], [0, 0.25, 0], "#000").Render();
        double[] numbers = [.. Regex.Matches(Regex.Match(picture, "d=\"(M[^\"]*L[^\"]*)\" fill=\"none\"").Groups[1].Value, @"[\d.]+")
            .Select(m => double.Parse(m.Value, CultureInfo.InvariantCulture))];
        Assert.Equal(numbers[2] - numbers[0], numbers[1] - numbers[3], 0.3);
    }

    /// <summary>Names of lines that would run into the title stand below it, and the panel below them.</summary>
    [Theory]
    [InlineData("short", "20", "34")]
    [InlineData("forward of the middle between the feet, the last 10 s of the walk", "38", "52")]
    public void Names_of_lines_do_not_cover_the_title(string title, string namesAt, string panelAt)
    {
        var chart = new PlaneChart(title, "s", "m");
        foreach (string name in (string[])["support", "zero-moment point", "centre of pressure", "centre of mass", "Tegotae's shift"])
        {
            chart.Line([0, 1], [0, 1], "#123456", name);
        }

        string picture = chart.Render();
        Assert.Equal(5, picture.Split($"y=\"{namesAt}\" text-anchor=\"end\" fill=\"#123456\"").Length - 1);
        Assert.Contains($"<rect x=\"76\" y=\"{panelAt}\"", picture);
    }
}
