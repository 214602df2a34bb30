using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using OzonSellerCenter.Sandbox.Pushes;
using OzonSellerCenter.Sandbox.Seed;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox;

/// <summary>Opens <c>sandbox.db</c>, fills it on the first run, and lets one writer in at a time.</summary>
internal sealed class SandboxData(SandboxFile file, SandboxClock clock, ShopSeed seed) : IDisposable
{
    private const string OffsetMark = "clock-offset";
    private const string FirstDayMark = "first-day";
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly DbContextOptions<SandboxDb> _options = new DbContextOptionsBuilder<SandboxDb>()
        .UseSqlite(file.ConnectionString).AddInterceptors(new Durability()).Options;
    private long _lastId;
    private volatile bool _ready;

    /// <summary>Raised after a commit that put pushes on their way.</summary>
    public event EventHandler? PushesAdded;

    /// <summary>Raised after a commit that added a picture to moderate.</summary>
    public event EventHandler? PicturesAdded;

    /// <summary>Raised after a commit that changed a posting, an order of the storefront, a request, a complaint or a refund: their clocks may have been set.</summary>
    public event EventHandler? PostingsChanged;

    /// <summary>The present moment to the millisecond, as Ozon's answers carry it.</summary>
    public DateTime Now
    {
        get
        {
            var now = clock.GetUtcNow().UtcDateTime;
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
        }
    }

    /// <summary>The next id of a message; call it only while writing. Ids grow with time and leave gaps, as Ozon's do.</summary>
    public long NextId() => _lastId += 1 + (_lastId / 7 % 5);

    /// <summary>A context for reading, after the first run has filled the file.</summary>
    public async Task<SandboxDb> OpenAsync(CancellationToken cancel = default)
    {
        await ReadyAsync(cancel);
        return new SandboxDb(_options);
    }

