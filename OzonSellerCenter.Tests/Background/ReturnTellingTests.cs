using System.Net;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Background;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Returns.Telling;
using OzonSellerCenter.Tests.Orders;
using OzonSellerCenter.Tests.Support;
using static OzonSellerCenter.Tests.Background.PostingStory;
using static OzonSellerCenter.Tests.Orders.ProactiveBench;

namespace OzonSellerCenter.Tests.Background;

/// <summary>What became of a return or of the money reaches the buyer once, where Ozon lets the shop write.</summary>
public sealed class ReturnTellingTests
{
    private const string Words = "Здравствуйте! Деньги возвращены.";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => BackgroundTest.Providers;

    [Theory, MemberData(nameof(Providers))]
    public async Task It_is_told_once_in_the_chat_that_there_is_in_the_name_of_who_wrote_it(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        await test.TakeAsync(Parcel);
        var chat = await test.ChatOfParcelAsync();
        await NoteAsync(test);
        await TellAsync(test);
        await TellAsync(test);
        await test.DispatchDueAsync();
        Assert.Equal(Words, Assert.Single(test.Ozon.SentTo(Chat)));
        var note = await NoteOfAsync(test);
        Assert.Equal(BuyerNoteState.Told, note.State);
        var message = await test.MessageAsync(note.MessageId!.Value);
        Assert.Equal((chat, MessageState.Sent, test.Owner.Id), (message.ConversationId, message.State, message.SentBy));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Without_a_chat_one_is_opened_and_read_and_then_the_buyer_is_told(Provider provider)
    {
        await using var test = await BackgroundTest.CreateAsync(provider);
        await test.TakeAsync(Parcel);
        OpensChats(test);
        await NoteAsync(test);
        await TellAsync(test);
        await TellAsync(test);
        Assert.Equal(CommandKind.StartChat, Assert.Single(await test.ReadAsync(db => db.OutboundCommands.AsNoTracking().ToListAsync(Ct))).Kind);
        await test.DispatchDueAsync();
        await TellAsync(test);
        Assert.Equal(BuyerNoteState.Waiting, (await NoteOfAsync(test)).State);
        await test.Get<ChatSync>().ReadMarkedAsync(test.StoreId, Ct);
        await TellAsync(test);
        await test.DispatchDueAsync();
        Assert.Equal(Words, Assert.Single(test.Ozon.SentTo("chat-9")));
        Assert.Equal(BuyerNoteState.Told, (await NoteOfAsync(test)).State);
    }

    [Fact]
    public async Task Ozons_own_parcels_are_only_answered_about()
    {
        await using var test = await BackgroundTest.CreateAsync();
        await test.TakeAsync(Parcel with { DeliverySchema = "FBO" });
        Assert.Equal("OnlyReplies", await SkippedAsync(test));
    }

    [Fact]
    public async Task After_Ozons_window_nobody_writes_unasked()
    {
        await using var test = await BackgroundTest.CreateAsync();
        await test.TakeAsync(Parcel with { Status = "delivered", FactDeliveryDate = test.Now });
        test.Time.Advance(TimeSpan.FromHours(72));
        Assert.Equal("WindowClosed", await SkippedAsync(test));
    }

    [Fact]
    public async Task A_closed_chat_is_not_written_to()
    {
        await using var test = await BackgroundTest.CreateAsync();
        await test.TakeAsync(Parcel);
        await test.ChatOfParcelAsync(c => c.IsClosed = true);
        Assert.Equal("ChatClosed", await SkippedAsync(test));
    }

    [Fact]
    public async Task A_chat_is_opened_only_where_Ozon_offers_it()
    {
        await using var test = await BackgroundTest.CreateAsync();
        await test.TakeAsync(Parcel with { AvailableActions = ["ship"] });
        Assert.Equal("NoChatOffered", await SkippedAsync(test));
    }

    [Fact]
    public async Task A_chat_that_Ozon_does_not_open_ends_it()
    {
        await using var test = await BackgroundTest.CreateAsync();
        await test.TakeAsync(Parcel);
        test.Ozon.Answer = (path, _) => path == "/v1/chat/start" ? FakeOzon.Json("""{"code":3,"message":"no"}""", HttpStatusCode.BadRequest) : null;
        await NoteAsync(test);
        await TellAsync(test);
        await test.DispatchDueAsync();
        await TellAsync(test);
        var note = await NoteOfAsync(test);
        Assert.Equal((BuyerNoteState.Skipped, "ChatRefused"), (note.State, note.Reason));
    }

    [Fact]
    public async Task An_order_that_is_not_known_has_nobody_to_tell()
    {
        await using var test = await BackgroundTest.CreateAsync();
        Assert.Equal("NoOrder", await SkippedAsync(test));
    }

    [Fact]
    public async Task Without_words_nothing_is_sent()
    {
        await using var test = await BackgroundTest.CreateAsync();
        await test.TakeAsync(Parcel);
        await test.ChatOfParcelAsync();
        Assert.Equal("TextEmpty", await SkippedAsync(test, " "));
    }

    [Theory]
    [InlineData(48, false)]
    [InlineData(49, true)]
    public async Task What_could_not_be_told_for_two_days_is_no_news_any_more(int hours, bool isTooLate)
    {
        await using var test = await BackgroundTest.CreateAsync();
        await test.TakeAsync(Parcel);
        await test.ChatOfParcelAsync(c => c.NeedsSync = true);
        await NoteAsync(test);
        test.Time.Advance(TimeSpan.FromHours(hours));
        await TellAsync(test);
        var note = await NoteOfAsync(test);
        Assert.Equal((isTooLate ? BuyerNoteState.Skipped : BuyerNoteState.Waiting, isTooLate ? "TooLate" : null), (note.State, note.Reason));
    }

    [Fact]
    public async Task One_that_cannot_be_told_does_not_hold_up_the_next()
    {
        await using var test = await BackgroundTest.CreateAsync();
        await test.TakeAsync(Parcel);
        await test.ChatOfParcelAsync();
        var stuck = await NoteAsync(test);
        await NoteAsync(test, step: BuyerStep.RefundSent);
        await using (var db = await test.Databases.ForSystemAsync(Ct))
        {
            // A command of that key is there already: writing another can never succeed.
            db.OutboundCommands.Add(new OutboundCommand
            {
                StoreId = test.StoreId,
                Key = $"note:{stuck}:{CommandKind.SendMessage}",
                Kind = CommandKind.SendMessage,
                Subject = "elsewhere",
                State = CommandState.Done,
                NotBeforeAt = test.Now,
            });
            await db.CommitAsync(Ct);
        }

        await TellAsync(test);
        var states = await test.ReadAsync(db => db.BuyerNotes.OrderBy(n => n.Id).Select(n => n.State).ToListAsync(Ct));
        Assert.Equal([BuyerNoteState.Waiting, BuyerNoteState.Told], states);
        Assert.Single(await test.ReadAsync(db => db.Messages.ToListAsync(Ct)));
    }

    private static void OpensChats(BackgroundTest test) =>
        test.Ozon.Answer = (path, _) =>
        {
            if (path != "/v1/chat/start") return null;
            test.Ozon.Chats["chat-9"] = [];
            return FakeOzon.Json("""{"result":{"chat_id":"chat-9"}}""");
        };

    private static Task TellAsync(BackgroundTest test) => test.Get<ReturnTelling>().TellDueAsync(test.StoreId, Ct);

    private static async Task<string> SkippedAsync(BackgroundTest test, string text = Words)
    {
        await NoteAsync(test, text);
        await TellAsync(test);
        var note = await NoteOfAsync(test);
        Assert.Equal(BuyerNoteState.Skipped, note.State);
        Assert.False(await test.ReadAsync(db => db.OutboundCommands.AnyAsync(Ct)));
        return note.Reason!;
    }

    private static async Task<long> NoteAsync(BackgroundTest test, string text = Words, BuyerStep step = BuyerStep.RefundPaid)
    {
        await using var db = await test.Databases.ForSystemAsync(Ct);
        var note = new BuyerNote
        {
            StoreId = test.StoreId,
            PostingNumber = Number,
            Subject = "refund:1",
            Step = step,
            Text = text,
            State = BuyerNoteState.Waiting,
            CreatedAt = test.Now,
            DueAt = test.Now,
            By = test.Owner.Id,
        };
        db.BuyerNotes.Add(note);
        await db.CommitAsync(Ct);
        return note.Id;
    }

    private static Task<BuyerNote> NoteOfAsync(BackgroundTest test) => test.ReadAsync(db => db.BuyerNotes.AsNoTracking().SingleAsync(Ct));
}
