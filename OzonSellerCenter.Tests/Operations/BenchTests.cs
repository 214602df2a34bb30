using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Operations;
using OzonSellerCenter.Operations.Bench;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Operations;

public sealed class BenchTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task It_measures_everything_beside_a_floor_that_reads_the_same_rows_and_writes_to_no_real_store(Provider provider)
    {
        await using var test = await TestDb.CreateAsync(provider, configure: services =>
        {
            services.AddRules().AddDeadlines();
            services.AddOrders();
            services.AddInbox(new ConfigurationBuilder().Build());
            services.AddSingleton<ConversationClocks>();
        });
        await test.AddStoreAsync("1000001", userId: "owner");
        await test.AddStoreAsync("1000002", userId: "owner");
        Assert.Equal(0, await SeedCommand.RunAsync(test.Services, null, 1_000, 3_000, Ct));
        var file = Path.GetTempFileName();
        var output = new StringWriter();
        Assert.Equal(0, await BenchCommand.RunAsync(test.Services, new BenchCommand.Wish(10, Json: file), output, Ct));
        var report = await BenchReport.ReadAsync(file, Ct);
        File.Delete(file);
        Assert.Equal((2, 1_000, 3_000), (report.Ground.Stores, report.Ground.Conversations, report.Ground.Messages));
        Assert.Equal(35, report.Figures.Count);
        Assert.All(report.Figures, f => Assert.True(f.P50 > 0 && f.P50 <= f.P95 && f.P95 <= f.P99, f.What));
        Assert.All(report.Figures, f => Assert.Contains(f.What, output.ToString(), StringComparison.Ordinal));
        Assert.Equal(5, report.Figures.Count(f => f.Ratio > 0));
        await using var db = await test.Databases.ForSystemAsync(Ct);
        Assert.Equal(0, await db.OutboundCommands.CountAsync(Ct));
    }

    [Fact]
    public async Task Without_anybody_who_could_look_nothing_is_measured()
    {
        await using var test = await TestDb.CreateAsync();
        Assert.Equal(1, await BenchCommand.RunAsync(test.Services, new BenchCommand.Wish(10), TextWriter.Null, Ct));
    }
}
