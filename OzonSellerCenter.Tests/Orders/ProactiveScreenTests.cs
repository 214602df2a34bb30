using System.Globalization;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Tests.Inbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Orders;

public sealed class ProactiveScreenTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public ProactiveScreenTests() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-GB");

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    public void Dispose() => CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = _before;

    [Fact]
    public async Task Everything_is_off_until_the_owner_switches_it_on_and_he_sees_how_it_reads()
    {
        await using var shop = await TestShop.OpenAsync();
        await shop.PostingAsync("0138-4821-1", "delivering", p => (p.InProcessAt, p.BuyerName, p.TrackingNumber) = (shop.Now.AddDays(-1), "Анна", "RB1"));
        await using var window = shop.WindowOf(shop.Owner);
        var form = window.Render<ProactiveForm>(p => p.Add(f => f.StoreId, shop.Store.Id));
        form.WaitForState(() => form.FindAll("form").Count == 5, Limit);
        Assert.All(form.FindAll("input[type=checkbox]"), box => Assert.Null(box.GetAttribute("checked")));
        Assert.Contains("0 of 1", form.Find("[data-testid=proactive-rate]").TextContent, StringComparison.Ordinal);

        await form.Find("[data-testid=proactive-Shipped-preview]").ClickAsync();
        form.WaitForAssertion(() => Assert.Contains("Здравствуйте, Анна!", form.Find("[data-testid=proactive-Shipped-preview-text]").TextContent, StringComparison.Ordinal), Limit);
        form.Find("#proactive-Shipped").Change("Ваш {заказ} едет");
        await form.Find("form[data-testid=proactive-Shipped]").SubmitAsync();
        form.WaitForAssertion(() => Assert.Contains("There is no {заказ}. Use these: {buyer}", form.Find("[role=alert]").TextContent, StringComparison.Ordinal), Limit);
        Assert.Empty(await SettingsAsync(shop));

        form.Find("#proactive-Shipped").Change("Заказ {order} едет {date}");
        form.Find("[data-testid=proactive-Shipped-on]").Change(true);
        await form.Find("form[data-testid=proactive-Shipped]").SubmitAsync();
        form.WaitForAssertion(() => Assert.Contains("Saved.", form.Markup, StringComparison.Ordinal), Limit);
        var kept = Assert.Single(await SettingsAsync(shop));
        Assert.Equal((ProactiveEvent.Shipped, (DateTime?)shop.Now, "Заказ {order} едет {date}"), (kept.Event, kept.OnSince, kept.Template));
        await form.Find("[data-testid=proactive-Shipped-preview]").ClickAsync();
        form.WaitForAssertion(() => Assert.Contains("{date} is not known", form.Find("[data-testid=proactive-Shipped-preview-text]").TextContent, StringComparison.Ordinal), Limit);
    }

    [Fact]
    public async Task What_the_program_wrote_says_so_and_answers_nobody()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversation = await shop.ConversationAsync();
        await shop.MessageAsync(conversation, "Где заказ?");
        shop.Clock.Advance(TimeSpan.FromMinutes(1));
        await shop.MessageAsync(conversation, "Ваш заказ передан в доставку", MessageAuthor.Seller, m => m.SentBy = Message.AutomaticSender);
        await shop.WriteAsync(async db =>
            await shop.Db.Services.GetRequiredService<ConversationClocks>().RecomputeAsync(db, await db.Conversations.SingleAsync(Ct), Ct));
        Assert.Equal(TestShop.Start, await shop.ReadAsync(db => db.Conversations.Select(c => c.WaitingSince).SingleAsync(Ct)));
        await using var window = shop.WindowOf(shop.Agent);
        var pane = window.Open(shop.Agent, conversation);
        pane.WaitForAssertion(() => Assert.Contains("sent by itself ·", pane.Find("[data-testid=message][data-state=sent]").TextContent, StringComparison.Ordinal), Limit);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Only_the_owner_sees_and_changes_it_and_another_store_is_not_there(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var (_, stranger) = await shop.OtherStoreAsync();
        await shop.PostingAsync(change: p => p.InProcessAt = shop.Now);
        var (actions, queries) = (shop.Db.Services.GetRequiredService<ProactiveActions>(), shop.Db.Services.GetRequiredService<ProactiveQueries>());
        foreach (var (user, refusal) in new[] { (shop.Agent, "OwnersOnly"), (shop.Support, "OwnersOnly"), (stranger, "NotFound") })
        {
            Assert.Equal(refusal, (await actions.SetAsync(user, shop.Store.Id, ProactiveEvent.Delivered, true, "Спасибо", Ct)).Refusal?.Key);
            Assert.Null(await queries.OfAsync(user, shop.Store.Id, Ct));
            Assert.Null(await queries.PreviewAsync(user, shop.Store.Id, ProactiveEvent.Delivered, "Спасибо", Ct));
        }

        Assert.Empty(await SettingsAsync(shop));
        Assert.True((await actions.SetAsync(shop.Owner, shop.Store.Id, ProactiveEvent.Delivered, true, " Спасибо ", Ct)).IsDone);
        shop.Clock.Advance(TimeSpan.FromHours(1));
        Assert.True((await actions.SetAsync(shop.Owner, shop.Store.Id, ProactiveEvent.Delivered, true, "Спасибо!", Ct)).IsDone);
        var kept = Assert.Single(await SettingsAsync(shop));
        Assert.Equal((shop.Now.AddHours(-1), "Спасибо!"), (kept.OnSince, kept.Template));
        Assert.True((await actions.SetAsync(shop.Owner, shop.Store.Id, ProactiveEvent.Delivered, false, "Спасибо!", Ct)).IsDone);
        Assert.Null(Assert.Single(await SettingsAsync(shop)).OnSince);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task The_rate_counts_each_parcel_of_thirty_days_once(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        foreach (var (number, days) in new[] { ("1-1", 1), ("2-1", 29), ("3-1", 31), ("4-1", 2) }) await shop.PostingAsync(number, change: p => p.InProcessAt = shop.Now.AddDays(-days));
        await shop.WriteAsync(db =>
        {
            foreach (var (number, what) in new[] { ("1-1", ProactiveEvent.Shipped), ("1-1", ProactiveEvent.Delivered), ("3-1", ProactiveEvent.Shipped) }) Note(number, what).Tell(7);
            Note("4-1", ProactiveEvent.Shipped).Skip("BuyerWaits");
            return Task.CompletedTask;

            ProactiveMessage Note(string number, ProactiveEvent what) =>
                db.ProactiveMessages.Add(new ProactiveMessage { StoreId = shop.Store.Id, PostingNumber = number, Event = what, CreatedAt = shop.Now }).Entity;
        });
        var settings = await shop.Db.Services.GetRequiredService<ProactiveQueries>().OfAsync(shop.Owner, shop.Store.Id, Ct);
        Assert.Equal(new ProactiveRate(1, 3, false), settings!.Rate);
        Assert.Equal(("4-1", "BuyerWaits"), (settings.Latest[0].PostingNumber, settings.Latest[0].Reason));
    }

    [Fact]
    public async Task The_rate_is_read_off_indexes()
    {
        await using var shop = await TestShop.OpenAsync();
        using var plans = await QueryPlans.WatchAsync(shop.Db);
        await shop.Db.Services.GetRequiredService<ProactiveQueries>().OfAsync(shop.Owner, shop.Store.Id, Ct);
        var read = plans.Seen.Where(s => s.Sql.Contains("\"Postings\"", StringComparison.Ordinal) || s.Sql.Contains("\"ProactiveMessages\"", StringComparison.Ordinal)).ToList();
        Assert.Equal(3, read.Count);
        Assert.All(read, s =>
        {
            Assert.DoesNotContain("TEMP B-TREE", s.Plan, StringComparison.Ordinal);
            Assert.DoesNotContain("SCAN p\n", s.Plan + "\n", StringComparison.Ordinal);
        });
    }

    private static Task<List<ProactiveSetting>> SettingsAsync(TestShop shop) => shop.ReadAsync(db => db.ProactiveSettings.AsNoTracking().ToListAsync(Ct));
}
