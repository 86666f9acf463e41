using System.Globalization;
using FrozenSeg.Benchmarks;
using FrozenSeg.Benchmarks.Car;
using FrozenSeg.Benchmarks.Sam;
using FrozenSeg.Benchmarks.Scale;
using FrozenSeg.Benchmarks.Stages;

// list
// measure NAME ROUNDS THREADS                          times one question in this process
// vocabulary CLIP THREADS FILE.svg N...                what a picture costs CLIP as RNN as the vocabulary grows
// stages [NAME...] [--provider P] [--precision P] [--threads N] [--rounds N] [--profile DIR]
//                                                      times every stage of a network on any provider
// resident [PICTURES]                                  the size of a process that segments one picture after another
// boxes SAM ANNOTATIONS PICTURES THREADS               how well a SAM segments what a box around it shows
// alike SAM ANNOTATIONS PICTURES THREADS MOST AUTOMATIC
//                                                      how far "more like this" finds masks of the example's class
// photograph --official DIR --export DIR [--python PATH] [--threads N] [--rounds N]
//                                                      a photograph, real weights: ours, official code, export
// export WORK DIR ROUNDS THREADS                       times Encoder or Points of the exported graphs in this process
// scale [NETWORK REST [PICTURES]]                      what becomes of 10 thousand to 100 million pictures a day (seconds of a
//                                                      picture's network and of all the rest); of so many at once, on 1 to 4 workers
// run [NAME|FAMILY...] --official DIR [--python PATH] [--threads N] [--rounds N] [--turns N] [--out FILE]
switch (args)
{
    case ["measure", var name, var rounds, var threads]:
        using (IQuestion question = Questions.Create(name))
            Console.WriteLine(Stopwatches.Measure(question, Number(rounds), Number(threads)).ToJson());
        return 0;
    case ["vocabulary", var clip, var threads, var file, .. var counts]:
        File.WriteAllText(file, CostChart.Draw(
            $"CLIP as RNN, {clip[(clip.IndexOf(':') + 1)..]} in both roles, 500×500, {threads} "
                + $"{(threads == "1" ? "thread" : "threads")}, every query kept",
            VocabularyCost.Measure(clip, Array.ConvertAll(counts, Number), Number(threads))));
        return 0;
    case ["run", .. var rest]:
        Run(BenchmarkArguments.Parse(rest));
        return 0;
    case ["export", var work, var graphs, var rounds, var threads]:
        using (IQuestion question = new ExportedPhotograph(Enum.Parse<PhotographWork>(work), graphs))
            Console.WriteLine(Stopwatches.Measure(question, Number(rounds), Number(threads)).ToJson());
        return 0;
    case ["photograph", .. var rest]:
        var photograph = BenchmarkArguments.Parse(rest);
        new PhotographContest(Contest.Of(photograph), photograph.Export).Print(photograph.Threads);
        return 0;
    case ["boxes", string weights, string annotations, string photographs, string threads]:
        BoxPrompts.Print(weights, annotations, photographs, Number(threads));
        return 0;
    case ["alike", string sam, string truth, string folder, string threads, string most, string automatic]:
        AlikeMasks.Print(sam, truth, folder, Number(threads), Number(most), Number(automatic));
        return 0;
    case ["resident", .. var count]:
        ResidentSize.Print(count is [var pictures] ? Number(pictures) : 200);
        return 0;
    case ["stages", .. var rest]:
        StageFamilies.Time(StageArguments.Parse(rest));
        return 0;
    case ["scale"]:
        ScaleReport.Print(new StageTimes());
        return 0;
    case ["scale", var network, var rest]:
        ScaleReport.Print(new StageTimes { Network = Seconds(network), Rest = Seconds(rest) });
        return 0;
    case ["scale", var network, var rest, var all]:
        ScaleReport.PrintAtOnce(
            new StageTimes { Network = Seconds(network), Rest = Seconds(rest), Spread = 0, Request = 0 }, Number(all));
        return 0;
    default:
        Questions.All.ToList().ForEach(question => Console.WriteLine($"{question.Name,-28} {question.Asks}"));
        return 0;
}

static void Run(BenchmarkArguments arguments)
{
    var contest = Contest.Of(arguments);
    var report = new Report(arguments.Threads, arguments.Commit);
    foreach (IQuestion question in Questions.Select(arguments.Names))
    {
        (Measurement ours, Measurement reference) = contest.Run(question);
        Console.WriteLine(report.Add(question, ours, reference));
    }

    if (arguments.Out is not null)
        File.WriteAllText(arguments.Out, report.ToMarkdown());
}

static double Seconds(string text) => double.Parse(text, CultureInfo.InvariantCulture);

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
