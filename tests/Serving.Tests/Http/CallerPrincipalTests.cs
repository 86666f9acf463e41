using System.Text;
using FrozenSeg.Serving.Http.Callers;
using Microsoft.AspNetCore.Http;

namespace FrozenSeg.Serving.Tests.Http;

public class CallerPrincipalTests
{
    [Theory]
    [InlineData(
        """{"claims":[{"typ":"roles","val":"Segment"},{"typ":"roles","val":"Read"},{"typ":"name","val":"Ann"}]}""",
        "Read Segment")]
    [InlineData(
        """{"role_typ":"long/role","claims":[{"typ":"long/role","val":"Segment"},{"typ":"roles","val":"Read"}]}""",
        "Read Segment")]
    [InlineData(
        """{"claims":[{"typ":"roles"},{"val":"Segment"},{"typ":7,"val":"Segment"},7,{"typ":"roles","val":7}]}""", "")]
    [InlineData("""{"role_typ":7,"claims":[]}""", "")]
    [InlineData("""{"claims":7}""", "")]
    [InlineData("""{}""", "")]
    [InlineData("""[]""", "")]
    [InlineData("""{""", "")]
    public void Of_Claims_GiveTheRolesOfTheToken(string claims, string roles)
    {
        Assert.Equal(roles, string.Join(
            ' ', Of(Convert.ToBase64String(Encoding.UTF8.GetBytes(claims)), "id").Roles.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("id", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Of_Id_SaysWhetherAnybodyIsSignedIn(string? id, bool isNamed)
    {
        CallerPrincipal caller = Of("no base64!", id);

        Assert.Equal(isNamed, caller.IsNamed);
        Assert.Empty(caller.Roles);
    }

    private static CallerPrincipal Of(string claims, string? id)
    {
        HttpRequest request = new DefaultHttpContext().Request;
        request.Headers["X-MS-CLIENT-PRINCIPAL"] = claims;
        if (id is not null)
            request.Headers["X-MS-CLIENT-PRINCIPAL-ID"] = id;
        return CallerPrincipal.Of(request);
    }
}
