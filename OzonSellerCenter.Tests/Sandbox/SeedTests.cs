using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>What stands in the demo shops on the first day.</summary>
public sealed class SeedTests
{
    private static async Task<SandboxDb> OpenAsync(SandboxHost host) =>
        await host.Get<SandboxData>().OpenAsync(TestContext.Current.CancellationToken);

    [Fact]
    public async Task The_shops_have_the_promised_size()
    {
        await using var host = await SandboxHost.StartAsync();
        await using var db = await OpenAsync(host);
        (int, int, int) Size(long clientId) => (
            db.Products.Count(p => p.ClientId == clientId),
            db.Postings.Count(p => p.ClientId == clientId && p.Scheme != "FBO" && !db.Returns.Any(r => r.PostingNumber == p.PostingNumber || r.ExchangePosting == p.PostingNumber)),
            db.Chats.Count(c => c.ClientId == clientId));
        Assert.Equal((40, 200, 60), Size(1000001));
        Assert.Equal((10, 20, 8), Size(1000002));
        var statuses = db.Postings.Where(p => p.ClientId == 1000001).Select(p => p.Status).Distinct().ToList();
        Assert.Equal(13, statuses.Count);
        Assert.Contains(db.Postings.Where(p => p.ClientId == 1000001), p => p.Scheme == "RFBS");
    }

    [Fact]
    public async Task Every_urgency_is_on_show_at_once()
    {
        await using var host = await SandboxHost.StartAsync();
        await using var db = await OpenAsync(host);
        var now = host.Get<SandboxData>().Now;
        var chats = await db.Chats.Where(c => c.ClientId == 1000001 && c.Type == "BUYER_SELLER").ToListAsync(TestContext.Current.CancellationToken);
        List<TimeSpan> left = [];
        foreach (var chat in chats.Where(c => c.WaitsForSeller))
        {
            var asked = await db.Messages.Where(m => m.ChatId == chat.Id && m.Author == Author.Buyer && (chat.SellerWroteAt == null || m.CreatedAt > chat.SellerWroteAt))
                .MinAsync(m => m.CreatedAt, TestContext.Current.CancellationToken);
            // The house wants the first answer within 4 h, Ozon every answer within 24 h.
            left.Add((chat.SellerWroteAt is null ? TimeSpan.FromHours(4) : TimeSpan.FromHours(24)) - (now - asked));
        }
        Assert.Equal(2, left.Count(l => l < TimeSpan.Zero));
        Assert.Equal(4, left.Count(l => l > TimeSpan.Zero && l <= TimeSpan.FromMinutes(30)));
        Assert.Equal(5, left.Count(l => l > TimeSpan.FromMinutes(30) && l <= TimeSpan.FromHours(2)));
        Assert.Equal(9, left.Count(l => l > TimeSpan.FromHours(2)));
        var postings = await db.Postings.ToDictionaryAsync(p => p.PostingNumber, TestContext.Current.CancellationToken);
        var closed = chats.Where(c => !ReplyWindow.IsOpen(c, c.PostingNumber is null ? null : postings[c.PostingNumber], now)).ToList();
        Assert.Equal(8, closed.Count);
        Assert.DoesNotContain(closed, c => c.WaitsForSeller);
    }

    [Fact]
    public async Task Nothing_happens_before_its_cause()
    {
        await using var host = await SandboxHost.StartAsync();
        await using var db = await OpenAsync(host);
        var now = host.Get<SandboxData>().Now;
        foreach (var posting in db.Postings.AsNoTracking())
        {
            Assert.True(posting.InProcessAt <= (posting.HandedOverAt ?? now) && (posting.HandedOverAt ?? posting.InProcessAt) <= (posting.DeliveredAt ?? now));
            Assert.True((posting.DeliveredAt ?? posting.CancelledAt ?? posting.ChangedAt) <= now);
        }
        var messages = await db.Messages.OrderBy(m => m.Id).Select(m => m.CreatedAt).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(messages.Order(), messages);
        var early = await db.Chats.Join(db.Postings, c => c.PostingNumber, p => p.PostingNumber, (c, p) => new { c, p })
            .CountAsync(x => x.c.CreatedAt < x.p.InProcessAt, TestContext.Current.CancellationToken);
        Assert.Equal(0, early);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_shop_and_another_one_gives_another()
    {
        await using var first = await SandboxHost.StartAsync();
        await using var second = await SandboxHost.StartAsync();
        await using var other = await SandboxHost.StartAsync(null, ("Sandbox:Seed", "7"));
        Assert.Equal(await PrintAsync(first), await PrintAsync(second));
        Assert.NotEqual(await PrintAsync(first), await PrintAsync(other));
    }

    private static async Task<string> PrintAsync(SandboxHost host)
    {
        await using var db = await OpenAsync(host);
        return JsonSerializer.Serialize(new
        {
            Postings = db.Postings.OrderBy(p => p.Id).Select(p => new { p.PostingNumber, p.Status, p.BuyerId, p.TrackingNumber }),
            Chats = db.Chats.OrderBy(c => c.SortId).Select(c => new { c.Id, c.LastMessageId, c.PostingNumber, c.Sku }),
            Returns = db.Returns.OrderBy(r => r.Id).Select(r => new { r.Id, r.Number, r.State, r.Comment }),
            Reviews = db.Reviews.OrderBy(r => r.Id).Select(r => new { r.Sku, r.Rating }),
        });
    }

    [Fact]
    public async Task A_reset_brings_the_first_day_back_and_the_clock_with_it()
    {
        await using var host = await SandboxHost.StartAsync();
        var before = await PrintAsync(host);
        await host.AdvanceAsync("P3D");
        await host.ControlAsync("faults", new JsonObject { ["kind"] = "http500", ["rate"] = 1 });
        await host.BuyerAsksAsync("?");
        Assert.Equal("PT0S", (string)(await host.ControlAsync("reset"))["offset"]!);
        Assert.Equal(before, await PrintAsync(host));
        Assert.Equal(200, (int)(await host.CallAsync("/v1/roles")).Status);
    }
}
