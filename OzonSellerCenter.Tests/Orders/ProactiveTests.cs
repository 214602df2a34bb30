using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Background;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Ozon;
using OzonSellerCenter.Tests.Background;
using OzonSellerCenter.Tests.Support;
using static OzonSellerCenter.Tests.Background.PostingStory;
using static OzonSellerCenter.Tests.Orders.ProactiveBench;

namespace OzonSellerCenter.Tests.Orders;

/// <summary>The buyer is told before he asks: once, in his window, and never into a talk.</summary>
public sealed class ProactiveTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => BackgroundTest.Providers;

    [Theory, MemberData(nameof(Providers))]
    public async Task A_shipped_parcel_is_told_once_in_the_chat_that_there_is(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        await test.SwitchOnAsync();
        await test.TakeAsync(Parcel);
        var chat = await test.ChatOfParcelAsync();
        test.Time.Advance(TimeSpan.FromMinutes(1));
        await test.TakeAsync(Parcel.OnTheWay(tracking: ""));
        Assert.Empty(await test.NotesAsync());
        await test.TakeAsync(Parcel.OnTheWay());
        await test.TakeAsync(Parcel.OnTheWay());
        await test.TellAsync();
        await test.TellAsync();
        var note = Assert.Single(await test.NotesAsync());
        Assert.Equal((ProactiveEvent.Shipped, ProactiveState.Told), (note.Event, note.State));
        await test.DispatchDueAsync();
        var text = Assert.Single(test.Ozon.SentTo(Chat));
        Assert.StartsWith("Здравствуйте, Анна! Ваш заказ 0208245774-0029 передан в доставку, трек-номер: RB123456785CN.", text, StringComparison.Ordinal);
        var message = await test.MessageAsync(note.MessageId!.Value);
        Assert.Equal((chat, MessageState.Sent, Message.AutomaticSender), (message.ConversationId, message.State, message.SentBy));

        // It went and came back, as carriers have it: the buyer has heard of it.
        await test.TakeAsync(Parcel);
        await test.TakeAsync(Parcel.OnTheWay());
        await test.TellAsync();
        Assert.Single(await test.NotesAsync());
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Without_a_chat_one_is_opened_and_read_and_then_the_buyer_is_told(Provider provider)
    {
        await using var test = await ShippedWithoutChatAsync(provider);
        await test.TellAsync();
        await test.TellAsync();
        Assert.Equal(CommandKind.StartChat, Assert.Single(await test.ReadAsync(db => db.OutboundCommands.AsNoTracking().ToListAsync(Ct))).Kind);
        await test.DispatchDueAsync();
        await test.TellAsync();
        Assert.Empty(await test.WrittenAsync());
        await test.Get<ChatSync>().ReadMarkedAsync(test.StoreId, Ct);
        await test.TellAsync();
        await test.DispatchDueAsync();
        Assert.Single(test.Ozon.SentTo("chat-9"));
        Assert.Equal(ProactiveState.Told, Assert.Single(await test.NotesAsync()).State);
    }

    [Fact]
    public async Task A_question_found_in_the_opened_chat_is_for_a_person_to_answer()
    {
        await using var test = await ShippedWithoutChatAsync(Provider.Sqlite);
        await test.TellAsync();
        await test.DispatchDueAsync();
        test.Ozon.Say("chat-9", "Где мой заказ?");
        await test.Get<ChatSync>().ReadMarkedAsync(test.StoreId, Ct);
        Assert.Equal("BuyerWaits", await test.SkippedAsync());
    }

    [Fact]
    public async Task A_chat_that_Ozon_does_not_open_ends_it()
    {
        await using var test = await ShippedWithoutChatAsync(Provider.Sqlite);
        await test.TellAsync();
        test.Ozon.Answer = (path, _) => path == "/v1/chat/start" ? FakeOzon.Json("""{"code":3,"message":"no"}""", System.Net.HttpStatusCode.BadRequest) : null;
        await test.DispatchDueAsync();
        Assert.Equal("ChatRefused", await test.SkippedAsync());
    }

    [Fact]
    public async Task Nothing_is_told_before_it_is_switched_on_nor_of_what_had_happened_by_then()
    {
        await using var test = await BackgroundTest.CreateAsync();
        await test.ChatOfParcelAsync();
        await test.TakeAsync(Parcel);
        await test.TakeAsync(Parcel.OnTheWay());
        Assert.Empty(await test.NotesAsync());

        // Delivered and taken out of our sight for an hour; switched on in between.
        var deliveredAt = test.Now.AddMinutes(10);
        test.Time.Advance(TimeSpan.FromHours(1));
        await test.SwitchOnAsync();
        await test.TakeAsync(Parcel with { Status = "delivered", TrackingNumber = "RB1", FactDeliveryDate = deliveredAt });
        Assert.Empty(await test.NotesAsync());
    }

    [Theory]
    [InlineData("delivering", "posting_in_courier_service")]
    [InlineData("delivered", "posting_received")]
    public async Task An_import_tells_nobody_however_often_it_is_repeated(string status, string substatus)
    {
        await using var test = await BackgroundTest.CreateAsync();
        await test.SwitchOnAsync();
        test.Time.Advance(TimeSpan.FromHours(1));
        var told = Parcel with { Status = status, Substatus = substatus, TrackingNumber = "RB1", FactDeliveryDate = status == "delivered" ? test.Now.AddMinutes(-1) : null };
        await using (var db = await test.Databases.ForSystemAsync(Ct))
        {
            // What a push has announced is not known either.
            db.Postings.Add(new Posting { StoreId = test.StoreId, PostingNumber = Number, NeedsSync = true });
            await db.CommitAsync(Ct);
        }

        await test.TakeAsync(told, told with { PostingNumber = "0208245774-0030-1", OrderNumber = "0208245774-0030" });
        await test.TakeAsync(told);
        Assert.Empty(await test.NotesAsync());
    }

    [Fact]
    public async Task Every_step_of_a_parcel_is_told_in_its_turn()
    {
        await using var test = await BackgroundTest.CreateAsync();
        await test.SwitchOnAsync();
        await test.ChatOfParcelAsync();
        await test.TakeAsync(Parcel);
        foreach (var told in new Func<OzonPosting>[]
        {
            () => Parcel with { Products = [Parcel.Products[0]] },
            () => Parcel.OnTheWay(),
            () => Parcel.OnTheWay("posting_in_courier_service"),
            () => Parcel with { Status = "delivered", Substatus = "posting_received", TrackingNumber = "RB1", FactDeliveryDate = test.Now },
        })
        {
            test.Time.Advance(TimeSpan.FromHours(2));
            await test.TakeAsync(told());
            await test.TellAsync();
        }

        Assert.Equal(
            [ProactiveEvent.ItemsTakenOut, ProactiveEvent.Shipped, ProactiveEvent.OutForDelivery, ProactiveEvent.Delivered],
            (await test.NotesAsync()).Select(n => n.Event));
        Assert.Equal(4, (await test.WrittenAsync()).Distinct().Count());
        await test.DispatchDueAsync();
        await test.DispatchAllAsync();
        Assert.Equal(await test.WrittenAsync(), test.Ozon.SentTo(Chat));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_parcel_that_becomes_late_is_told_at_that_instant_without_a_word_from_Ozon(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        await test.SwitchOnAsync(ProactiveEvent.Delayed);
        await test.ChatOfParcelAsync();
        await test.TakeAsync(Parcel);
        await test.TakeAsync(Parcel.OnTheWay().PromisedBy(BackgroundTest.Noon.AddDays(2)));
        var watch = WatchOf(test);
        test.Time.Advance(TimeSpan.FromDays(2) - TimeSpan.FromSeconds(1));
        await watch.RaiseAllDueAsync(Ct);
        Assert.Empty(await test.NotesAsync());
        test.Time.Advance(TimeSpan.FromSeconds(1));
        await watch.RaiseAllDueAsync(Ct);
        await watch.RaiseAllDueAsync(Ct);
        await test.TellAsync();
        Assert.Contains("едет дольше", Assert.Single(await test.WrittenAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Packing_into_two_parcels_takes_nothing_out()
    {
        await using var test = await BackgroundTest.CreateAsync();
        await test.SwitchOnAsync();
        var packing = Parcel with { Status = "awaiting_packaging" };
        var (one, two) = (packing with { Products = [packing.Products[0]] }, packing with { PostingNumber = "0208245774-0029-2", Products = [packing.Products[1]] });
        await test.TakeAsync(packing);
        await test.TakeAsync(one with { Status = "awaiting_deliver" });
        await test.TakeAsync(packing);
        await test.TakeAsync(one with { Substatus = "posting_split_pending" });
        await test.TakeAsync(packing);
        await test.TakeAsync(one, two);
        Assert.Empty(await test.NotesAsync());
        await test.TakeAsync(packing, two with { Status = "cancelled" });
        await test.TakeAsync(one);
        Assert.Equal(ProactiveEvent.ItemsTakenOut, Assert.Single(await test.NotesAsync()).Event);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Two_nodes_that_hear_the_same_tell_it_once(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        await test.SwitchOnAsync();
        await test.ChatOfParcelAsync();
        await test.TakeAsync(Parcel);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => test.TakeAsync(Parcel.OnTheWay("posting_in_courier_service")), Ct)));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(test.TellAsync, Ct)));

        // It was shipped as well, but that is old news at the door.
        Assert.Equal(ProactiveEvent.OutForDelivery, Assert.Single(await test.NotesAsync()).Event);
        Assert.Single(await test.WrittenAsync());
    }

    [Fact]
    public async Task Shuffled_repeated_and_broken_off_the_same_news_is_told_at_most_once()
    {
        for (var seed = 0; seed < 12; seed++)
        {
            var random = new Random(seed);
            await using var test = await BackgroundTest.CreateAsync();
            await test.SwitchOnAsync();
            await test.ChatOfParcelAsync();
            var watch = WatchOf(test);
            OzonPosting[] news =
            [
                Parcel, Parcel with { Products = [Parcel.Products[0]] }, Parcel.OnTheWay(tracking: ""), Parcel.OnTheWay(), Parcel.OnTheWay("posting_in_courier_service"),
                Parcel.OnTheWay("posting_in_pickup_point"), Parcel with { Status = "delivered", TrackingNumber = "RB1", FactDeliveryDate = test.Now.AddHours(60) },
            ];
            for (var step = 0; step < 30; step++)
            {
                test.Time.Advance(TimeSpan.FromHours(random.Next(1, 30)));
                var told = news[random.Next(news.Length)];
                if (random.Next(3) == 0)
                {
                    // The process dies before the end.
                    await using var db = await test.Databases.ForStoreAsync(test.StoreId, Ct);
                    await using var transaction = await db.Database.BeginTransactionAsync(Ct);
                    await test.Get<PostingIntake>().TakeAsync(db, test.StoreId, [told], test.Now, true, Ct);
                    await db.SaveChangesAsync(Ct);
                    continue;
                }

                await test.TakeAsync(told);
                if (random.Next(2) == 0) await watch.RaiseAllDueAsync(Ct);
                if (random.Next(2) == 0) await test.TellAsync();
            }

            await test.TellAsync();
            var notes = await test.NotesAsync();
            Assert.Equal(notes.Count, notes.DistinctBy(n => n.Event).Count());
            Assert.Equal(notes.Count(n => n.State == ProactiveState.Told), (await test.WrittenAsync()).Distinct().Count());
            Assert.Equal((await test.WrittenAsync()).Count, (await test.WrittenAsync()).Distinct().Count());
            Assert.DoesNotContain(notes, n => n.State == ProactiveState.Waiting);
        }
    }

    private static async Task<BackgroundTest> ShippedWithoutChatAsync(Provider provider)
    {
        var test = await BackgroundTest.CreateAsync(provider);
        test.Ozon.Chats["chat-9"] = [];
        test.Ozon.Answer = (path, _) => path == "/v1/chat/start" ? FakeOzon.Json("""{"result":{"chat_id":"chat-9"}}""") : null;
        await test.SwitchOnAsync(ProactiveEvent.Shipped);
        await test.TakeAsync(Parcel);
        await test.TakeAsync(Parcel.OnTheWay());
        return test;
    }
}
