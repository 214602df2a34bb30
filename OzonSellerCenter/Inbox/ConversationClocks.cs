using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Rules;

namespace OzonSellerCenter.Inbox;

/// <summary>Keeps the clocks of conversations equal to what their facts say. Called whenever messages, their delivery, the order or a rule
/// changed; calling it once more changes nothing.</summary>
public sealed class ConversationClocks(Databases databases, Rulebook rulebook, AlertWishes wishes, TimeProvider clock)
{
    /// <summary>The subject under which the deadlines of a conversation stand.</summary>
    public static string SubjectOf(long conversationId) => string.Create(CultureInfo.InvariantCulture, $"conversation:{conversationId}");

    /// <summary>The conversation a subject means; null for subjects of other features.</summary>
    public static long? ConversationOf(string subject) =>
        subject.StartsWith("conversation:", StringComparison.Ordinal)
        && long.TryParse(subject.AsSpan("conversation:".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;

    /// <summary>Reckons the clocks and writes them to the conversation and its deadline rows, in the caller's unit of work: nothing is
    /// saved here, and what the caller has changed or added without saving counts already.</summary>
    /// <param name="db">A context that sees the store and tracks <paramref name="conversation"/>.</param>
    /// <param name="conversation">Must have its key, so a new one is saved first.</param>
    public async Task RecomputeAsync(SellerCenterDb db, Conversation conversation, CancellationToken cancellation)
    {
        if (conversation.Id <= 0) throw new InvalidOperationException("Save the conversation before its clocks are reckoned: they are kept under its key.");
        var rules = await rulebook.ForAsync(conversation.StoreId, cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var result = await ReckonAsync(db, conversation, rules, now, cancellation);

        conversation.WaitingSince = result.WaitingSince;
        conversation.LastBuyerAt = result.LastBuyerAt;
        conversation.NoAnswerNeededAt = result.NoAnswerNeededAt;
        conversation.WindowClosesAt = result.Window.ClosesAt;
        var next = result.NextDue;
        conversation.DueAt = next?.DueAt;
        conversation.DueKind = (int?)next?.Kind;
        conversation.DueStartedAt = next?.StartedAt;
        conversation.DueRuleMinutes = next?.Rule.ToMinutes();
        Snoozing.WakeIfHeard(db, conversation, now);

        var plan = AlertPlan.Of(rules, now, await wishes.ForAsync(conversation.StoreId, cancellation));
        await DeadlineReconciliation.ReconcileAsync(
            db, conversation.StoreId, SubjectOf(conversation.Id), await TitleOfAsync(db, conversation, cancellation), result.Clocks, plan, cancellation);
    }

    /// <summary>How the clocks of the time track came about, in the same order; empty for conversations the person may not see.</summary>
    public async Task<IReadOnlyList<ClockReckoning>> WhyAsync(CurrentUser user, long conversationId, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        if (await db.Conversations.SingleOrDefaultAsync(c => c.Id == conversationId, cancellation) is not { } conversation) return [];
        var rules = await rulebook.ForAsync(conversation.StoreId, cancellation);
        var result = await ReckonAsync(db, conversation, rules, clock.GetUtcNow().UtcDateTime, cancellation);
        return
        [
            .. result.Clocks.GroupBy(c => c.Kind).Select(kind => kind.MaxBy(c => c.StartedAt)!)
                .OrderBy(c => c.DueAt).ThenBy(c => c.Kind).Select(c => c.Reckoning),
        ];
    }

    private static async Task<ConversationReckoning> ReckonAsync(
        SellerCenterDb db, Conversation conversation, StoreRules rules, DateTime now, CancellationToken cancellation)
    {
        var messages = conversation.Kind == ConversationKind.Buyer ? await MessagesAsync(db, conversation.Id, cancellation) : [];
        var postings = await PostingsAsync(db, conversation, cancellation);
        var waivers = await WaiversAsync(db, conversation.Id, cancellation);
        return ConversationReckoning.Of(new ConversationFacts(conversation.Kind, conversation.IsClosed, messages, postings, waivers), rules, now);
    }

    private static async Task<List<WaiverFact>> WaiversAsync(SellerCenterDb db, long conversationId, CancellationToken cancellation)
    {
        // Tracked, like the postings: what the caller has added or taken back without saving counts already.
        await db.Deeds.Where(d => d.ConversationId == conversationId && d.Kind == DeedKind.NoAnswerNeeded && d.UndoneAt == null).LoadAsync(cancellation);
        return
        [
            .. db.Deeds.Local.Where(d => d.ConversationId == conversationId && d is { Kind: DeedKind.NoAnswerNeeded, UndoneAt: null, SeenAt: not null })
                .Select(d => new WaiverFact(d.At, d.SeenAt!.Value)),
        ];
    }

    private static async Task<List<MessageFact>> MessagesAsync(SellerCenterDb db, long conversationId, CancellationToken cancellation)
    {
        // Without text and without tracking: only who, when and how far.
        var stored = await db.Messages.AsNoTracking()
            .Where(m => m.ConversationId == conversationId && (m.Author == MessageAuthor.Buyer || m.Author == MessageAuthor.Seller))
            .Select(m => new { m.Id, m.Author, m.State, m.SentAt, m.SentBy })
            .ToListAsync(cancellation);
        var unsaved = db.ChangeTracker.Entries<Message>()
            .Where(e => e.Entity.ConversationId == conversationId && e.State is EntityState.Added or EntityState.Modified)
            .Select(e => e.Entity)
            .ToList();
        var replaced = unsaved.Select(m => m.Id).Where(id => id != 0).ToHashSet();
        return
        [
            .. stored.Where(m => !replaced.Contains(m.Id)).Select(m => new MessageFact(m.Author, m.State, m.SentAt, m.SentBy == Message.AutomaticSender)),
            .. unsaved.Select(m => new MessageFact(m.Author, m.State, m.SentAt, m.SentBy == Message.AutomaticSender)),
        ];
    }

    private static async Task<List<PostingFact>> PostingsAsync(SellerCenterDb db, Conversation conversation, CancellationToken cancellation)
    {
        if (conversation.PostingNumber is null && conversation.OrderNumber is null) return [];
        var ours = Ours(conversation);

        // Tracked on purpose: rows the caller has already changed come with their new values.
        await db.Postings.Where(ours).LoadAsync(cancellation);
        return [.. db.Postings.Local.Where(ours.Compile()).Select(p => new PostingFact(p.Scheme, p.InProcessAt, p.DeliveredAt, p.CancelledAt))];
    }

    // The posting when it is known; until then every posting of the order.
    private static System.Linq.Expressions.Expression<Func<Posting, bool>> Ours(Conversation conversation)
    {
        var (store, number, order) = (conversation.StoreId, conversation.PostingNumber, conversation.OrderNumber);
        return number is not null
            ? p => p.StoreId == store && p.PostingNumber == number
            : p => p.StoreId == store && p.OrderNumber == order;
    }

    /// <summary>Buyer and order, or buyer and product: what a colleague needs to know whom an alert is about.</summary>
    internal static async Task<string> TitleOfAsync(SellerCenterDb db, Conversation conversation, CancellationToken cancellation)
    {
        var about = conversation.PostingNumber ?? conversation.OrderNumber;
        if (about is null && conversation.Sku is { } sku)
        {
            about = await db.PostingItems.Where(i => i.StoreId == conversation.StoreId && i.Sku == sku).Select(i => i.Name).FirstOrDefaultAsync(cancellation)
                ?? string.Create(CultureInfo.InvariantCulture, $"SKU {sku}");
        }

        var title = string.Join(" · ", new[] { conversation.BuyerName, about }.Where(s => !string.IsNullOrEmpty(s)));
        return title.Length <= Deadline.MaxTitle ? title : $"{title[..(Deadline.MaxTitle - 1)]}…";
    }
}