    /// <summary>Runs the work alone and in one transaction, then tells the pushes. What it returns is on the disk.</summary>
    public async Task<T> WriteAsync<T>(Func<SandboxDb, Task<T>> work, CancellationToken cancel = default)
    {
        await ReadyAsync(cancel);
        await _writing.WaitAsync(cancel);
        bool pushes, pictures, postings;
        T result;
        try
        {
            await using var db = new SandboxDb(_options);
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            result = await work(db);
            pushes = db.ChangeTracker.Entries<PushDelivery>().Any(e => e.State == EntityState.Added);
            pictures = db.ChangeTracker.Entries<ChatMessage>().Any(e => e.State == EntityState.Added && e.Entity.ModerateAt is not null);
            postings = db.ChangeTracker.Entries().Any(
                e => e.Entity is Posting or ShopOrder or CancellationRequest or ReturnRequest or Complaint or BuyerRefund && e.State is EntityState.Added or EntityState.Modified);
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
        finally
        {
            _writing.Release();
        }
        if (pushes)
            PushesAdded?.Invoke(this, EventArgs.Empty);
        if (pictures)
            PicturesAdded?.Invoke(this, EventArgs.Empty);
        if (postings)
            PostingsChanged?.Invoke(this, EventArgs.Empty);
        return result;
    }

    /// <summary>As the other one, for work without a result.</summary>
    public Task WriteAsync(Func<SandboxDb, Task> work, CancellationToken cancel = default) => WriteAsync(async db =>
    {
        await work(db);
        return true;
    }, cancel);

    /// <summary>Moves the clock; the new offset is on the disk before anything wakes.</summary>
    public async Task AdvanceAsync(TimeSpan by, CancellationToken cancel = default)
    {
        await KeepOffsetAsync(clock.Offset + by, cancel);
        clock.Advance(by);
    }

    /// <summary>Back to the first day: shop, chats, pushes on their way and clock. Registered push addresses stay.</summary>
    public async Task ResetAsync(CancellationToken cancel = default)
    {
        await KeepOffsetAsync(TimeSpan.Zero, cancel);
        clock.Restore();
        await WriteAsync(async db =>
        {
            await db.PushDeliveries.ExecuteDeleteAsync(cancel);
            await db.Files.ExecuteDeleteAsync(cancel);
            await db.Messages.ExecuteDeleteAsync(cancel);
            await db.Chats.ExecuteDeleteAsync(cancel);
            await db.ReviewPhotos.ExecuteDeleteAsync(cancel);
            await db.Reviews.ExecuteDeleteAsync(cancel);
            await db.ServiceReviews.ExecuteDeleteAsync(cancel);
            await db.SupportCalls.ExecuteDeleteAsync(cancel);
            await db.CartLines.ExecuteDeleteAsync(cancel);
            await db.ShopOrders.ExecuteDeleteAsync(cancel);
            await db.LabelTasks.ExecuteDeleteAsync(cancel);
            await db.CancellationRequests.ExecuteDeleteAsync(cancel);
            await db.BuyerRefunds.ExecuteDeleteAsync(cancel);
            await db.ComplaintPhotos.ExecuteDeleteAsync(cancel);
            await db.Complaints.ExecuteDeleteAsync(cancel);
            await db.ReturnPhotos.ExecuteDeleteAsync(cancel);
            await db.Returns.ExecuteDeleteAsync(cancel);
            await db.Postings.ExecuteDeleteAsync(cancel);
            await db.Products.ExecuteDeleteAsync(cancel);
            await db.Buyers.ExecuteDeleteAsync(cancel);
            await db.Keys.ExecuteDeleteAsync(cancel);
            await db.Accounts.ExecuteDeleteAsync(cancel);
            await db.PushTargets.ExecuteUpdateAsync(t => t.SetProperty(x => x.SuspendedAt, (DateTime?)null), cancel);
            await db.Marks.Where(m => m.Name == FirstDayMark).ExecuteDeleteAsync(cancel);
            _lastId = Fill(db);
        }, cancel);
    }

    /// <summary>When the shop was filled: tells it from one filled before, in which the same ids meant other messages.</summary>
    public async Task<DateTime> FirstDayAsync(CancellationToken cancel = default)
    {
        await using var db = await OpenAsync(cancel);
        return new DateTime(await db.Marks.Where(m => m.Name == FirstDayMark).Select(m => m.Value).SingleAsync(cancel), DateTimeKind.Utc);
    }

    public void Dispose() => _writing.Dispose();

    /// <summary>The clock's offset of an earlier run; zero when there was none or its file is of another version.</summary>
    public static TimeSpan ReadOffset(SandboxFile file)
    {
        if (!File.Exists(file.Path))
            return TimeSpan.Zero;
        using var connection = new SqliteConnection(file.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA user_version";
        if (command.ExecuteScalar() is not long and not int || Convert.ToInt64(command.ExecuteScalar(), null) != SandboxDb.Version)
            return TimeSpan.Zero;
        command.CommandText = $"SELECT Value FROM Marks WHERE Name = '{OffsetMark}'";
        return command.ExecuteScalar() is long ticks ? TimeSpan.FromTicks(ticks) : TimeSpan.Zero;
    }

    private Task KeepOffsetAsync(TimeSpan offset, CancellationToken cancel) => WriteAsync(async db =>
    {
        var mark = await db.Marks.FindAsync([OffsetMark], cancel) ?? db.Marks.Add(new Mark { Name = OffsetMark }).Entity;
        mark.Value = offset.Ticks;
    }, cancel);

    private async Task ReadyAsync(CancellationToken cancel)
    {
        if (_ready)
            return;
        await _writing.WaitAsync(cancel);
        try
        {
            if (_ready)
                return;
            await CreateAsync(cancel);
            _ready = true;
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task CreateAsync(CancellationToken cancel)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file.Path)!);
        await using var db = new SandboxDb(_options);
        if (File.Exists(file.Path) && await VersionAsync(db, cancel) != SandboxDb.Version)
            await db.Database.EnsureDeletedAsync(cancel);
        if (await db.Database.EnsureCreatedAsync(cancel))
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancel);
            Fill(db);
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            // Written last: a file whose first filling was cut off has version 0 and is thrown away at the next start.
            await db.Database.ExecuteSqlRawAsync($"PRAGMA user_version = {SandboxDb.Version}", cancel);
        }
        _lastId = Math.Max(
            await db.Messages.MaxAsync(m => (long?)m.Id, cancel) ?? 0,
            await db.Chats.MaxAsync(c => (long?)c.SortId, cancel) ?? 0);
    }

    /// <returns>The last id given out.</returns>
    private long Fill(SandboxDb db)
    {
        db.Marks.Add(new Mark { Name = FirstDayMark, Value = TimeProvider.System.GetUtcNow().Ticks });
        return seed.Write(db, Now);
    }

    private static async Task<int> VersionAsync(SandboxDb db, CancellationToken cancel) =>
        await db.Database.SqlQueryRaw<int>("SELECT user_version AS Value FROM pragma_user_version").SingleAsync(cancel);

    private sealed class Durability : DbConnectionInterceptor
    {
        private const string Pragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            command.ExecuteNonQuery();
        }

        public override async Task ConnectionOpenedAsync(
            DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = Pragmas;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}

/// <summary>Where the sandbox keeps its memory.</summary>
internal sealed record SandboxFile(string Path)
{
    public string ConnectionString { get; } = new SqliteConnectionStringBuilder { DataSource = Path, Pooling = true }.ToString();
}
