using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Ozon;
using OzonSellerCenter.Stores;
using OzonSellerCenter.Tests.Shared;

namespace OzonSellerCenter.Tests.Stores;

/// <summary>What the settings page says about the way to Ozon, in every language.</summary>
public sealed class StoreConnectionTests
{
    private static readonly DateTime Now = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    private static readonly (string Formats, string Texts)[] Languages = [("en-GB", "en"), ("ru-RU", "ru"), ("zh-CN", "zh-Hans")];

    [Fact]
    public async Task Each_state_says_what_is_wrong_and_what_to_do_in_words_of_its_own()
    {
        await using var bench = await TeamBench.CreateAsync();
        await using var window = StoreWindows.Open(bench, bench.Owner);
        var said = new List<(string What, string Next)>();
        foreach (var (formats, texts) in Languages)
        {
            using var _ = new CultureOf(formats, texts);
            foreach (var state in Enum.GetValues<ConnectionState>())
            {
                var box = Show(window, Settings with { Connection = state }).Find("[data-testid=connection-state]");
                Assert.Equal(state.ToString(), box.GetAttribute("data-state"));
                var what = box.QuerySelector("b")!.TextContent;
                said.Add((what, box.TextContent.Replace(what, "", StringComparison.Ordinal).Trim()));
            }
        }

        Assert.All(said, s => Assert.DoesNotContain("Connection", s.What + s.Next, StringComparison.Ordinal));
        Assert.All(said, s => Assert.True(s.Next.Length > 0, $"{s.What} without what to do"));
        Assert.Equal(said.Count, said.Select(s => s.What).Distinct().Count());
        Assert.Equal(said.Count, said.Select(s => s.Next).Distinct().Count());
    }

    [Fact]
    public void The_inbox_names_each_state_too()
    {
        using var services = new ServiceCollection().AddLogging().AddLocalization().BuildServiceProvider();
        var inbox = services.GetRequiredService<IStringLocalizer<InboxTexts>>();
        var quiet = new[] { ConnectionState.Working, ConnectionState.NotChecked };
        foreach (var (formats, texts) in Languages)
        {
            using var _ = new CultureOf(formats, texts);
            Assert.DoesNotContain(Enum.GetValues<ConnectionState>().Except(quiet), s => inbox[$"Connection_{s}"].ResourceNotFound);
        }
    }

    [Fact]
    public async Task Each_fault_that_stops_a_pass_has_words()
    {
        await using var bench = await TeamBench.CreateAsync();
        await using var window = StoreWindows.Open(bench, bench.Owner);
        foreach (var (formats, texts) in Languages)
        {
            using var _ = new CultureOf(formats, texts);
            var fault = window.Services.GetRequiredService<IStringLocalizer<StoresTexts>>()["SyncFault"].Value;
            foreach (var kind in Enum.GetValues<OzonErrorKind>())
            {
                var line = new SyncLine("chats", Now, 10, 10, Now.AddHours(-1), Now, kind.ToString());
                var words = Show(window, Settings with { Sync = [line] }).Find("[data-testid=sync-line] .hint").TextContent;
                Assert.DoesNotContain(kind.ToString(), words, StringComparison.Ordinal);
                Assert.Equal(kind == OzonErrorKind.GarbageAnswer, words.Contains(fault, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task An_import_shows_how_far_it_is_and_a_finished_one_how_fresh()
    {
        using var _ = new CultureOf("en-GB", "en");
        await using var bench = await TeamBench.CreateAsync();
        await using var window = StoreWindows.Open(bench, bench.Owner);
        SyncLine[] lines =
        [
            new("chats", null, 120, 400, null, null, null), new("postings", null, 30, null, null, null, null), new("ratings", Now.AddDays(-2), 9, 9, Now.AddMinutes(-5), null, null),
        ];
        var shown = Show(window, Settings with { Sync = lines }).FindAll("[data-testid=sync-line]");
        Assert.Contains("importing: 120 of about 400", shown[0].TextContent, StringComparison.Ordinal);
        Assert.Equal(("120", "400", "Chats"), (shown[0].QuerySelector("progress")!.GetAttribute("value"), shown[0].QuerySelector("progress")!.GetAttribute("max"), shown[0].QuerySelector("progress")!.GetAttribute("aria-label")));
        Assert.Contains("importing: 30 so far", shown[1].TextContent, StringComparison.Ordinal);
        Assert.Null(shown[1].QuerySelector("progress"));
        Assert.Equal("2026-11-24T11:55:00Z", shown[2].QuerySelector("time")!.GetAttribute("datetime"));
        Assert.All(shown, line => Assert.Null(line.QuerySelector(".bad")));
    }

    [Fact]
    public async Task A_key_that_ends_soon_is_pointed_out()
    {
        using var _ = new CultureOf("en-GB", "en");
        await using var bench = await TeamBench.CreateAsync();
        await using var window = StoreWindows.Open(bench, bench.Owner);
        foreach (var (days, warning) in new (double, string?)[]
        {
            (15, null), (14, "The key ends in 14 days."), (1, "The key ends in 1 day."), (0.5, "The key ends today."), (-0.1, "The key is over."), (-20, "The key is over."),
        })
        {
            var boxes = Show(window, Settings with { KeyExpiresAt = Now.AddDays(days) }).FindAll(".box b").Select(b => b.TextContent).ToList();
            Assert.Equal(warning is null ? ["The store is connected."] : ["The store is connected.", warning], boxes);
        }
    }

    [Fact]
    public async Task Ozons_own_words_are_for_owners_who_also_may_ask_again()
    {
        using var _ = new CultureOf("en-GB", "en");
        await using var bench = await TeamBench.CreateAsync();
        await bench.ReadAsync(async db =>
        {
            var store = db.Stores.Single(s => s.Id == bench.StoreId);
            (store.Connection, store.ConnectionDetail) = (ConnectionState.MissingRole, "<b>/v1/chat/send/message</b>");
            store.ProtectedApiKey = bench.Get<StoreSecrets>().Protect(store.Id, "key");
            await db.CommitAsync(Ct);
            return 0;
        });
        var queries = bench.Get<StoreQueries>();
        await using var window = StoreWindows.Open(bench, bench.Owner);
        var mine = Show(window, (await queries.SettingsAsync(bench.Owner, bench.StoreId, Ct))!);
        Assert.Equal("<b>/v1/chat/send/message</b>", mine.Find("q").TextContent);
        await mine.Find("button").ClickAsync();
        Assert.Equal(ConnectionState.NotChecked, (await queries.SettingsAsync(bench.Owner, bench.StoreId, Ct))!.Connection);

        await using var theirs = StoreWindows.Open(bench, bench.Agent);
        var agents = Show(theirs, (await queries.SettingsAsync(bench.Agent, bench.StoreId, Ct))!);
        Assert.Empty(agents.FindAll("button"));
        Assert.Empty(agents.FindAll("q"));
    }

    private static StoreSettings Settings => new(
        1, "Лампы", "1000001", StoreRole.Owner, "Europe/Moscow", "", HasKey: true, ConnectionState.Working, Now, null, null, "PREMIUM_PLUS", Now, [], null);

    private static IRenderedComponent<StoreConnection> Show(BunitContext window, StoreSettings settings) =>
        window.Render<StoreConnection>(p => p.Add(c => c.Settings, settings));
}
