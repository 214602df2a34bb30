using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox.Bulk;

/// <summary>What one buyer would get.</summary>
/// <param name="Row">Null when the conversation is not there any more.</param>
/// <param name="Text">Filled in for him.</param>
/// <param name="Refusal">Why he gets nothing; null when he gets it.</param>
/// <param name="Reply">As it is sent; its key is made with the plan, so that sending twice sends once.</param>
public sealed record PlannedReply(long Id, InboxRow? Row, string Text, Reason? Refusal, Reply Reply);

/// <summary>One text for many buyers, with what differs filled in for each. It is planned and looked at before anything is sent.</summary>
public sealed class BulkReplies(Databases databases, InboxQueries queries, InboxActions inbox, TimeProvider clock)
{
    /// <summary>Answers at once at most.</summary>
    public const int Max = 200;

    /// <summary>How such a text begins; in the buyer's language.</summary>
    public const string Sample = "{buyer}, здравствуйте! …";

    /// <summary>First name of the buyer.</summary>
    public const string Buyer = "{buyer}";

    /// <summary>Number of the posting or order.</summary>
    public const string Order = "{order}";

    /// <summary>Name of the product.</summary>
    public const string Product = "{product}";

    /// <summary>What stands for something that differs.</summary>
    public static IReadOnlyList<string> Variables { get; } = [Buyer, Order, Product];

    /// <summary>Fills the text in for each of at most <see cref="Max"/> conversations. Refused one by one: <c>NotFound</c>,
    /// <c>CannotAnswer</c> (closed, over, or a notice), <c>DraftThere</c> (the person has an unsent answer there), <c>Empty</c>, <c>TooLong</c>,
    /// <c>NothingFor</c> (a variable has no value there).</summary>
    public async Task<IReadOnlyList<PlannedReply>> PlanAsync(CurrentUser user, IReadOnlyCollection<long> ids, string text, CancellationToken cancellation)
    {
        ids = [.. ids.Take(Max)];
        var rows = (await queries.ByIdAsync(user, ids, cancellation)).ToDictionary(r => r.Id);
        await using var db = await databases.ForAsync(user, cancellation);
        var newest = await db.Messages.Where(m => ids.Contains(m.ConversationId)).GroupBy(m => m.ConversationId)
            .Select(g => new { g.Key, Id = g.Max(m => m.Id) }).ToDictionaryAsync(m => m.Key, m => m.Id, cancellation);
        var drafts = await db.Drafts.Where(d => d.UserId == user.Id && !d.IsNote && d.Text != "" && ids.Contains(d.ConversationId))
            .Select(d => d.ConversationId).ToListAsync(cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        return [.. ids.Select(id => Plan(id, rows.GetValueOrDefault(id)))];

        PlannedReply Plan(long id, InboxRow? row)
        {
            var filled = row is null ? text : Fill(text, row);
            return new PlannedReply(id, row, filled, WhyNot(row, filled), new Reply(id, Guid.NewGuid(), filled, [], newest.GetValueOrDefault(id), KeepsDraft: true));
        }

        Reason? WhyNot(InboxRow? row, string filled) => row switch
        {
            null => new Reason("NotFound"),
            { Kind: ConversationKind.Notice } or { IsClosed: true } => new Reason("CannotAnswer"),
            _ when row.WindowClosesAt <= now => new Reason("CannotAnswer"),
            _ when drafts.Contains(row.Id) => new Reason("DraftThere"),
            _ when filled.Trim().Length == 0 => new Reason("Empty"),
            _ when InboxActions.LengthOf(filled.Trim()) > InboxActions.MaxText => new Reason("TooLong"),
            _ when Variables.Any(v => filled.Contains(v, StringComparison.Ordinal)) => new Reason("NothingFor"),
            _ => null,
        };
    }

    /// <summary>Sends one of them. Refused as <see cref="InboxActions.SendAsync"/>, above all when a colleague answered since the plan. It
    /// can be taken back as long as it has not left.</summary>
    public async Task<BulkRow> SendAsync(CurrentUser user, PlannedReply planned)
    {
        var outcome = await inbox.SendAsync(user, planned.Reply, CancellationToken.None);
        return new BulkRow(planned.Id, outcome.Refusal, outcome.IsDone ? () => TakeBackAsync(user, planned.Reply) : null);
    }

    private async Task<Outcome> TakeBackAsync(CurrentUser user, Reply reply)
    {
        await using var db = await databases.ForAsync(user, CancellationToken.None);
        var key = InboxActions.KeyOf(reply, 0);
        var message = await db.OutboundCommands.Where(c => c.Key == key).Select(c => (long?)c.TargetId).SingleOrDefaultAsync();
        return message is { } id ? await inbox.TakeBackAsync(user, id, CancellationToken.None) : Outcome.NotFound;
    }

    // A variable without a value stays, and keeps the answer from being sent.
    private static string Fill(string text, InboxRow row) => text
        .Replace(Buyer, row.BuyerName?.Split(' ')[0] ?? Buyer, StringComparison.Ordinal)
        .Replace(Order, row.PostingNumber ?? row.OrderNumber ?? Order, StringComparison.Ordinal)
        .Replace(Product, row.Product ?? Product, StringComparison.Ordinal);
}
