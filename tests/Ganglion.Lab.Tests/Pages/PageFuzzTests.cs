using System.Net;
using System.Text;
using Ganglion.Basics;
using Ganglion.Lab.Pages;
using Ganglion.Lab.Tests.Reliability;

namespace Ganglion.Lab.Tests.Pages;

/// <summary>The short form of `bench reliability --part page`. Alone, because it looks at the memory of the whole process.</summary>
[Collection(Alone.Name)]
public class PageFuzzTests
{
    private const double Patience = 20;

    [Fact]
    public void What_no_page_sends_is_refused_and_moves_nothing()
    {
        const int cases = 1500;
        PageFuzzResult result = new PageFuzz(Shipped.Robot("trunk10-4g")).Run(cases, 20261129);
        Assert.Empty(result.Faults);
        Assert.Equal(cases, result.Messages + result.Requests);
        Assert.InRange(result.Requests, cases / 12, cases / 5);
        Assert.Equal(result.Messages, result.Refused + result.LetGo);
        Assert.InRange(result.Refused, cases / 20, cases / 2);
        Assert.Equal(0, result.Moved, 1e-9);
        Assert.InRange(result.Growth, 0, PageFuzz.MostGrowth);
    }

    /// <summary>The fuzz would see what it looks for: what a page sends is taken, and moves the arm.</summary>
    [Fact]
    public void What_a_page_sends_is_taken_and_moves_it()
    {
        using var arm = new ServedArm(Shipped.Robot("trunk10-4g"));
        var at = new IPEndPoint(IPAddress.Loopback, new Uri(arm.Server.Address).Port);
        using var window = RawWindow.Open(at, Patience);
        Assert.Equal(Verdict.Refused, Say("""{"t":"home"}"""));
        Assert.Equal(Verdict.Taken, Say("""{"t":"take","over":false}"""));
        Assert.Equal(0, arm.Moved, 1e-9);
        for (int i = 0; i < 100 && arm.Moved < 5e-3; i++)
        {
            Assert.Equal(Verdict.Taken, Say("""{"t":"input","held":true,"way":[1,0,0],"turn":[0,0,0]}"""));
        }

        Assert.InRange(arm.Moved, 5e-3, 1);
        Assert.Equal(Verdict.LetGo, Say("{}"));
        Assert.Null(arm.End());

        Verdict Say(string text)
        {
            window.Send(RawWindow.Last | RawWindow.Text, Encoding.UTF8.GetBytes(text));
            return window.Await(3);
        }
    }

    /// <summary>And a request that is no forgery is answered, which counts as a fault.</summary>
    [Fact]
    public void A_server_that_answers_anybody_is_found()
    {
        using var arm = new ServedArm(Shipped.Robot("trunk10-4g"));
        int open = new Uri(arm.Server.Address).Port, guarded = new Uri(arm.Guarded.Address).Port, wrong = 0;
        for (ulong k = 0; k < 60; k++)
        {
            var random = new SeededRandom(1, k);
            Assert.Null(ForgedRequest.Try(ref random, open, guarded, "trunk10-4g"));

            // The server on loopback asks for no token.
            random = new SeededRandom(1, k);
            wrong += ForgedRequest.Try(ref random, open, open, "trunk10-4g") == null ? 0 : 1;
        }

        Assert.InRange(wrong, 5, 30);
    }
}
