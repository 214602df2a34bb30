using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;

namespace OzonSellerCenter.Operations.Bench;

/// <summary>Sending an answer: message, conversation, outbox, audit and event in one durable commit. Each answer is taken back before it can
/// leave, and only sandbox stores are written to.</summary>
internal sealed class SendProbe(IServiceProvider services, BenchPerson person, BenchFloor floor)
{
    private const string Text = "Здравствуйте! Уже проверяем, ответим сегодня. (bench)";

    /// <summary>A row of a page that is written anyway: what a durable commit costs at least.</summary>
    private const string CommitSql = """UPDATE "StoreSequences" SET "Last" = "Last" + 1 WHERE "StoreId" = @store""";

    private readonly Databases _databases = services.GetRequiredService<Databases>();
    private readonly InboxActions _actions = services.GetRequiredService<InboxActions>();

    /// <returns>Null when no conversation of a sandbox store can be answered.</returns>
    public async Task<BenchFigures?> MeasureAsync(int rounds, CancellationToken cancellation)
    {
        await using var db = await _databases.ForAsync(person.User, cancellation);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var open = await db.Conversations
            .Where(c => c.WaitingSince != null && c.WindowClosesAt > now && !c.IsClosed && c.Kind == ConversationKind.Buyer)
            .Where(c => db.Stores.Any(s => s.Id == c.StoreId && s.IsSandbox))
            .OrderBy(_ => EF.Functions.Random()).Select(c => new { c.Id, c.StoreId }).Take(rounds).ToListAsync(cancellation);
        if (open.Count == 0) return null;
        var (sent, floors) = (new List<double>(), new List<double>());
        for (var i = 0; i < rounds; i++)
        {
            var conversation = open[i % open.Count];
            var newest = await db.Messages.Where(m => m.ConversationId == conversation.Id).MaxAsync(m => m.Id, cancellation);
            sent.Add(await TimeAsync(async () =>
            {
                var outcome = await _actions.SendAsync(person.User, new Reply(conversation.Id, Guid.NewGuid(), Text, [], newest, Anyway: true), cancellation);
                if (!outcome.IsDone) throw new InvalidOperationException($"Conversation {conversation.Id} was not answered: {outcome}");
            }));
            floors.Add(await TimeAsync(() => floor.CommitAsync(CommitSql, ("@store", conversation.StoreId))));
            await TakeBackAsync(db, conversation.Id, cancellation);
        }

        await db.Drafts.Where(d => d.UserId == person.User.Id && d.Text.Contains(Text)).ExecuteDeleteAsync(cancellation);
        return BenchProbe.FiguresOf("send an answer: until it is safe", sent, floors, new BenchGoal { P50 = 40 });
    }

    private async Task TakeBackAsync(SellerCenterDb db, long conversationId, CancellationToken cancellation)
    {
        var message = await db.Messages.Where(m => m.ConversationId == conversationId && m.State == MessageState.Waiting && m.SentBy == person.User.Id)
            .OrderByDescending(m => m.Id).Select(m => m.Id).FirstAsync(cancellation);
        var outcome = await _actions.TakeBackAsync(person.User, message, cancellation);
        if (!outcome.IsDone) throw new InvalidOperationException($"Message {message} was not taken back: {outcome}");
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
