using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Background;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Tests.Background;
using static OzonSellerCenter.Tests.Background.PostingStory;

namespace OzonSellerCenter.Tests.Orders;

/// <summary>Telling buyers before they ask, step by step as the watch does it.</summary>
internal static class ProactiveBench
{
    public const string Chat = "chat-1";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static ProactiveActions ActionsOf(BackgroundTest test) => new(test.Databases, test.Get<TimeProvider>());

    public static async Task SwitchOnAsync(this BackgroundTest test, params ProactiveEvent[] events)
    {
        foreach (var what in events.Length == 0 ? Enum.GetValues<ProactiveEvent>() : events)
        {
            Assert.True((await ActionsOf(test).SetAsync(test.Owner, test.StoreId, what, true, ProactiveTemplate.UsualOf(what), Ct)).IsDone);
        }
    }

    /// <summary>A chat about the parcel that is known here and at Ozon, and in which nobody waits.</summary>
    public static async Task<long> ChatOfParcelAsync(this BackgroundTest test, Action<Conversation>? change = null)
    {
        test.Ozon.Chats[Chat] = [];
        await using var db = await test.Databases.ForSystemAsync(Ct);
        var conversation = new Conversation
        {
            StoreId = test.StoreId,
            OzonChatId = Chat,
            Kind = ConversationKind.Buyer,
            OrderNumber = Parcel.OrderNumber,
            PostingNumber = Number,
            StartedAt = test.Now,
            LastAt = test.Now,
        };
        change?.Invoke(conversation);
        db.Conversations.Add(conversation);
        await db.CommitAsync(Ct);
        return conversation.Id;
    }

    public static Task TellAsync(this BackgroundTest test) => test.Get<ProactiveTelling>().TellDueAsync(Ct);

    public static async Task<string> SkippedAsync(this BackgroundTest test)
    {
        await test.TellAsync();
        var note = Assert.Single(await test.NotesAsync());
        Assert.Equal(ProactiveState.Skipped, note.State);
        Assert.False(await test.ReadAsync(db => db.OutboundCommands.AnyAsync(c => c.Kind == CommandKind.SendMessage, Ct)));
        return note.Reason!;
    }

    public static Task<List<ProactiveMessage>> NotesAsync(this BackgroundTest test) =>
        test.ReadAsync(db => db.ProactiveMessages.AsNoTracking().OrderBy(m => m.Id).ToListAsync(Ct));

    /// <summary>Texts of the messages that the program wrote, in their order.</summary>
    public static Task<List<string>> WrittenAsync(this BackgroundTest test) => test.ReadAsync(db =>
        db.Messages.Where(m => m.SentBy == Message.AutomaticSender).OrderBy(m => m.Id).Select(m => m.Text).ToListAsync(Ct));
}
