using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OzonSellerCenter.Background;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Sandbox;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Background;

/// <summary>Each answer reaches the buyer once, whatever happens on the way.</summary>
public sealed class OutboxTests
{
    private const string Text = "Да, размер L есть.";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => BackgroundTest.Providers;

    public static TheoryData<string> Mishaps =>
    [
        nameof(Fate.Taken), nameof(Fate.CutAfterActing), nameof(Fate.CutBeforeActing), nameof(Fate.Error500AfterActing), nameof(Fate.Error500),
        nameof(Fate.GarbageAfterActing), nameof(Fate.NoConnection),
    ];

    [Theory, MemberData(nameof(Mishaps))]
    public async Task Whatever_the_network_does_the_buyer_has_it_once(string mishap)
    {
        await using var test = await BackgroundTest.CreateAsync();
        var chat = await test.ChatAsync();
        test.Ozon.Fates.Enqueue((Fate)typeof(Fate).GetField(mishap)!.GetValue(null)!);
        var id = await test.ReplyAsync(chat, Text);
        await test.DispatchDueAsync();
        if (mishap == nameof(Fate.NoConnection))
        {
            Assert.Equal(ConnectionState.Unreachable, (await test.StoreAsync()).Connection);
            await test.StoreAsync(s => s.Connection = ConnectionState.Working);
        }

        await test.DispatchAllAsync();
        await test.PollAsync();
        Assert.Equal([Text], test.Ozon.SentTo("chat-1"));
        var message = await test.MessageAsync(id);
        Assert.Equal((MessageState.Sent, true), (message.State, message.OzonMessageId is not null));
        Assert.Equal(CommandState.Done, (await test.CommandAsync(id)).State);
        Assert.Equal(2, (await test.MessagesAsync(chat)).Count);
    }

