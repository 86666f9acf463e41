// curl --data-binary @picture.png "http://localhost:5000/segment?words=mushroom;%20grass%20(stuff)"
using FrozenSeg;
using FrozenSeg.Shared.Problems;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddFrozenSeg(options => options.Parallelism = 2);
WebApplication application = builder.Build();

application.MapHealthChecks("/health");
application.MapPost(
    "/segment", async (HttpRequest request, string words, Segmenter segmenter, CancellationToken stop) =>
{
    try
    {
        Segmentation found = await segmenter.SegmentAsync(request.Body, words, cancellationToken: stop);
        return Results.Ok(found.Segments.Select(segment => new
        {
            segment.Label, segment.Score, segment.Area, segment.Box, Rle = segment.Mask.ToCocoString(),
        }));
    }
    catch (SegmentationProblemException failure)
    {
        return Results.Problem(failure.Message, statusCode: StatusCodes.Status400BadRequest);
    }
});
application.Run();
