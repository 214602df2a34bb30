using System.Text.RegularExpressions;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Data;
using OzonSellerCenter.Stores;
using OzonSellerCenter.Tests.Shared;

namespace OzonSellerCenter.Tests.Stores;

/// <summary>The pages of team and settings, for those who may and those who may not.</summary>
public sealed partial class StoreScreenTests : IDisposable
{
    private readonly CultureOf _language = new("en-GB", "en");

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_store_of_others_looks_like_one_that_does_not_exist()
    {
        await using var bench = await TeamBench.CreateAsync();
        var seen = new List<(string, string)>();
        foreach (var storeId in new[] { bench.StoreId, 4711 })
        {
            await using var window = StoreWindows.Open(bench, bench.Other);
            window.Services.GetRequiredService<NavigationManager>().NavigateTo($"/settings/store?store={storeId}");
            var (settings, team) = (window.Render<StoreSettingsPage>(), window.Render<TeamPage>());
            settings.WaitForElement(".state");
            team.WaitForElement(".state");
            seen.Add((Without(settings.Markup), Without(team.Markup)));

            string Without(string markup) => Nonces().Replace(markup.Replace($"store={storeId}\"", "store=id\"", StringComparison.Ordinal), "");
        }

        Assert.Equal(seen[1].Item1, seen[0].Item1);
        Assert.Equal(seen[1].Item2, seen[0].Item2);
        Assert.DoesNotContain("Store 1000001", seen[0].Item1 + seen[0].Item2, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_no_owner_sees_the_team_and_the_state_but_nothing_to_change()
    {
        await using var bench = await TeamBench.CreateAsync();
        foreach (var user in new[] { bench.Agent, bench.Support })
        {
            await using var window = StoreWindows.Open(bench, user);
            var (settings, team) = (window.Render<StoreSettingsPage>(), window.Render<TeamPage>());
            settings.WaitForElement("[data-testid=connection-state]");
            team.WaitForElement("[data-testid=member]");
            Assert.Empty(settings.FindAll("button, input, select, textarea"));
            Assert.Empty(team.FindAll("button:not([data-testid=availability-switch]), input, select, textarea"));

            // But for an agent's word that he is there himself.
            Assert.Equal(user == bench.Agent ? [bench.Agent.Name] : [], team.FindAll("[data-testid=availability]:has([data-testid=availability-switch]) > span").Select(s => s.FirstChild!.TextContent.Trim()));
        }
    }

    [Fact]
    public async Task An_owner_who_is_made_an_agent_loses_the_controls_of_his_open_page()
    {
        await using var bench = await TeamBench.CreateAsync();
        var second = await bench.JoinAsync("second-owner", bench.StoreId, StoreRole.Owner);
        await using var window = StoreWindows.Open(bench, second);
        var (settings, team) = (window.Render<StoreSettingsPage>(), window.Render<TeamPage>());
        settings.WaitForElement("[data-testid=api-key]");
        team.WaitForElement("[data-testid=member-remove]");
        await bench.Team.ChangeRoleAsync(bench.Owner, bench.StoreId, second.Id, StoreRole.Agent, Ct);
        settings.WaitForAssertion(() => Assert.Empty(settings.FindAll("[data-testid=api-key], #push-address, #store-name")));
        team.WaitForAssertion(() => Assert.Empty(team.FindAll("[data-testid=member-remove], [data-testid=invite-make], select")));
    }

    [Fact]
    public async Task The_key_goes_in_and_never_comes_out()
    {
        await using var bench = await TeamBench.CreateAsync();
        await using var window = StoreWindows.Open(bench, bench.Owner);
        var page = window.Render<StoreSettingsPage>();
        page.WaitForElement("[data-testid=api-key]").Change(" canary-key ");
        page.Find("#key-title").Closest("section")!.QuerySelector("form")!.Submit();
        page.WaitForAssertion(() => Assert.Contains("Saved. The check is running.", page.Markup, StringComparison.Ordinal));
        Assert.DoesNotContain("canary-key", page.Markup, StringComparison.Ordinal);
        var store = await bench.ReadAsync(db => db.Stores.AsNoTracking().SingleAsync(s => s.Id == bench.StoreId, Ct));
        Assert.Equal("canary-key", bench.Get<StoreSecrets>().Unprotect(store.Id, store.ProtectedApiKey!));
        Assert.Equal(ConnectionState.NotChecked, store.Connection);

        page.Find("[data-testid=api-key]").Change("two words");
        page.Find("#key-title").Closest("section")!.QuerySelector("form")!.Submit();
        page.WaitForAssertion(() => Assert.Equal("api-key-error api-key-hint", page.Find("[data-testid=api-key]").GetAttribute("aria-describedby")));
    }

    [Fact]
    public async Task After_the_key_file_was_lost_the_page_still_stands_and_takes_a_new_key()
    {
        await using var bench = await TeamBench.CreateAsync();
        await bench.ReadAsync(async db =>
        {
            var store = await db.Stores.SingleAsync(s => s.Id == bench.StoreId, Ct);
            (store.ProtectedApiKey, store.ProtectedPushSecret) = ([1, 2, 3], [1, 2, 3]);
            await db.CommitAsync(Ct);
            return 0;
        });
        await using var window = StoreWindows.Open(bench, bench.Owner);
        var page = window.Render<StoreSettingsPage>();
        page.WaitForElement("[data-testid=api-key]");
        Assert.Empty(page.FindAll("#push-address"));
        Assert.Contains("The address cannot be read any more.", page.Markup, StringComparison.Ordinal);
        Assert.True((await bench.Get<StoreActions>().RenewPushSecretAsync(bench.Owner, bench.StoreId, Ct)).IsDone);
        page.WaitForElement("#push-address");
    }

    [Fact]
    public async Task A_link_is_shown_once_to_who_made_it()
    {
        await using var bench = await TeamBench.CreateAsync();
        await using var window = StoreWindows.Open(bench, bench.Owner);
        var page = window.Render<TeamPage>();
        page.WaitForElement("#invite-email").Change("anna@shop.test");
        page.Find("#invites-title").Closest("section")!.QuerySelector("form")!.Submit();
        var link = page.WaitForElement("#invite-link").GetAttribute("value")!;
        Assert.Equal("anna@shop.test", (await bench.Invites.FindAsync(link[(link.LastIndexOf('/') + 1)..], Ct))!.Email);
        Assert.Contains("anna@shop.test", page.Find("[data-testid=open-invite]").TextContent, StringComparison.Ordinal);

        await using var again = StoreWindows.Open(bench, bench.Owner);
        var later = again.Render<TeamPage>();
        later.WaitForElement("[data-testid=open-invite]");
        Assert.Empty(later.FindAll("#invite-link"));
    }

    public void Dispose() => _language.Dispose();

    [GeneratedRegex("blazor:elementReference=\"[^\"]*\"")]
    private static partial Regex Nonces();
}
