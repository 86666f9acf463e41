using FrozenSeg.Pipeline.Families.ClipAsRnn;
using FrozenSeg.Pipeline.Families.FrozenBackbones;
using FrozenSeg.Pipeline.Families.Fusion;
using FrozenSeg.Pipeline.Families.Sam.Automask;
using FrozenSeg.Pipeline.Families.Sam3.Concepts;
using FrozenSeg.Pipeline.Foundation.Imaging;
using FrozenSeg.Pipeline.Foundation.Runtime;
using FrozenSeg.Pipeline.Methods;
using FrozenSeg.Shared.Problems;
using FrozenSeg.Shared.Requests;

namespace FrozenSeg.Pipeline;

/// <summary>
/// Every method by name: what it can do, and how it is made. The roof of this project: families do not know it.
/// </summary>
internal static class MethodFactory
{
    private static readonly IMethodBuilder[] Builders = WithFusion(
    [
        new AutomaskBuilder(),
        new CarBuilder(),
        new FrozenSegBuilder(FrozenSegMethod.FrozenSegName, hasInjectors: true),
        new FrozenSegBuilder(FrozenSegMethod.FcClipName, hasInjectors: false),
        new Sam3Builder(),
    ]);

    // A part of fused that workflows run by itself; nobody asks for it.
    private static readonly ProposalsBuilder Proposals = new(
        Find(FrozenSegMethod.FrozenSegName), Find(Sam3Method.MethodName));

    /// <summary>What the methods can do, the default first.</summary>
    public static IReadOnlyList<MethodCapabilities> Methods { get; } =
        [.. Builders.Select(builder => builder.Capabilities)];

    /// <summary>The methods that a selection has the networks for.</summary>
    public static IReadOnlyList<MethodCapabilities> Having(ModelSelection models)
    {
        ModelSelection resolved = ModelDefaults.Resolve(models);
        return [.. Methods.Where(method => HasNetworks(method.Name, resolved))];
    }

    /// <summary>The builder of a method.</summary>
    /// <exception cref="SegmentationProblemException">There is no such method.</exception>
    public static IMethodBuilder Find(string method) => method == ProposalsMethod.MethodName ? Proposals :
        Builders.FirstOrDefault(builder => builder.Capabilities.Name == method)
            ?? throw SegmentationProblem.InvalidRequest(
                "method",
                $"there is no method '{method}'",
                $"Use one of {string.Join(", ", Methods.Select(known => known.Name))}");

    /// <summary>
    /// The method for a request that names none: the first that takes words, or none, and gives the answers wanted,
    /// rather one whose networks are there.
    /// </summary>
    /// <param name="models">The networks in use.</param>
    /// <param name="hasWords">Whether words are given.</param>
    /// <param name="tasks">The answers wanted; empty for any.</param>
    public static string Choose(ModelSelection models, bool hasWords, IReadOnlyList<SegmentationTask> tasks) =>
        DefaultMethod.Find([.. Having(models), .. Methods], hasWords, tasks).Name;

    /// <summary>Makes a method on shared networks; disposing it leaves them alone.</summary>
    /// <exception cref="SegmentationProblemException">There is no such method, its settings are unusable (all problems
    /// at once), or a network cannot be loaded.</exception>
    public static ISegmentationMethod Create(
        string method, ModelLibrary library, IReadOnlyDictionary<string, string> settings) =>
        Create(Find(method), library, settings);

    /// <inheritdoc cref="Create(string, ModelLibrary, IReadOnlyDictionary{string, string})"/>
    public static ISegmentationMethod Create(
        IMethodBuilder builder, ModelLibrary library, IReadOnlyDictionary<string, string> settings)
    {
        SegmentationProblem[] problems = [.. builder.Problems(new MethodSettings(settings))];
        return problems.Length == 0
            ? new ForewarnedMethod(builder.Create(library, new MethodSettings(settings)), library.Selection)
            : throw new SegmentationProblemException(problems);
    }

    /// <summary>Makes a method with networks of its own, which are disposed with it.</summary>
    /// <inheritdoc cref="Create(string, ModelLibrary, IReadOnlyDictionary{string, string})"/>
    public static ISegmentationMethod Create(
        string method, ModelSelection models, IReadOnlyDictionary<string, string> settings, SessionFactory sessions)
    {
        var library = new ModelLibrary(models, sessions);
        try
        {
            return new OwningMethod(Create(method, library, settings), library);
        }
        catch
        {
            library.Dispose();
            throw;
        }
    }

    private static bool HasNetworks(string method, ModelSelection models) => method switch
    {
        AutomaskMethod.MethodName => models.Sam is not null,
        CarMethod.MethodName => (models.CarClip ?? models.CarClassifier) is not null,
        FrozenSegMethod.FrozenSegName => models.FrozenSegCheckpoint is not null,
        Sam3Method.MethodName => models.Sam3 is not null,
        FrozenSegMethod.FcClipName => (models.FcClipCheckpoint ?? models.FrozenSegCheckpoint) is not null,
        _ => models.Sam is not null
            && models.FrozenSegCheckpoint is not null
            && (models.CarClip ?? models.CarClassifier) is not null,
    };

    // Joining needs all of its parts.
    private static IMethodBuilder[] WithFusion(IMethodBuilder[] builders)
    {
        return [.. builders, new FusedBuilder(
            Named(FrozenSegMethod.FrozenSegName),
            Named(Sam3Method.MethodName),
            Named(CarMethod.MethodName),
            Named(AutomaskMethod.MethodName))];

        IMethodBuilder Named(string name) => builders.First(builder => builder.Capabilities.Name == name);
    }

    private sealed class OwningMethod(ISegmentationMethod method, ModelLibrary library) : ISegmentationMethod
    {
        public string Name => method.Name;

        public IReadOnlyList<string> Forewarnings(PixelImage image, SegmentationOrder order) =>
            method.Forewarnings(image, order);

        public SegmentationOutcome Segment(
            PixelImage image, SegmentationOrder order, IProgress<double>? progress, CancellationToken cancellation) =>
            method.Segment(image, order, progress, cancellation);

        public void Dispose()
        {
            method.Dispose();
            library.Dispose();
        }
    }
}
