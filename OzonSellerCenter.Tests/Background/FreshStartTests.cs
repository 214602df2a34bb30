using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Background;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Sandbox;
using OzonSellerCenter.Sandbox.Pushes;
using OzonSellerCenter.Stores;
using OzonSellerCenter.Tests.Sandbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Background;

/// <summary>The sandbox is put back to its first day, or the clock is: the shop goes on with what Ozon says from then on.</summary>
public sealed class FreshStartTests
{
    /// <summary>What a shop set up itself, or did: a new Ozon takes none of it away.</summary>
    private static readonly Type[] OfTheShop =
        [typeof(Membership), typeof(StoreEvent), typeof(RuleValue), typeof(Invite), typeof(PasswordReset), typeof(WorkingHours), typeof(ClockPause), typeof(Tag), typeof(ProactiveSetting)];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_every_table_of_a_store_it_is_known_whether_it_is_Ozons_word_or_the_shops_own()
    {
        await using var test = await TestDb.CreateAsync();
        await using var db = await test.Databases.ForSystemAsync(Ct);
        var tables = db.Model.GetEntityTypes().Select(t => t.ClrType).Where(t => t.IsAssignableTo(typeof(IOwnedByStore))).Select(t => t.Name).Order();
        Assert.Equal(FreshStart.FromOzon.Concat(OfTheShop).Select(t => t.Name).Order(), tables);
    }

    [Fact]
    public async Task After_a_reset_of_the_sandbox_the_shop_imports_it_anew_takes_pushes_and_answers()
    {
        await using var ozon = await SandboxHost.StartAsync();
        await using var shop = await LiveShop.StartAsync(ozon);
        Assert.Null(await ozon.Get<SandboxPushes>().SetUrlAsync(1000001, shop.PushUrl, Ct));
        var seeded = await ChatsAsync(shop);
        await ozon.AdvanceAsync("P2D");
        await SayAsync(ozon, shop, "Вчера");
        Assert.Equal(seeded.Count + 1, (await ChatsAsync(shop)).Count);

        var fresh = shop.Get<FreshStart>();
        Assert.True(await fresh.IsFromAsync(shop.StoreId, "before", Ct));
        Assert.False(await fresh.IsFromAsync(shop.StoreId, "another", Ct));
        var first = await ozon.Get<SandboxData>().FirstDayAsync(Ct);
        await fresh.AroundAsync(
            async () =>
            {
                await ozon.Get<SandboxReset>().RunAsync(Ct);
                return "after";
            },
            [shop.StoreId]);
        await shop.SettleAsync();
        Assert.True(await fresh.IsFromAsync(shop.StoreId, "after", Ct));
        Assert.NotEqual(first, await ozon.Get<SandboxData>().FirstDayAsync(Ct));
        Assert.Equal(seeded, await ChatsAsync(shop));
        Assert.False(await shop.ReadAsync(db => db.Messages.AnyAsync(m => m.Text == "Вчера", Ct)));
        Assert.Equal(
            await ozon.ReadAsync(db => db.Postings.Count(p => p.ClientId == 1000001 && p.Scheme != "FBO")), await shop.ReadAsync(db => db.Postings.CountAsync(Ct)));

        var (id, chatId) = await SayAsync(ozon, shop, "Сегодня");
        await shop.SendAsync(id, "Добрый день!");
        await Wait.ForAsync(async () => (await ozon.ChatAsync(chatId))["messages"]!.AsArray().Count(m => (string)m!["text"]! == "Добрый день!") == 1);
        Assert.Equal(seeded.Count + 1, (await ChatsAsync(shop)).Count);
    }

    [Fact]
    public async Task A_posting_whose_state_is_of_the_future_is_asked_once_a_round_and_not_without_end()
    {
        await using var test = await BackgroundTest.CreateAsync();
        await using (var db = await test.Databases.ForSystemAsync(Ct))
        {
            db.Postings.Add(new Posting { StoreId = test.StoreId, PostingNumber = "1-1-1", Status = "delivered", NeedsSync = true, StateAt = test.Now.AddDays(2) });
            await db.CommitAsync(Ct);
        }

        test.Ozon.Answer = (path, _) => path == "/v3/posting/fbs/get" ? FakeOzon.Json("""{"result":{"posting_number":"1-1-1","status":"delivered"}}""") : null;
        await test.Get<PostingSync>().ReadMarkedAsync(test.StoreId, Ct).WaitAsync(TimeSpan.FromSeconds(30), Ct);
        Assert.Equal(1, test.Ozon.CallsOf("/v3/posting/fbs/get"));
    }

    [Fact]
    public async Task A_clock_that_was_put_back_does_not_put_off_the_check_of_the_key()
    {
        await using var test = await BackgroundTest.CreateAsync();
        var answers = 0;
        test.Ozon.Answer = (path, _) => path == "/v1/roles" && ++answers > 0 ? FakeOzon.Json("""{"roles":[]}""") : null;
        await test.Get<StoreCheck>().CheckAsync(test.StoreId, Ct);
        await test.Get<StoreCheck>().CheckAsync(test.StoreId, Ct);
        var before = answers;
        test.Time.AdjustTime(test.Time.GetUtcNow().AddDays(-3));
        await test.Get<StoreCheck>().CheckAsync(test.StoreId, Ct);
        Assert.Equal(before + 1, answers);
    }

    private static Task<List<string>> ChatsAsync(LiveShop shop) =>
        shop.ReadAsync(db => db.Conversations.OrderBy(c => c.OzonChatId).Select(c => c.OzonChatId).ToListAsync(Ct));

    /// <summary>A buyer writes, and it stands in the shop's inbox.</summary>
    private static async Task<(long Id, string ChatId)> SayAsync(SandboxHost ozon, LiveShop shop, string text)
    {
        var chatId = await ozon.BuyerAsksAsync(text);
        await Wait.ForAsync(() => shop.ReadAsync(db => db.Messages.AnyAsync(m => m.Text == text, Ct)));
        return (await shop.ReadAsync(db => db.Conversations.Where(c => c.OzonChatId == chatId).Select(c => c.Id).SingleAsync(Ct)), chatId);
    }
}
