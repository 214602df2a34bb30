using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Background;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Stores;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Rules;

/// <summary>Hours and pauses, and how running clocks follow them. The 24th is a Tuesday; Moscow is three hours ahead.</summary>
public sealed class WorkingHoursActionsTests
{
    private static readonly DateTime Evening = new(2026, 11, 24, 14, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task Hours_move_the_house_target_at_once_and_never_Ozons_clocks(Provider provider)
    {
        await using var test = await ClockTest.CreateAsync(provider, Evening);
        var id = await test.AddConversationAsync();
        await test.SayAsync(id, MessageAuthor.Buyer, Evening);
        Assert.True((await Actions(test).SetAsync(test.Owner, test.StoreId, Office(), Ct)).IsDone);
        await RuleWatch(test).CatchUpAsync(Ct);

        // 17:00 in Moscow: an hour until closing, three from nine tomorrow.
        var rows = await test.RowsAsync(id);
        Assert.Equal(
            [(DeadlineKind.FirstAnswer, Evening.AddHours(19)), (DeadlineKind.AnswerIn24Hours, Evening.AddHours(24)), (DeadlineKind.ReplyWindow, Evening.AddHours(48))],
            rows.Select(d => (d.Kind, d.DueAt)));
        Assert.Equal((Evening.AddHours(17), 240), (rows[0].NextAlertAt, rows[0].RuleMinutes));
        Assert.Equal(Evening.AddHours(19), (await test.Db.Services.GetRequiredService<WorkingHoursQueries>().OfAsync(test.Owner, test.StoreId, Ct))!.FirstAnswerDueAt);

        await using var db = await test.Db.Databases.ForStoreAsync(test.StoreId, Ct);
        var entry = await db.AuditEntries.SingleAsync(a => a.Action == "hours.change", Ct);
        Assert.Equal(test.Owner.Name, entry.Who);
        Assert.Contains("on Europe/Moscow [09:00–18:00;", entry.Details, StringComparison.Ordinal);
        var conversation = await db.Conversations.SingleAsync(Ct);
        Assert.Equal((Evening.AddHours(19), 240), (conversation.DueAt, conversation.DueRuleMinutes));
    }

    [Fact]
    public async Task Why_this_time_names_the_night_and_the_pause()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Evening);
        var id = await test.AddConversationAsync();
        await test.SayAsync(id, MessageAuthor.Buyer, Evening);
        await Actions(test).SetAsync(test.Owner, test.StoreId, Office(), Ct);
        await Actions(test).PauseAsync(test.Owner, test.StoreId, Evening.AddMinutes(30), "инвентаризация", Ct);
        await test.RecomputeAsync(id);
        var house = (await test.Clocks.WhyAsync(test.Owner, id, Ct)).Single(c => c.Kind == DeadlineKind.FirstAnswer);
        Assert.Equal(
            [
                (ReckoningStepKind.BuyerWrote, Evening, null, null),
                (ReckoningStepKind.Paused, Evening, Evening.AddMinutes(30), "инвентаризация"),
                (ReckoningStepKind.OutsideHours, Evening.AddHours(1), Evening.AddHours(16), null),
                (ReckoningStepKind.RuleAdded, Evening.AddHours(19.5), (DateTime?)null, (string?)null),
            ],
            house.Steps.Select(s => (s.Kind, s.At!.Value, s.Until, s.Reason)));
        var track = (await test.Db.Services.GetRequiredService<DeadlineQueries>().TrackAsync(test.Owner, ConversationClocks.SubjectOf(id), Ct))[0];
        Assert.Equal([StandstillKind.Paused, StandstillKind.OutsideHours], track.Stands.Select(s => s.Kind));
        Assert.Equal(house.DueAt, (await test.RowsAsync(id)).Single(d => d.Kind == DeadlineKind.FirstAnswer).DueAt);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task What_is_over_keeps_the_hours_and_pauses_it_was_over_under(Provider provider)
    {
        await using var test = await ClockTest.CreateAsync(provider, Evening);
        var id = await test.AddConversationAsync();
        await test.SayAsync(id, MessageAuthor.Buyer, Evening);
        await test.SayAsync(id, MessageAuthor.Seller, Evening.AddHours(1), MessageState.Sent);
        test.Time.Advance(TimeSpan.FromHours(2));
        await Actions(test).SetAsync(test.Owner, test.StoreId, Office(), Ct);
        await Actions(test).PauseAsync(test.Owner, test.StoreId, test.Now.AddHours(5), "move", Ct);
        await test.SayAsync(id, MessageAuthor.Buyer, test.Now);
        var houses = (await test.RowsAsync(id)).Where(d => d.Kind == DeadlineKind.FirstAnswer).ToList();

        // Tomorrow 9:00 in Moscow is 6:00 UTC: 16 h after this evening, and 4 h of work more.
        Assert.Equal([(DeadlineState.Met, Evening.AddHours(4)), (DeadlineState.Running, Evening.AddHours(20))], houses.Select(d => (d.State, d.DueAt)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_pause_stops_the_house_target_and_ending_it_early_lets_it_go_on(Provider provider)
    {
        await using var test = await ClockTest.CreateAsync(provider, Evening);
        var id = await test.AddConversationAsync();
        await test.SayAsync(id, MessageAuthor.Buyer, Evening);
        Assert.True((await Actions(test).PauseAsync(test.Owner, test.StoreId, Evening.AddDays(2), "ярмарка", Ct)).IsDone);
        await RuleWatch(test).CatchUpAsync(Ct);
        Assert.Equal(Evening.AddHours(52), (await test.RowsAsync(id))[0].DueAt);

        test.Time.Advance(TimeSpan.FromHours(3));
        var pause = Assert.Single((await test.Db.Services.GetRequiredService<WorkingHoursQueries>().OfAsync(test.Owner, test.StoreId, Ct))!.Pauses);
        Assert.True((await Actions(test).ResumeAsync(test.Owner, test.StoreId, pause.Key, Ct)).IsDone);
        Assert.True((await Actions(test).ResumeAsync(test.Owner, test.StoreId, pause.Key, Ct)).IsDone);
        await RuleWatch(test).CatchUpAsync(Ct);
        Assert.Equal(Evening.AddHours(7), (await test.RowsAsync(id))[0].DueAt);
        await using var db = await test.Db.Databases.ForStoreAsync(test.StoreId, Ct);
        Assert.Equal(2, await db.ClockPauses.CountAsync(Ct));
        Assert.Equal(2, await db.AuditEntries.CountAsync(a => a.Action == "clocks.pause", Ct));
    }

    [Fact]
    public async Task A_pause_that_lies_ahead_can_be_called_off()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Evening);
        await using (var db = await test.Db.Databases.ForAsync(test.Owner, Ct))
        {
            db.PauseHouseClocks(test.StoreId, "vacation:1", Evening.AddDays(1), Evening.AddDays(8), "отпуск");
            await db.CommitAsync(Ct);
        }

        await Actions(test).ResumeAsync(test.Owner, test.StoreId, "vacation:1", Ct);
        Assert.Empty((await test.Db.Services.GetRequiredService<WorkingHoursQueries>().OfAsync(test.Owner, test.StoreId, Ct))!.Pauses);
    }

    [Fact]
    public async Task Only_owners_may_and_what_makes_no_sense_is_refused()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Evening);
        var (_, agent) = await test.Db.AddStoreAsync(role: StoreRole.Agent);
        var (_, other) = await test.Db.AddStoreAsync("1000002");
        var actions = Actions(test);
        Assert.Equal("OwnersOnly", (await actions.SetAsync(agent, test.StoreId, Office(), Ct)).Refusal?.Key);
        Assert.Equal("NotFound", (await actions.SetAsync(other, test.StoreId, Office(), Ct)).Refusal?.Key);
        Assert.Equal("HoursTooFew", (await actions.SetAsync(test.Owner, test.StoreId, new WorkingHoursDraft { IsOn = true, Days = ["", "", "", "", "", "", ""] }, Ct)).Refusal?.Key);
        Assert.Equal("OwnersOnly", (await actions.PauseAsync(agent, test.StoreId, Evening.AddDays(1), "x", Ct)).Refusal?.Key);
        Assert.Equal("NotFound", (await actions.ResumeAsync(other, test.StoreId, "x", Ct)).Refusal?.Key);
        Assert.Equal("NotFound", (await actions.ResumeAsync(test.Owner, test.StoreId, "x", Ct)).Refusal?.Key);
        Assert.Equal("PauseReasonMissing", (await actions.PauseAsync(test.Owner, test.StoreId, Evening.AddDays(1), " ", Ct)).Refusal?.Key);
        Assert.Equal("PauseReasonTooLong", (await actions.PauseAsync(test.Owner, test.StoreId, Evening.AddDays(1), new string('x', 201), Ct)).Refusal?.Key);
        Assert.Equal("PauseEndsBefore", (await actions.PauseAsync(test.Owner, test.StoreId, Evening, "x", Ct)).Refusal?.Key);
        Assert.Equal("PauseTooLong", (await actions.PauseAsync(test.Owner, test.StoreId, Evening.AddDays(91), "x", Ct)).Refusal?.Key);
        Assert.Null(await test.Db.Services.GetRequiredService<WorkingHoursQueries>().OfAsync(other, test.StoreId, Ct));
    }

    [Fact]
    public async Task The_same_hours_saved_again_change_nothing_and_a_new_zone_of_the_store_moves_them()
    {
        await using var test = await ClockTest.CreateAsync(Provider.Sqlite, Evening, services => services
            .AddSingleton(sp => new StoreActions(sp.GetRequiredService<Databases>(), null!, sp.GetRequiredService<TimeProvider>(), sp.GetRequiredService<IConfiguration>())));
        await Actions(test).SetAsync(test.Owner, test.StoreId, Office(), Ct);
        var events = await test.EventsAsync();
        await Actions(test).SetAsync(test.Owner, test.StoreId, Office(), Ct);
        Assert.Equal(events, await test.EventsAsync());

        var stores = test.Db.Services.GetRequiredService<StoreActions>();
        Assert.True((await stores.DescribeAsync(test.Owner, test.StoreId, "Shop", "Asia/Vladivostok", "", Ct)).IsDone);
        var rules = await test.Db.Services.GetRequiredService<Rulebook>().ForAsync(test.StoreId, Ct);

        // 14:00 UTC is midnight in Vladivostok: nine hours until it opens.
        Assert.Equal(Evening.AddHours(10), rules.HouseTimeAt(Evening.AddSeconds(1)).Add(Evening, TimeSpan.FromHours(1)));
        Assert.Equal(Evening.AddHours(1), rules.HouseTimeAt(Evening.AddSeconds(-1)).Add(Evening, TimeSpan.FromHours(1)));
    }

    private static WorkingHoursDraft Office() => new() { IsOn = true };

    private static WorkingHoursActions Actions(ClockTest test) => test.Db.Services.GetRequiredService<WorkingHoursActions>();

    private static RuleWatch RuleWatch(ClockTest test) => test.Db.Services.GetRequiredService<RuleWatch>();
}
