using OzonSellerCenter.Data;
using OzonSellerCenter.Live;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Live;

public sealed class GapReaderTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lost_and_repeated_notices_still_give_each_event_once_and_in_order()
    {
        await using var test = await TestDb.CreateAsync();
        var (store, _) = await test.AddStoreAsync();
        using var listener = test.Feed.Listen();
        for (var i = 0; i < 10; i++)
        {
            await using var db = await test.Databases.ForStoreAsync(store.Id, Ct);
            db.Announce(store.Id, EventKind.Conversation, $"{i}");
            await db.CommitAsync(Ct);
        }

        var heard = new List<StoreEvent>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        await foreach (var batch in listener.ReadAsync(limit.Token))
        {
            heard.AddRange(batch);
            if (heard.Count == 10) break;
        }

        var reader = new GapReader(new EventLog(test.Databases));
        var told = new List<StoreEvent>();
        foreach (var notice in new[] { heard[0], heard[0], heard[3], heard[2], heard[9], heard[8] })
        {
            told.AddRange(await reader.CompleteAsync([notice], Ct));
        }

        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}"), told.Select(e => e.Subject));
    }
}
