using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;

namespace OzonSellerCenter.Operations.Bench;

/// <summary>On what was measured: the machine and how much lies in the database. Load is that of the last minute before the run.</summary>
internal sealed record BenchGround
{
    public required string Machine { get; init; }
    public required string Database { get; init; }
    public required string Person { get; init; }
    public required int Stores { get; init; }
    public required int Conversations { get; init; }
    public required int Due { get; init; }
    public required long Messages { get; init; }
    public required int Running { get; init; }
    public required int Orders { get; init; }

    public static async Task<BenchGround> OfAsync(SellerCenterDb db, BenchPerson person, CancellationToken cancellation) => new()
    {
        Machine = $"{Environment.ProcessorCount} cores, load {await LoadAsync(cancellation)}, {RuntimeInformation.OSDescription}, .NET {Environment.Version}, {Build}",
        Database = await DatabaseAsync(db, cancellation),
        Person = person.Email,
        Stores = person.Stores.Length,
        Conversations = await db.Conversations.CountAsync(cancellation),
        Due = await db.Conversations.CountAsync(c => c.DueAt != null, cancellation),
        Messages = await db.Messages.LongCountAsync(cancellation),
        Orders = await db.Postings.CountAsync(cancellation),
        Running = await db.Deadlines.CountAsync(d => d.NextAlertAt != null, cancellation),
    };

    public override string ToString() =>
        $"""
        Machine: {Machine}
        Database: {Database}
        {Conversations} conversations, {Due} of them due, {Messages} messages, {Orders} orders, {Running} alerts to come; seen by {Person} with {Stores} stores
        """;

    private static string Build
    {
        get
        {
#if DEBUG
            return "Debug build";
#else
            return "Release build";
#endif
        }
    }

    private static async Task<string> LoadAsync(CancellationToken cancellation) =>
        File.Exists("/proc/loadavg") ? (await File.ReadAllTextAsync("/proc/loadavg", cancellation)).Split(' ')[0] : "unknown";

    private static async Task<string> DatabaseAsync(SellerCenterDb db, CancellationToken cancellation)
    {
        var connection = db.Database.GetDbConnection();
        var bytes = (await db.Database.SqlQueryRaw<long>(
            db.Database.IsSqlite()
                ? "SELECT (SELECT page_count FROM pragma_page_count()) * (SELECT page_size FROM pragma_page_size()) AS \"Value\""
                : "SELECT pg_database_size(current_database()) AS \"Value\"").ToListAsync(cancellation))[0];
        await db.Database.OpenConnectionAsync(cancellation);
        var version = connection.ServerVersion;
        await db.Database.CloseConnectionAsync();
        return $"{(db.Database.IsSqlite() ? "SQLite" : "PostgreSQL")} {version}, {bytes / 1_000_000} MB";
    }
}

/// <summary>With whose eyes is measured: a person with memberships.</summary>
internal sealed record BenchPerson(string Email, CurrentUser User, int[] Stores)
{
    /// <summary>The person of this address, or the one who sees most stores and may answer there; null when there is none.</summary>
    public static async Task<BenchPerson?> FindAsync(SellerCenterDb db, string? email, CancellationToken cancellation)
    {
        var found = await db.Users
            .Where(u => u.DisabledAt == null && (email == null || u.Email == email))
            .Select(u => new { u.Id, u.Email, u.DisplayName, Stores = db.Memberships.Where(m => m.UserId == u.Id && m.Role != StoreRole.Support).Select(m => m.StoreId).ToList() })
            .Where(u => u.Stores.Count > 0)
            .OrderByDescending(u => u.Stores.Count).ThenBy(u => u.Email)
            .FirstOrDefaultAsync(cancellation);
        return found is null ? null : new BenchPerson(found.Email ?? found.Id, new CurrentUser(found.Id, found.DisplayName), [.. found.Stores.Order()]);
    }
}
