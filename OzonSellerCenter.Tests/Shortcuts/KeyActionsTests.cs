using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shortcuts;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Shortcuts;

/// <summary>A person's own keys are kept for him alone.</summary>
public sealed class KeyActionsTests
{
    private static readonly KeyCommand Reply = KeyCommand.Find("reply")!;
    private static readonly KeyCommand Note = KeyCommand.Find("note")!;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Providers))]
    public async Task What_one_changes_holds_for_him_and_nobody_else(Provider provider)
    {
        await using var db = await TestDb.CreateAsync(provider);
        var (_, anna) = await db.AddStoreAsync();
        var (_, oleg) = await db.AddStoreAsync(role: StoreRole.Agent);
        var (actions, queries) = (new KeyActions(db.Databases), new KeyQueries(db.Databases));
        Assert.True((await actions.ChangeAsync(anna, Reply, "KeyQ", Ct)).IsDone);
        Assert.True((await actions.SwitchSinglesAsync(anna, on: false, Ct)).IsDone);
        Assert.Equal("KeyTaken", (await actions.ChangeAsync(anna, Note, "KeyQ", Ct)).Refusal?.Key);
        Assert.True((await actions.SwapAsync(anna, Note, "KeyQ", Ct)).IsDone);
        Assert.Equal("KeysChanged", (await actions.SwapAsync(anna, Note, "KeyX", Ct)).Refusal?.Key);

        var keys = await queries.OfAsync(anna, Ct);
        Assert.Equal(("KeyN", "KeyQ", true), (keys[Reply], keys[Note], keys.SinglesOff));
        Assert.False((await queries.OfAsync(oleg, Ct)).IsChanged);

        Assert.True((await actions.ResetAsync(anna, Ct)).IsDone);
        Assert.False((await queries.OfAsync(anna, Ct)).IsChanged);
    }

    [Fact]
    public async Task Two_windows_that_change_at_once_lose_nothing_of_each_other()
    {
        await using var db = await TestDb.CreateAsync();
        var (_, anna) = await db.AddStoreAsync();
        var actions = new KeyActions(db.Databases);
        var wanted = KeyCommand.All.Where(c => c.Group == CommandGroup.Conversation).Take(4).ToList();
        await Task.WhenAll(wanted.Select((command, i) => actions.ChangeAsync(anna, command, $"Digit{i}", Ct)));
        var keys = await new KeyQueries(db.Databases).OfAsync(anna, Ct);
        Assert.Equal(["Digit0", "Digit1", "Digit2", "Digit3"], wanted.Select(c => keys[c]));
    }

    [Fact]
    public async Task Each_store_of_the_person_hears_of_it_so_that_his_other_windows_do()
    {
        await using var db = await TestDb.CreateAsync();
        var (first, anna) = await db.AddStoreAsync();
        var (second, _) = await db.AddStoreAsync("1000002", StoreRole.Support, anna.Id);
        await new KeyActions(db.Databases).ChangeAsync(anna, Reply, null, Ct);
        await using var look = await db.Databases.ForSystemAsync(Ct);
        var told = await look.StoreEvents.Where(e => e.Kind == EventKind.PersonalKeys).OrderBy(e => e.StoreId).Select(e => new { e.StoreId, e.Subject }).ToListAsync(Ct);
        Assert.Equal([(first.Id, anna.Id), (second.Id, anna.Id)], told.Select(t => (t.StoreId, t.Subject)));
    }
}
