using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace OzonSellerCenter.Data;

/// <summary>The database of the seller center. Features read their sets through extension properties beside their mappings;
/// rows of a store are seen only through <see cref="Databases"/>, which tells the context whose eyes it has.</summary>
public abstract class SellerCenterDb(DbContextOptions options) : IdentityDbContext<AppUser>(options)
{
    private readonly List<(int StoreId, EventKind Kind, string Subject)> _announced = [];
    private readonly List<(int? StoreId, string Action, string Subject, string? Details)> _audited = [];
    private Dictionary<int, StoreRole> _roles = [];

    public DbSet<Store> Stores => Set<Store>();
    public DbSet<Membership> Memberships => Set<Membership>();
    public DbSet<StoreEvent> StoreEvents => Set<StoreEvent>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<OutboundCommand> OutboundCommands => Set<OutboundCommand>();
    public DbSet<PushEvent> PushEvents => Set<PushEvent>();
    public DbSet<SyncState> SyncStates => Set<SyncState>();

    /// <summary>Background work sees every store; a person only those of his memberships; a bare context none.</summary>
    internal bool SeesAll { get; private set; }

    internal int[] StoresInSight { get; private set; } = [];

    /// <summary>On whose behalf this context works; null for background work.</summary>
    public CurrentUser? User { get; private set; }

    // For the access filter, which cannot look into an object.
    internal string? UserId => User?.Id;

    internal TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Called after a commit with what was announced in it.</summary>
    internal Action<IReadOnlyList<StoreEvent>>? Committed { get; set; }

    /// <summary>The role of <see cref="User"/> in a store; null when he is no member.</summary>
    public StoreRole? RoleIn(int storeId) => _roles.TryGetValue(storeId, out var role) ? role : null;

    internal void SeeAs(CurrentUser user, IEnumerable<(int StoreId, StoreRole Role)> memberships)
    {
        User = user;
        _roles = memberships.ToDictionary(m => m.StoreId, m => m.Role);
        StoresInSight = [.. _roles.Keys.Order()];
    }

    internal void SeeStores(int[] storeIds) => StoresInSight = storeIds;

    internal void SeeEverything() => SeesAll = true;

    /// <summary>Tells every screen of the store, after the commit, to look again at a thing.</summary>
    public void Announce(int storeId, EventKind kind, string subject)
    {
        if (!_announced.Contains((storeId, kind, subject))) _announced.Add((storeId, kind, subject));
    }

    /// <summary>Writes who did what; goes in with the next <see cref="CommitAsync"/>. No secrets and no message text.</summary>
    public void Audit(int? storeId, string action, string subject, string? details = null) =>
        _audited.Add((storeId, action, subject, details));

    /// <summary>Saves everything in one transaction (a running one is used and committed), numbers the announced events per store
    /// and, once committed, tells the feed.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else changed a row meanwhile; nothing was saved.</exception>
    public async Task CommitAsync(CancellationToken cancellation)
    {
        await using var transaction = Database.CurrentTransaction ?? await Database.BeginTransactionAsync(cancellation);
        var now = Clock.GetUtcNow().UtcDateTime;
        AddAuditEntries(now);
        await SaveChangesAsync(cancellation);
        var events = await NumberEventsAsync(now, cancellation);
        StoreEvents.AddRange(events);
        await SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        foreach (var one in events) Entry(one).State = EntityState.Detached;
        if (events.Count > 0) Committed?.Invoke(events);
    }

    private void AddAuditEntries(DateTime now)
    {
        AuditEntries.AddRange(_audited.Select(a => new AuditEntry
        {
            StoreId = a.StoreId,
            At = now,
            UserId = User?.Id,
            Who = User?.Name ?? "system",
            Action = a.Action,
            Subject = a.Subject,
            Details = a.Details,
        }));
        _audited.Clear();
    }

    private async Task<List<StoreEvent>> NumberEventsAsync(DateTime now, CancellationToken cancellation)
    {
        var events = new List<StoreEvent>(_announced.Count);

        // Stores in ascending order, so that two commits never wait for each other crosswise.
        foreach (var group in _announced.GroupBy(e => e.StoreId).OrderBy(g => g.Key))
        {
            var count = (long)group.Count();
            var last = (await Database.SqlQuery<long>(
                $"""
                INSERT INTO "StoreSequences" ("StoreId", "Last") VALUES ({group.Key}, {count})
                ON CONFLICT ("StoreId") DO UPDATE SET "Last" = "StoreSequences"."Last" + {count}
                RETURNING "Last" AS "Value"
                """).ToListAsync(cancellation))[0];
            var sequence = last - count;
            events.AddRange(group.Select(e => new StoreEvent
            {
                StoreId = e.StoreId,
                Sequence = ++sequence,
                Kind = e.Kind,
                Subject = e.Subject,
                At = now,
            }));
        }

        _announced.Clear();
        return events;
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(SellerCenterDb).Assembly, type => !type.FullName!.Contains(".Sandbox.", StringComparison.Ordinal));
        builder.Entity<Store>().HasQueryFilter(AccessFilter.Name, s => SeesAll || StoresInSight.Contains(s.Id));
        AccessFilter.Apply(this, builder);
    }
}

/// <summary>The same database on SQLite; a type of its own, because EF keeps one migration snapshot per context type.</summary>
public sealed class SqliteSellerCenterDb(DbContextOptions<SqliteSellerCenterDb> options) : SellerCenterDb(options)
{
    /// <summary>Instants as integer ticks: half the size of text in every index, and they sort.</summary>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcTicksConverter>();
}

/// <summary>The same database on PostgreSQL.</summary>
public sealed class PostgresSellerCenterDb(DbContextOptions<PostgresSellerCenterDb> options) : SellerCenterDb(options);
