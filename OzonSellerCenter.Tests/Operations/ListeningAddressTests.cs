using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using OzonSellerCenter.Operations;

namespace OzonSellerCenter.Tests.Operations;

public sealed class ListeningAddressTests
{
    [Theory]
    [InlineData("http://localhost:5080")]
    [InlineData("http://127.0.0.1:5097", "--urls", "http://127.0.0.1:5097")]
    [InlineData(null, "--http_ports", "8080")]
    [InlineData(null, "--Kestrel:Endpoints:Web:Url", "http://127.0.0.1:5098")]
    public void The_address_that_was_chosen_wins_over_the_usual_one(string? urls, params string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(arguments);
        ListeningAddress.BindDefault(builder);
        Assert.Equal(urls, builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey));
    }
}
