using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Inbox.Bulk;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Inbox.Bulk;

/// <summary>One deed on many conversations: each for itself, told one by one, and put back where nobody changed it since.</summary>
public sealed class BulkTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task All_are_assigned_but_those_taken_away_and_undo_leaves_what_somebody_changed_since(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var (other, _) = await shop.OtherStoreAsync();
        var (mine, owners, nobodys) = (await shop.ConversationAsync(c => c.AssigneeId = shop.Agent.Id), await shop.ConversationAsync(c => c.AssigneeId = shop.Owner.Id), await shop.ConversationAsync());
        var (later, foreign) = (await shop.ConversationAsync(), await shop.ConversationAsync(store: other));
        var run = await RunAsync(shop, shop.Agent, new BulkAssign(shop.Agent.Id), mine.Id, owners.Id, nobodys.Id, later.Id, foreign.Id, 999_999);

        Assert.Equal([null, null, null, null, "NotFound", "NotFound"], run.Rows.Select(r => r.Refusal?.Key));
        Assert.Equal(4, run.Done);
        Assert.All(await AssigneesAsync(shop, mine, owners, nobodys, later), id => Assert.Equal(shop.Agent.Id, id));

        await shop.Db.Services.GetRequiredService<AssignmentActions>().AssignAsync(shop.Owner, later.Id, shop.Owner.Id, Ct);
        var back = run.Back();
        await back.GoAsync(() => { }, Ct);
        Assert.Equal([(later.Id, "ChangedSince"), (nobodys.Id, null), (owners.Id, null)], back.Rows.Select(r => (r.Id, r.Refusal?.Key)));
        Assert.Equal([shop.Agent.Id, shop.Owner.Id, null, shop.Owner.Id], await AssigneesAsync(shop, mine, owners, nobodys, later));
    }

    [Fact]
    public async Task A_tag_is_taken_off_again_only_where_it_was_put_on()
    {
        await using var shop = await TestShop.OpenAsync();
        var (had, got) = (await shop.ConversationAsync(), await shop.ConversationAsync());
        await shop.Db.Services.GetRequiredService<TagActions>().AddAsync(shop.Agent, had.Id, "Брак", Ct);
        var run = await RunAsync(shop, shop.Agent, new BulkTag("брак"), had.Id, got.Id);
        Assert.Equal(2, run.Done);
        Assert.Equal(2, (await shop.Inbox.ListAsync(shop.Agent, InboxFilter.Default with { Tag = "брак" }, null, Ct)).Rows.Count);
        await run.Back().GoAsync(() => { }, Ct);
        Assert.Equal([had.Id], (await shop.Inbox.ListAsync(shop.Agent, InboxFilter.Default with { Tag = "брак" }, null, Ct)).Rows.Select(r => r.Id));
        Assert.Equal(["TagTooLong"], (await RunAsync(shop, shop.Agent, new BulkTag(new string('ы', 31)), got.Id)).Refused.Select(r => r.Refusal!.Key));
    }

    [Fact]
    public async Task What_was_put_off_comes_back_as_it_stood_before()
    {
        await using var shop = await TestShop.OpenAsync();
        var snoozes = shop.Db.Services.GetRequiredService<SnoozeActions>();
        var (open, longer, woken) = (await shop.ConversationAsync(), await shop.ConversationAsync(), await shop.ConversationAsync());
        await snoozes.SnoozeAsync(shop.Agent, longer.Id, shop.Now.AddDays(3), true, Ct);
        var until = shop.Now.AddHours(5);
        var run = await RunAsync(shop, shop.Agent, new BulkSnooze(until), open.Id, longer.Id, woken.Id);
        Assert.Equal(3, run.Done);
        Assert.Equal(3, (await shop.Inbox.ListAsync(shop.Agent, InboxFilter.Default with { Snoozed = true }, null, Ct)).Rows.Count(r => r.SnoozedUntil == until));
        await snoozes.WakeAsync(shop.Owner, woken.Id, Ct);
        var back = run.Back();
        await back.GoAsync(() => { }, Ct);
        Assert.Equal([(woken.Id, "ChangedSince"), (longer.Id, null), (open.Id, null)], back.Rows.Select(r => (r.Id, r.Refusal?.Key)));
        Assert.Equal([null, shop.Now.AddDays(3), null], await shop.ReadAsync(db => db.Conversations.OrderBy(c => c.Id).Select(c => c.SnoozedUntil).ToListAsync(Ct)));
        Assert.Equal(2, (await shop.Inbox.ListAsync(shop.Agent, InboxFilter.Default, null, Ct)).Rows.Count);
    }

    [Fact]
    public async Task Read_is_told_to_Ozon_and_the_support_desk_changes_nothing()
    {
        await using var shop = await TestShop.OpenAsync();
        var (first, second) = (await shop.ConversationAsync(), await shop.ConversationAsync());
        await shop.MessageAsync(first);
        await shop.MessageAsync(second);
        Assert.Equal(["SupportReadsOnly"], (await RunAsync(shop, shop.Support, new BulkTag("брак"), first.Id)).Refused.Select(r => r.Refusal!.Key));
        var run = await RunAsync(shop, shop.Agent, new BulkRead(), first.Id, second.Id);
        Assert.Equal((2, false), (run.Done, run.CanUndo));
        Assert.Equal(2, await shop.ReadAsync(db => db.OutboundCommands.CountAsync(c => c.Kind == CommandKind.MarkRead, Ct)));
        Assert.Empty((await shop.Inbox.ListAsync(shop.Agent, InboxFilter.Default with { Unread = true }, null, Ct)).Rows);
    }

    [Fact]
    public async Task It_stops_between_two_when_it_is_told_to()
    {
        await using var shop = await TestShop.OpenAsync();
        var conversations = new[] { await shop.ConversationAsync(), await shop.ConversationAsync(), await shop.ConversationAsync() };
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var run = Run(shop, shop.Agent, new BulkAssign(shop.Agent.Id), [.. conversations.Select(c => c.Id)]);
        await run.GoAsync(() => stop.Cancel(), stop.Token);
        Assert.Equal((1, 1, true), (run.Rows.Count, run.Done, run.WasStopped));
        Assert.Equal([shop.Agent.Id, null, null], await AssigneesAsync(shop, conversations));
    }

    [Fact]
    public async Task What_could_not_be_saved_is_told_of_its_row_alone_and_logged()
    {
        var log = new ErrorLog();
        var run = new BulkRun([1, 2, 3], id => id == 2 ? throw new DbUpdateConcurrencyException("lost") : Task.FromResult(new BulkRow(id, null)), log);
        await run.GoAsync(() => { }, Ct);
        Assert.Equal([null, "BulkFailed", null], run.Rows.Select(r => r.Refusal?.Key));
        Assert.Equal(1, log.Errors);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task One_text_is_filled_in_for_each_and_sent_only_where_it_can_be(Provider provider)
    {
        await using var shop = await TestShop.OpenAsync(provider);
        var replies = shop.Db.Services.GetRequiredService<BulkReplies>();
        var (irina, nameless) = (await BuyerAsync("Ирина Котова", "0138-1"), await BuyerAsync(null, "0138-2"));
        var (closed, drafted, overtaken) = (await BuyerAsync("Олег", "0138-3", c => c.IsClosed = true), await BuyerAsync("Павел", "0138-4"), await BuyerAsync("Вера", "0138-5"));
        await shop.Drafts.SaveAsync(shop.Agent, drafted.Id, "Я ещё пишу", Ct);
        long[] ids = [irina.Id, nameless.Id, closed.Id, drafted.Id, overtaken.Id, 999_999];

        var plan = await replies.PlanAsync(shop.Agent, ids, "{buyer}, заказ {order} задержан.", Ct);
        Assert.Equal([null, "NothingFor", "CannotAnswer", "DraftThere", null, "NotFound"], plan.Select(p => p.Refusal?.Key));
        Assert.Equal("Ирина, заказ 0138-1 задержан.", plan[0].Text);
        Assert.All(await replies.PlanAsync(shop.Agent, [irina.Id], " ", Ct), p => Assert.Equal("Empty", p.Refusal?.Key));
        Assert.All(await replies.PlanAsync(shop.Agent, [irina.Id], new string('ж', 1001), Ct), p => Assert.Equal("TooLong", p.Refusal?.Key));

        // A colleague answers between the look and the sending, and in another window he himself begins to write.
        await shop.Drafts.SaveAsync(shop.Agent, irina.Id, "И ещё кое-что", Ct);
        await shop.MessageAsync(overtaken, "Уже выяснили", MessageAuthor.Seller, m => m.SentBy = shop.Owner.Id);
        foreach (var _ in new[] { "once", "and again, as after a broken line" })
        {
            Assert.Null((await replies.SendAsync(shop.Agent, plan[0])).Refusal);
            Assert.Equal("ColleagueAnswered", (await replies.SendAsync(shop.Agent, plan[4])).Refusal?.Key);
        }

        Assert.Equal(["Ирина, заказ 0138-1 задержан."], await shop.ReadAsync(db => db.Messages.Where(m => m.State == MessageState.Waiting).Select(m => m.Text).ToListAsync(Ct)));
        Assert.Equal("И ещё кое-что", (await shop.Conversations.DraftAsync(shop.Agent, irina.Id, Ct)).Text);
        var sent = await replies.SendAsync(shop.Agent, plan[0]);
        Assert.True((await sent.Undo!()).IsDone);
        Assert.Equal(MessageState.TakenBack, await shop.ReadAsync(db => db.Messages.Where(m => m.ConversationId == irina.Id && m.Author == MessageAuthor.Seller).Select(m => m.State).SingleAsync(Ct)));
        Assert.Equal("AlreadyLeft", (await sent.Undo!()).Refusal?.Key);

        async Task<Conversation> BuyerAsync(string? name, string posting, Action<Conversation>? change = null)
        {
            var conversation = await shop.ConversationAsync(c =>
            {
                (c.BuyerName, c.PostingNumber, c.WindowClosesAt) = (name, posting, shop.Now.AddHours(40));
                change?.Invoke(c);
            });
            await shop.MessageAsync(conversation);
            return conversation;
        }
    }

    [Fact]
    public void What_is_chosen_follows_single_rows_and_all_but_some()
    {
        var picking = new Picking();
        picking.Start();
        picking.Toggle(3);
        picking.Toggle(5);
        picking.Toggle(3);
        Assert.Equal((true, false, 1), (picking.Has(5), picking.Has(3), picking.Count));
        Assert.Equal([5], picking.Of([]));
        picking.PickAll(10);
        Assert.Equal((true, 10), (picking.Has(3), picking.Count));
        picking.Toggle(3);
        Assert.Equal((false, 9), (picking.Has(3), picking.Count));
        Assert.Equal([1, 2], picking.Of([1, 2, 3]));
        picking.End();
        Assert.Equal((false, 0), (picking.IsOn, picking.Count));
    }

    private static BulkRun Run(TestShop shop, CurrentUser user, BulkChange change, IReadOnlyList<long> ids)
    {
        var actions = shop.Db.Services.GetRequiredService<BulkActions>();
        return new BulkRun(ids, id => actions.DoAsync(user, id, change), NullLogger.Instance);
    }

    private static async Task<BulkRun> RunAsync(TestShop shop, CurrentUser user, BulkChange change, params long[] ids)
    {
        var run = Run(shop, user, change, ids);
        await run.GoAsync(() => { }, Ct);
        Assert.True(run.IsOver);
        return run;
    }

    private static async Task<string?[]> AssigneesAsync(TestShop shop, params Conversation[] conversations)
    {
        var byId = await shop.ReadAsync(db => db.Conversations.ToDictionaryAsync(c => c.Id, c => c.AssigneeId, Ct));
        return [.. conversations.Select(c => byId[c.Id])];
    }

    private sealed class ErrorLog : ILogger
    {
        public int Errors { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Error && exception is not null) Errors++;
        }
    }
}
