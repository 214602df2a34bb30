using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Accounts;

/// <summary>Counts tries before they are looked at, in one statement of the database, so that a hundred at once are no way around.</summary>
public sealed class SignInGuards(Databases databases, WallClock clock)
{
    /// <summary>Takes one try of the account; false while it is paused.</summary>
    public async Task<bool> TakeTryAsync(string userId, CancellationToken cancellation)
    {
        var now = clock.UtcNow;
        DateTime? until = now + SignInGuard.Pause;
        await using var db = await OpenAsync(userId, cancellation);
        return await db.SignInGuards.Where(g => g.UserId == userId && (g.LockedUntil == null || g.LockedUntil <= now)).ExecuteUpdateAsync(
            set => set
                .SetProperty(g => g.Tries, g => g.LockedUntil != null ? 1 : g.Tries + 1)
                .SetProperty(g => g.LockedUntil, g => g.LockedUntil == null && g.Tries + 1 >= SignInGuard.MaxTries ? until : null),
            cancellation) == 1;
    }

    /// <summary>Forgets the tries after a success, or lifts the pause for somebody who came in another way.</summary>
    public async Task ClearAsync(string userId, CancellationToken cancellation)
    {
        await using var db = await databases.ForSystemAsync(cancellation);
        DateTime? never = null;
        await db.SignInGuards.Where(g => g.UserId == userId).ExecuteUpdateAsync(
            set => set.SetProperty(g => g.Tries, 0).SetProperty(g => g.LockedUntil, never), cancellation);
    }

    /// <summary>Uses the one-time code of a step; false when that one or a later one was used before.</summary>
    public async Task<bool> TakeCodeStepAsync(string userId, long step, CancellationToken cancellation)
    {
        await using var db = await OpenAsync(userId, cancellation);
        return await db.SignInGuards.Where(g => g.UserId == userId && g.CodeStep < step)
            .ExecuteUpdateAsync(set => set.SetProperty(g => g.CodeStep, step), cancellation) == 1;
    }

    private async Task<SellerCenterDb> OpenAsync(string userId, CancellationToken cancellation)
    {
        var db = await databases.ForSystemAsync(cancellation);
        await db.Database.ExecuteSqlAsync(
            $"""INSERT INTO "SignInGuards" ("UserId", "Tries", "CodeStep") VALUES ({userId}, 0, 0) ON CONFLICT DO NOTHING""", cancellation);
        return db;
    }
}

/// <summary>Slows down one address that tries many accounts: 50 failures in 15 minutes. Per process, in memory.</summary>
public sealed class AddressLimit(WallClock clock)
{
    public const int MaxFailures = 50;
    private const int MaxAddresses = 20_000;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    private readonly ConcurrentDictionary<string, (DateTime Until, int Count)> _failures = new();

    /// <summary>Takes one try beforehand; false when the address has none left.</summary>
    public bool Take(IPAddress? address)
    {
        var now = clock.UtcNow;
        if (_failures.Count > MaxAddresses) Prune(now);
        return _failures.AddOrUpdate(
            KeyOf(address),
            _ => (now + Window, 1),
            (_, old) => old.Until <= now ? (now + Window, 1) : (old.Until, old.Count + 1)).Count <= MaxFailures;
    }

    /// <summary>Gives a try back that was none: the person was let in.</summary>
    public void GiveBack(IPAddress? address) =>
        _failures.AddOrUpdate(KeyOf(address), _ => (clock.UtcNow, 0), (_, old) => (old.Until, Math.Max(0, old.Count - 1)));

    private void Prune(DateTime now)
    {
        foreach (var (key, value) in _failures)
        {
            if (value.Until <= now) _failures.TryRemove(key, out _);
        }
    }

    /// <summary>A home or a firm has a whole /64 of IPv6, so that counts as one.</summary>
    private static string KeyOf(IPAddress? address) => address switch
    {
        null => "",
        { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.MapToIPv4().ToString(),
    };
}
