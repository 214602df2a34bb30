using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Data;

/// <summary>Writers of SQLite stand in line.</summary>
public sealed class WriteTurnTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_came_first_writes_first()
    {
        await using var test = await TestDb.CreateAsync();
        var turn = test.Services.GetRequiredService<WriteTurn>();
        var written = new List<int>();
        var rivals = new List<Task>();
        await using (var db = await test.Databases.ForSystemAsync(Ct))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            for (var i = 0; i < 20; i++)
            {
                var number = i;
                rivals.Add(Task.Run(() => WriteAsync(number), Ct));
                await Sandbox.Wait.ForAsync(() => Task.FromResult(turn.Waiting == number + 1));
            }

            await transaction.CommitAsync(Ct);
        }

        await Task.WhenAll(rivals);
        Assert.Equal(20, written.Count);

        // A write of its own is noted after it gave its turn on, so that the next one may be noted just before it.
        Assert.All(written.Select((number, place) => Math.Abs(number - place)), off => Assert.InRange(off, 0, 1));

        async Task WriteAsync(int number)
        {
            await using var db = await test.Databases.ForSystemAsync(Ct);
            if (number % 2 == 0)
            {
                // A write of its own, without a transaction.
                await db.Stores.Where(s => s.Id == -number).ExecuteUpdateAsync(set => set.SetProperty(s => s.Name, "x"), Ct);
                lock (written) written.Add(number);
                return;
            }

            await using var transaction = await db.Database.BeginTransactionAsync(Ct);
            lock (written) written.Add(number);
            db.Audit(null, "test", $"{number}");
            await db.CommitAsync(Ct);
        }
    }

    [Fact]
    public async Task A_greedy_writer_lets_others_in_after_one_turn()
    {
        await using var test = await TestDb.CreateAsync();
        var turn = test.Services.GetRequiredService<WriteTurn>();
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var turns = 0;
        var greedy = Enumerable.Range(0, 3).Select(_ => Task.Run(
            async () =>
            {
                while (!enough.IsCancellationRequested)
                {
                    await AuditAsync("greedy");
                    Interlocked.Increment(ref turns);
                }
            },
            Ct)).ToList();
        for (var i = 0; i < 30; i++)
        {
            // While all of them are in line or at work.
            await Sandbox.Wait.ForAsync(() => Task.FromResult(turn.Waiting >= 2));
            var before = Volatile.Read(ref turns);
            await AuditAsync("small");

            // Those before it in line, and what each counts late.
            Assert.InRange(Volatile.Read(ref turns) - before, 0, 12);
        }

        await enough.CancelAsync();
        await Task.WhenAll(greedy);

        async Task AuditAsync(string action)
        {
            await using var db = await test.Databases.ForSystemAsync(Ct);
            db.Audit(null, action, "");
            await db.CommitAsync(Ct);
        }
    }

    [Fact]
    public async Task A_transaction_dropped_rolled_back_or_refused_and_a_failed_command_give_the_turn_on()
    {
        await using var test = await TestDb.CreateAsync();
        var turn = test.Services.GetRequiredService<WriteTurn>();
        for (var i = 0; i < 3; i++)
        {
            await using (var db = await test.Databases.ForSystemAsync(Ct)) await db.Database.BeginTransactionAsync(Ct);
            await using (var db = await test.Databases.ForSystemAsync(Ct))
            {
                await using var transaction = await db.Database.BeginTransactionAsync(Ct);
                await transaction.RollbackAsync(Ct);
            }

            await using (var db = await test.Databases.ForSystemAsync(Ct))
            {
                // Also where the connection stays open.
                await db.Database.OpenConnectionAsync(Ct);
                await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => db.Database.ExecuteSqlRawAsync("UPDATE \"Nothing\" SET \"A\" = 1", Ct));
                Assert.True(turn.IsFree);
            }

            await using (var db = await test.Databases.ForSystemAsync(Ct))
            {
                using var late = new CancellationTokenSource();
                await late.CancelAsync();
                await Assert.ThrowsAnyAsync<OperationCanceledException>(() => db.Database.BeginTransactionAsync(late.Token));
            }
        }

        Assert.Equal((0, true), (turn.Waiting, turn.IsFree));
    }

    [Fact]
    public async Task A_transaction_that_could_not_begin_gives_the_turn_on_and_one_kept_too_long_loses_it()
    {
        await using var test = await TestDb.CreateAsync();
        var turn = test.Services.GetRequiredService<WriteTurn>();
        await using (var thrownAway = await test.Databases.ForSystemAsync(Ct))
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => thrownAway.Database.BeginTransactionAsync(System.Data.IsolationLevel.Chaos, Ct));
            Assert.False(turn.IsFree);
        }

        Assert.True(turn.IsFree);

        turn.Patience = TimeSpan.FromMilliseconds(100);
        await using var kept = await test.Databases.ForSystemAsync(Ct);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => kept.Database.BeginTransactionAsync(System.Data.IsolationLevel.Chaos, Ct));
        await using var other = await test.Databases.ForSystemAsync(Ct);
        other.Audit(null, "other", "");
        await other.CommitAsync(Ct);
        Assert.True(turn.IsFree);
    }
}
