namespace FrozenSeg.Benchmarks.Scale;

/// <summary>When pictures come: a rhythm over the day, and bursts within it.</summary>
/// <param name="plan">How many, and how unevenly.</param>
/// <param name="random">The dice.</param>
internal sealed class Arrivals(ScalePlan plan, Random random)
{
    private const double Day = 86_400, BurstSeconds = 10;

    /// <summary>Times in seconds from the start of the window, in order.</summary>
    public List<double> Draw()
    {
        var times = new List<double>();
        Draw(plan.Rate * (1 - plan.InBursts), times.Add);
        Draw(plan.Rate * plan.InBursts / plan.Burst, begin =>
        {
            for (int i = 0; i < plan.Burst; i++)
                times.Add(begin + (random.NextDouble() * BurstSeconds));
        });
        times.Sort();
        return times;
    }

    // A Poisson process whose rate changes, by thinning one of the highest rate.
    private void Draw(double mean, Action<double> arrive)
    {
        for (double time = Gap(mean * plan.Peak); time < plan.Window; time += Gap(mean * plan.Peak))
        {
            if (random.NextDouble() * plan.Peak < Rhythm(time))
                arrive(time);
        }
    }

    private double Gap(double rate) => -Math.Log(1 - random.NextDouble()) / rate;

    // Over a whole day the rate swings about its mean; a shorter window lies about the busiest moment.
    private double Rhythm(double time)
    {
        double middle = plan.Window / 2;
        return Math.Max(0, 1 + ((plan.Peak - 1) * Math.Cos((time - middle) / Day * 2 * Math.PI)));
    }
}
