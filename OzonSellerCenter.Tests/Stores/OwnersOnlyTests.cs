using System.Reflection;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Stores;

namespace OzonSellerCenter.Tests.Stores;

/// <summary>Team and settings are changed by owners alone. The list of actions is read from the code, so that a new one cannot be forgotten.</summary>
public sealed class OwnersOnlyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Actions that no store stands before, each with why.</summary>
    private static readonly string[] WithoutStore =
    [
        "StoreActions.OpenAsync", // makes a store; who owns none may not, see the last test
    ];

    public static TheoryData<string> Actions => new(Methods().Select(NameOf).Except(WithoutStore));

    [Theory, MemberData(nameof(Actions))]
    public async Task Whoever_is_no_owner_changes_nothing_and_a_foreign_store_looks_like_a_missing_one(string action)
    {
        await using var bench = await TeamBench.CreateAsync();
        await bench.InviteAsync("open@shop.test");
        var before = await StateAsync(bench);
        Assert.Equal("OwnersOnly", await TryAsync(bench, action, bench.Agent, bench.StoreId));
        Assert.Equal("OwnersOnly", await TryAsync(bench, action, bench.Support, bench.StoreId));
        foreach (var stranger in new[] { bench.Other, new CurrentUser("", ""), new CurrentUser("nobody", "nobody") })
        {
            Assert.Equal("NotFound", await TryAsync(bench, action, stranger, bench.StoreId));
            Assert.Equal("NotFound", await TryAsync(bench, action, stranger, 4711));
        }

        Assert.Equal(before, await StateAsync(bench));

        // The same call of the owner is not refused for who he is, so the refusals above were about that.
        Assert.False(await TryAsync(bench, action, bench.Owner, bench.StoreId) is "OwnersOnly" or "NotFound");
    }

    [Fact]
    public async Task A_store_is_opened_only_by_who_owns_one()
    {
        await using var bench = await TeamBench.CreateAsync();
        Assert.Equal("OwnersOnly", (await bench.Get<StoreActions>().OpenAsync(bench.Agent, "Ещё один", "55", Ct)).Outcome.Refusal?.Key);
        Assert.Equal("ClientIdTaken", (await bench.Get<StoreActions>().OpenAsync(bench.Owner, "Ещё один", "1000002", Ct)).Outcome.Refusal?.Key);
        var (outcome, storeId) = await bench.Get<StoreActions>().OpenAsync(bench.Owner, "Ещё один", "55", Ct);
        Assert.True(outcome.IsDone);
        Assert.Equal(StoreRole.Owner, await bench.ReadAsync(db => db.Memberships.Where(m => m.StoreId == storeId).Select(m => m.Role).SingleAsync(Ct)));
    }

    private static IEnumerable<MethodInfo> Methods() => new[] { typeof(TeamActions), typeof(StoreActions) }
        .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly));

    private static string NameOf(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    private static async Task<string?> TryAsync(TeamBench bench, string action, CurrentUser user, int storeId)
    {
        var method = Methods().Single(m => NameOf(m) == action);
        var target = bench.Db.Services.GetService(method.DeclaringType!);
        var task = (Task)method.Invoke(target, [.. method.GetParameters().Select(p => ValueOf(bench, p, user, storeId))])!;
        await task;
        return task.GetType().GetProperty("Result")!.GetValue(task) switch
        {
            Outcome outcome => outcome.Refusal?.Key,
            ValueTuple<Outcome, string?>(var outcome, var token) => token is null ? outcome.Refusal?.Key : "done",
            var other => throw new InvalidOperationException($"{action} gives {other}; teach this test to read it."),
        };
    }

    private static object ValueOf(TeamBench bench, ParameterInfo parameter, CurrentUser user, int storeId) => parameter.Name switch
    {
        "user" => user,
        "storeId" => storeId,
        "memberId" => bench.Support.Id,
        "inviteId" => 1, // the first of the database
        "email" => "anna@shop.test",
        "role" => StoreRole.Agent,
        "clearsSecondStep" => true,
        "name" => "Новое имя",
        "timeZone" => "Europe/Samara",
        "returnPolicy" => "Возврата нет.",
        "clientId" => "1000001",
        "apiKey" => "stolen-key",
        "cancellation" => Ct,
        _ => throw new InvalidOperationException($"A new parameter {parameter.Name}; give it a value here."),
    };

    private static Task<string> StateAsync(TeamBench bench) => bench.ReadAsync(async db =>
    {
        var stores = await db.Stores.AsNoTracking().OrderBy(s => s.Id).ToListAsync(Ct);
        var members = await db.Memberships.AsNoTracking().OrderBy(m => m.UserId).Select(m => $"{m.UserId} {m.StoreId} {m.Role}").ToListAsync(Ct);
        return string.Join('\n', [
            System.Text.Json.JsonSerializer.Serialize(stores), .. members, $"{await db.Invites.CountAsync(Ct)} {await db.PasswordResets.CountAsync(Ct)} {await db.AuditEntries.CountAsync(Ct)}",
        ]);
    });
}
