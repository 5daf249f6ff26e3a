using Ganglion.Robots.Modules;

namespace Ganglion.Live.Joints;

/// <summary>A person leads one module by what is held: it moves while it is, and comes to rest before it goes another way.</summary>
public static class JointLead
{
    /// <summary>Leads it until that is ended; then it goes to park, and its outputs go off.</summary>
    /// <param name="bench">Has the module's board.</param>
    /// <param name="module">What to move.</param>
    /// <param name="wish">What is held.</param>
    /// <param name="progress">Called each period, also on the way to park.</param>
    /// <returns>Setpoint frames that the board missed, got late or refused.</returns>
    /// <inheritdoc cref="JointBench.Use"/>
    public static long Run(JointBench bench, JointModule module, JointWish wish, Action<JointMove, JointWish.Way?> progress) =>
        bench.Use(module, move =>
        {
            double[] park = module.ParkOf(bench.Robot);
            JointWish.Way? under = null;
            while (!bench.End.Well.IsCancellationRequested)
            {
                JointWish.Way? wanted = wish.Now();
                if (under != null && wanted != under)
                {
                    move.Brake();
                    under = null;
                }

                if (under == null && wanted != null && move.IsAtRest)
                {
                    move.Lead(wanted.Axis is { } axis
                        ? module.Farthest(bench.Robot, move.At, axis, wanted.Sign * double.MaxValue) : park);
                    under = wanted;
                }

                move.Step();
                progress(move, under);
            }

            move.Brake();
            while (!move.IsAtRest)
            {
                move.Step();
            }

            move.Lead(park);
            while (!move.IsAtRest)
            {
                move.Step();
                progress(move, null);
            }

            return move.Statistics.MissedFrames;
        });
}
