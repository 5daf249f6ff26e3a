using Ganglion.Lab.Reports;
using Ganglion.Lab.Reports.Body;
using Ganglion.Neurons.Files;
using Ganglion.Robots.Robot;

namespace Ganglion.Lab.Tests.Reports;

public class BodyReproductionTests
{
    private static readonly BodyPlan Plan = new(Quick: true, Seed: 31)
    {
        Poses = [20, 40],
        Judged = 40,
        Updates = 20,
        Before = 3,
        After = 21,
        Look = 3,
    };

    /// <summary>All parts, the page, and the same again from what was kept, without computing.</summary>
    [Fact]
    public void A_page_has_all_parts_and_goes_on_from_what_was_kept()
    {
        string folder = Directory.CreateTempSubdirectory("ganglion-").FullName, path = Path.Combine(folder, "parts.json");
        try
        {
            RobotDescription robot = Shipped.Robot("trunk6-3g");
            var model = TrainedModel.Load(Path.Combine(Shipped.HardwareFolder, "models", "trunk6-3g-128.safetensors"));
            List<string> told = [];
            BodyReproduction Run(PartStore store, CancellationToken stop) =>
                new(Plan, robot, model, store, (done, all, part) => told.Add($"{done}/{all} {part}"), stop);
            string subject = BodyReproduction.Subject(Plan, robot, model, "1");
            BodyReproduction first;
            using (PartStore store = new(path, subject))
            {
                first = Run(store, default);
            }

            Assert.Equal(4, told.Count);
            PoseRow last = first.Recorded[0].Rows[^1];
            Assert.True(last.Calibrated < last.Nominal && last.Residual < last.Calibrated, $"{last}");
            Assert.Equal([WorkRule.None, WorkRule.Traces, WorkRule.Bptt], first.Working.Select(arm => arm.Rule));
            Assert.All(first.Working, arm => Assert.Equal((24, 9), (arm.Reached.Length, arm.Looks.Length)));
            Assert.True(first.Working[0].Looks[^1].Network > 1.05 * first.Working[0].AtDeath.Network, "a dead gear is nothing");
            string page = BodyReport.Render(first, "1");
            Assert.Contains("eligibility traces and BPTT", page);
            Assert.DoesNotContain("NaN", page);

            using (PartStore store = new(path, subject))
            {
                Assert.Equal(4, store.Count);
                Assert.Equal(page, BodyReport.Render(Run(store, default), "1"));
                Assert.Throws<OperationCanceledException>(() => Run(store, new CancellationToken(canceled: true)));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