    [Fact]
    public async Task After_an_unclear_end_nothing_is_sent_again_before_the_settle_time_really_passed()
    {
        await using var test = await BackgroundTest.CreateAsync();
        var chat = await test.ChatAsync();
        test.Ozon.Fates.Enqueue(Fate.CutBeforeActing);
        var id = await test.ReplyAsync(chat, Text);
        var startedAt = test.Now;
        await test.DispatchDueAsync();
        Assert.Equal(MessageState.Unclear, (await test.MessageAsync(id)).State);
        await test.DispatchAllAsync(TimeSpan.FromSeconds(14));
        Assert.Equal(1, test.Ozon.CallsOf("/send/message"));
        await test.DispatchAllAsync();
        Assert.Equal(2, test.Ozon.CallsOf("/send/message"));
        Assert.True(test.Now - startedAt >= TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task A_message_that_shows_late_within_the_settle_time_is_found_and_not_sent_again()
    {
        await using var test = await BackgroundTest.CreateAsync();
        var chat = await test.ChatAsync();
        test.Ozon.Fates.Enqueue(Fate.CutBeforeActing);
        var id = await test.ReplyAsync(chat, Text);
        await test.DispatchDueAsync();
        await test.DispatchAllAsync(TimeSpan.FromSeconds(8));
        test.Ozon.Say("chat-1", Text, "Seller", "1000001");
        await test.DispatchAllAsync();
        Assert.Equal(1, test.Ozon.CallsOf("/send/message"));
        Assert.Equal((MessageState.Sent, CommandState.Done), ((await test.MessageAsync(id)).State, (await test.CommandAsync(id)).State));
    }

    [Fact]
    public async Task A_calendar_that_jumps_neither_shortens_the_settle_time_nor_takes_a_call_under_way_away()
    {
        var real = new FakeTimeProvider();
        var calendar = new SandboxClock(real);
        var settling = new Settling(Options.Create(new OutboxOptions { SettleSeconds = 15 }), real);
        Assert.False(settling.IsOver(1));
        calendar.Advance(TimeSpan.FromHours(5));
        Assert.False(settling.IsOver(1));
        real.Advance(TimeSpan.FromSeconds(15));
        Assert.True(settling.IsOver(1));

        await using var test = await BackgroundTest.CreateAsync();
        var chat = await test.ChatAsync();
        var id = await test.ReplyAsync(chat, Text);
        var claim = await test.Claims.ClaimAsync((await test.DueAsync())[0], Ct);
        test.Time.Advance(TimeSpan.FromHours(5));
        await test.Claims.RecoverAsync(own: false, [claim!.Command.Id], Ct);
        Assert.Equal(CommandState.Sending, (await test.CommandAsync(id)).State);
        await test.Claims.RecoverAsync(own: false, [], Ct);
        Assert.Equal(CommandState.Unclear, (await test.CommandAsync(id)).State);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Killed_after_the_claim_before_the_call_it_is_sent_once(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        var id = await test.ReplyAsync(await test.ChatAsync(), Text);
        Assert.NotNull(await test.Claims.ClaimAsync((await test.DueAsync())[0], Ct));
        await SurvivesAsync(test, id, calls: 1);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Killed_after_the_call_before_the_record_it_is_sent_once(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        var id = await test.ReplyAsync(await test.ChatAsync(), Text);
        var claim = await test.Claims.ClaimAsync((await test.DueAsync())[0], Ct);
        var store = await test.Get<StoreGate>().OpenAsync(test.StoreId, Ct);
        Assert.Null((await test.Get<OutboxCall>().SendAsync(store!.Account, claim!, Ct)).Error);
        await SurvivesAsync(test, id, calls: 1);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Killed_during_the_call_it_is_sent_once(bool acted)
    {
        await using var test = await BackgroundTest.CreateAsync();
        var id = await test.ReplyAsync(await test.ChatAsync(), Text);
        test.Ozon.Fates.Enqueue(acted ? Fate.DeathAfterActing : Fate.DeathBeforeActing);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(test.DispatchDueAsync);
        await SurvivesAsync(test, id, calls: acted ? 1 : 2);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Killed_again_while_reading_back_and_after_a_second_attempt_it_is_sent_once(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        var id = await test.ReplyAsync(await test.ChatAsync(), Text);
        test.Ozon.Fates.Enqueue(Fate.DeathBeforeActing);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(test.DispatchDueAsync);
        await test.RestartAsync();
        await test.DispatchDueAsync();
        await test.RestartAsync();
        await test.DispatchDueAsync();
        test.Ozon.Fates.Enqueue(Fate.DeathAfterActing);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.DispatchAllAsync());
        await SurvivesAsync(test, id, calls: 2);
    }

    [Fact]
    public async Task A_read_mark_under_way_when_the_process_died_is_simply_sent_again()
    {
        await using var test = await BackgroundTest.CreateAsync();
        var chat = await test.ChatAsync();
        Assert.True((await test.Inbox.MarkReadAsync(test.Owner, chat, Ct)).IsDone);
        Assert.NotNull(await test.Claims.ClaimAsync((await test.DueAsync())[0], Ct));
        await test.RestartAsync();
        await test.DispatchAllAsync();
        Assert.Equal(1, test.Ozon.CallsOf("/v2/chat/read"));
        Assert.Equal(0, await test.ReadAsync(db => db.OutboundCommands.CountAsync(c => c.State != CommandState.Done, Ct)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Of_the_dispatcher_and_a_person_who_takes_it_back_exactly_one_wins(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        for (var i = 0; i < 12; i++)
        {
            var chatId = $"race-{i}";
            var id = await test.ReplyAsync(await test.ChatAsync(chatId), Text);
            var due = Assert.Single(await test.DueAsync());
            var dispatch = Task.Run(() => test.Dispatcher.DispatchAsync(due, Ct), Ct);
            var back = await Task.Run(() => test.Inbox.TakeBackAsync(test.Owner, id, Ct), Ct);
            await dispatch;
            Assert.Equal(back.IsDone ? [] : [Text], test.Ozon.SentTo(chatId));
            Assert.Equal(back.IsDone ? MessageState.TakenBack : MessageState.Sent, (await test.MessageAsync(id)).State);
        }
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Many_dispatchers_on_one_database_send_each_message_once_and_in_order(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        var chats = new[] { await test.ChatAsync("a"), await test.ChatAsync("b"), await test.ChatAsync("c") };
        foreach (var chat in chats)
        {
            for (var i = 0; i < 5; i++) await test.ReplyAsync(chat, $"Часть {i}");
        }

        for (var round = 0; round < 100 && (await test.Claims.AheadAsync(Ct)).Open > 0; round++)
        {
            var due = await test.DueAsync();
            await Task.WhenAll(due.SelectMany(d => Enumerable.Range(0, 3).Select(_ => Task.Run(() => test.Dispatcher.DispatchAsync(d, Ct), Ct))));
        }

        foreach (var chatId in new[] { "a", "b", "c" })
            Assert.Equal(Enumerable.Range(0, 5).Select(i => $"Часть {i}"), test.Ozon.SentTo(chatId));
    }

    [Fact]
    public async Task A_later_message_waits_for_an_unclear_one_but_other_conversations_do_not()
    {
        await using var test = await BackgroundTest.CreateAsync();
        var (one, two) = (await test.ChatAsync("one"), await test.ChatAsync("two"));
        test.Ozon.Fates.Enqueue(Fate.CutBeforeActing);
        await test.ReplyAsync(one, "первая");
        await test.ReplyAsync(one, "вторая");
        await test.DispatchDueAsync();
        await test.ReplyAsync(two, "другая");
        await test.DispatchDueAsync();
        Assert.Empty(test.Ozon.SentTo("one"));
        Assert.Equal(["другая"], test.Ozon.SentTo("two"));
        await test.DispatchAllAsync();
        Assert.Equal(["первая", "вторая"], test.Ozon.SentTo("one"));
    }

    [Fact]
    public async Task After_429_it_waits_as_long_as_Ozon_asked_and_counts_no_failure()
    {
        await using var test = await BackgroundTest.CreateAsync();
        test.Ozon.Fates.Enqueue(Fate.TooMany(30));
        var id = await test.ReplyAsync(await test.ChatAsync(), Text);
        await test.DispatchDueAsync();
        Assert.Equal((MessageState.Waiting, test.Now.AddSeconds(30)), ((await test.MessageAsync(id)).State, (await test.CommandAsync(id)).NotBeforeAt));
        test.Time.Advance(TimeSpan.FromSeconds(29));
        await test.DispatchDueAsync();
        Assert.Equal(1, test.Ozon.CallsOf("/send/message"));
        test.Time.Advance(TimeSpan.FromSeconds(1));
        await test.DispatchDueAsync();
        Assert.Equal([Text], test.Ozon.SentTo("chat-1"));
        Assert.Equal(0, (await test.CommandAsync(id)).Failures);
    }

    [Fact]
    public async Task With_a_wrong_key_it_waits_and_goes_out_once_when_the_key_works()
    {
        await using var test = await BackgroundTest.CreateAsync();
        test.Ozon.Fates.Enqueue(Fate.Refusal(HttpStatusCode.NotFound, 5, "Invalid Api-Key, please check the key and try again"));
        var id = await test.ReplyAsync(await test.ChatAsync(), Text);
        await test.DispatchDueAsync();
        Assert.Equal(ConnectionState.WrongKey, (await test.StoreAsync()).Connection);
        var message = await test.MessageAsync(id);
        Assert.Equal((MessageState.Waiting, "WrongKey", Text), (message.State, message.Refusal, message.Text));
        test.Time.Advance(TimeSpan.FromHours(3));
        await test.DispatchDueAsync();
        Assert.Equal(1, test.Ozon.CallsOf("/send/message"));
        await test.StoreAsync(s => s.Connection = ConnectionState.Working);
        await test.DispatchAllAsync();
        Assert.Equal([Text], test.Ozon.SentTo("chat-1"));
        Assert.Equal((MessageState.Sent, null), ((await test.MessageAsync(id)).State, (await test.MessageAsync(id)).Refusal));
    }

    [Fact]
    public async Task A_closed_window_refuses_with_the_reason_keeps_the_text_and_lets_the_next_one_go()
    {
        await using var test = await BackgroundTest.CreateAsync();
        var chat = await test.ChatAsync();
        test.Ozon.Fates.Enqueue(Fate.Refusal(HttpStatusCode.Forbidden, 7, "chat: the period has expired"));
        var id = await test.ReplyAsync(chat, Text);
        await test.ReplyAsync(chat, "ещё раз");
        await test.DispatchAllAsync();
        var message = await test.MessageAsync(id);
        Assert.Equal((MessageState.Refused, "WindowClosed", Text), (message.State, message.Refusal, message.Text));
        Assert.Equal("chat: the period has expired", message.RefusalDetail);
        Assert.Equal((CommandState.Failed, 1), ((await test.CommandAsync(id)).State, (await test.CommandAsync(id)).Attempts));
        Assert.Equal(["ещё раз"], test.Ozon.SentTo("chat-1"));
    }

    [Fact]
    public async Task A_command_that_cannot_even_be_read_is_put_off_and_given_up_without_holding_the_others()
    {
        await using var test = await BackgroundTest.CreateAsync();
        await test.ReadAsync(async db =>
        {
            db.OutboundCommands.Add(new OutboundCommand { StoreId = test.StoreId, Key = "broken", Kind = CommandKind.StartChat, Subject = "posting:1", TargetId = 404, NotBeforeAt = test.Now });
            await db.CommitAsync(Ct);
            return 0;
        });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var running = test.Dispatcher.RunAsync(stop.Token);
        await ClockTest.UntilAsync(async () =>
        {
            test.Time.Advance(TimeSpan.FromMinutes(1));
            return await test.ReadAsync(db => db.OutboundCommands.AnyAsync(c => c.Key == "broken" && c.State == CommandState.Failed, Ct));
        }, "the broken command is given up");
        await stop.CancelAsync();
        await running.WaitAsync(TimeSpan.FromMinutes(1), Ct);
        Assert.Equal(8, await test.ReadAsync(db => db.OutboundCommands.Where(c => c.Key == "broken").Select(c => c.Failures).SingleAsync(Ct)));
    }

    private static async Task SurvivesAsync(BackgroundTest test, long messageId, int calls)
    {
        await test.RestartAsync();
        Assert.Equal(MessageState.Unclear, (await test.MessageAsync(messageId)).State);
        await test.DispatchAllAsync();
        await test.PollAsync();
        Assert.Equal([Text], test.Ozon.SentTo("chat-1"));
        Assert.Equal(calls, test.Ozon.CallsOf("/send/message"));
        Assert.Equal((MessageState.Sent, CommandState.Done), ((await test.MessageAsync(messageId)).State, (await test.CommandAsync(messageId)).State));
    }
}
