using Microsoft.Data.Sqlite;
using OzonSellerCenter.Sandbox;
using OzonSellerCenter.Sandbox.Buyers;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>The returns of the first day, those of the simulated buyers, and what a restart finds.</summary>
public sealed class ReturnSeedTests
{
    private static readonly string[] Over = [ReturnRequest.MoneyReturned, ReturnRequest.CompensationReturned, ReturnRequest.Rejected, ReturnRequest.Cancelled, ReturnRequest.Solved];

    [Fact]
    public async Task Every_state_is_on_show_with_deadlines_from_minutes_to_days_and_what_ended_has_its_money()
    {
        await using var host = await SandboxHost.StartAsync();
        // The shop is filled when it is first looked at.
        var all = await host.ReadAsync(db => db.Returns.OrderBy(r => r.Id).ToList());
        var now = host.Get<SandboxData>().Now;
        Assert.Equal(13, all.Select(r => r.State).Distinct().Count());
        var open = all.Where(r => !Over.Contains(r.State)).ToList();
        Assert.All(open, r => Assert.True(r.NextAt > now || (r.NextAt is null && r.State is ReturnRequest.Arrived or ReturnRequest.Received), r.Number));
        var left = open.Where(r => r is { State: ReturnRequest.OnApproval, ClientId: 1000001 }).Select(r => r.NextAt!.Value - now).Order().ToList();
        Assert.InRange(left[0], TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(20));
        Assert.InRange(left[^1], TimeSpan.FromDays(1), TimeSpan.FromDays(2));
        var ended = all.Where(r => Over.Contains(r.State)).ToList();
        Assert.Equal((60, true), (ended.Count, ended.All(r => r.StateAt < now && r.CreatedAt >= now.AddDays(-121))));
        Assert.Equal("BL-600", ended.GroupBy(r => r.OfferId).MaxBy(g => g.Count())!.Key);
        Assert.Equal(["FBO", "FBS", "RFBS"], ended.Select(r => r.Scheme).Distinct().Order());
        var money = await host.ReadAsync(db => db.BuyerRefunds.Where(r => r.ReturnId != null).ToDictionary(r => r.ReturnId!.Value));
        Assert.Equal(ended.Where(r => r.State is ReturnRequest.MoneyReturned or ReturnRequest.CompensationReturned).Select(r => r.Id), money.Keys.Order());
        Assert.All(money.Values, r => Assert.InRange(r.Amount, 100, all.Single(x => x.Id == r.ReturnId).Worth));
        Assert.True(await host.ReadAsync(db => db.ReturnPhotos.Count()) >= 4);
    }

    [Fact]
    public async Task They_are_about_delivered_orders_of_their_buyers_and_the_same_each_time()
    {
        await using var host = await SandboxHost.StartAsync();
        await using var other = await SandboxHost.StartAsync();
        var postings = await host.ReadAsync(db => db.Postings.ToDictionary(p => p.PostingNumber));
        var all = await host.ReadAsync(db => db.Returns.OrderBy(r => r.Id).ToList());
        Assert.All(all, r => Assert.True(postings[r.PostingNumber].DeliveredAt <= r.CreatedAt && postings[r.PostingNumber].BuyerId == r.BuyerId && postings[r.PostingNumber].Scheme == r.Scheme));
        Assert.All(all.Where(r => r.State == ReturnRequest.Solved), r => Assert.Equal("delivered", postings[r.ExchangePosting].Status));
        Assert.Equal(all.Select(r => (r.Id, r.Number, r.Comment)), await other.ReadAsync(db => db.Returns.OrderBy(r => r.Id).AsEnumerable().Select(r => (r.Id, r.Number, r.Comment)).ToList()));
    }

    [Fact]
    public async Task Simulated_buyers_ask_answer_and_send_by_themselves()
    {
        await using var host = await SandboxHost.StartAsync();
        var before = await host.ReadAsync(db => db.Returns.ToDictionary(r => r.Id, r => r.State));
        var chance = new Random(5);
        for (var step = 0; step < 60; step++)
            await host.Get<BuyerReturns>().StepAsync(chance, host.Get<SandboxData>().Now, TestContext.Current.CancellationToken);
        var after = await host.ReadAsync(db => db.Returns.ToList());
        var asked = after.Where(r => !before.ContainsKey(r.Id)).ToList();
        Assert.NotEmpty(asked);
        Assert.All(asked, r => Assert.InRange(r.Comment.Length, 10, 1000));
        Assert.DoesNotContain(after, r => r.State == ReturnRequest.Offered);
        Assert.Contains(after, r => r.State == ReturnRequest.OnWay && before.GetValueOrDefault(r.Id) == ReturnRequest.Approved);
    }

    [Fact]
    public async Task Requests_photos_and_money_are_there_after_a_restart_and_their_clocks_run_on()
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-").FullName;
        try
        {
            (long Id, string Number) silent, refunded;
            await using (var host = await SandboxHost.StartAsync(folder))
            {
                var (first, second) = (await host.GotAsync(), await host.GotAsync());
                silent = (await host.AskedAsync(first), first.PostingNumber);
                refunded = (await host.AskedAsync(second), second.PostingNumber);
                await host.DoneAsync(refunded.Id, ReturnActions.RefundAndLeave);
            }
            await using var again = await SandboxHost.StartAsync(folder);
            Assert.Equal(ReturnRequest.MoneyReturned, (await again.RequestAsync(refunded.Id)).State);
            Assert.Null(Assert.Single(await again.MoneyAsync(refunded.Number)).PaidAt);
            await again.AdvanceAsync("P3DT1M");
            await again.BecomesAsync(silent.Id, ReturnRequest.Approved);
            await Wait.ForAsync(async () => (await again.MoneyAsync(refunded.Number))[0].PaidAt is not null);
            Assert.True(await again.ReadAsync(db => db.ReturnPhotos.Any()));
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }
}
