namespace FrozenSeg.EndToEnd.Tests.Browser;

/// <summary>A fact about a page, in a real Chromium. Where there is none the test is skipped and says so.</summary>
public sealed class ChromiumFactAttribute : FactAttribute
{
    /// <summary>Decides whether the test can run.</summary>
    public ChromiumFactAttribute()
    {
        if (Chromium.Path is null)
            Skip = "there is no Chromium on the PATH; name one in FROZENSEG_CHROMIUM";
    }
}
