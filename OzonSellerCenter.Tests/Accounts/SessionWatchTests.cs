using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Tests.Stores;

namespace OzonSellerCenter.Tests.Accounts;

/// <summary>An open tab follows its session: it ends with it, at once.</summary>
public sealed class SessionWatchTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Ends => ["signed out", "password changed", "password reset", "second step", "signed out elsewhere"];

    [Theory, MemberData(nameof(Ends))]
    public async Task A_tab_is_signed_out_when_its_session_ends(string how)
    {
        await using var bench = await TeamBench.CreateAsync();
        await GivePasswordAsync(bench);
        var (mine, elsewhere) = (await SignInAsync(bench, bench.Agent), await SignInAsync(bench, bench.Agent));
        await using var scope = bench.Db.Services.CreateAsyncScope();
        var tab = Open(scope, mine);
        var ended = EndOf(tab);
        switch (how)
        {
            case "signed out":
                await bench.Get<SignInSessions>().EndAsync(mine, Ct);
                break;
            case "password changed":
                Assert.True((await bench.Get<ProfileActions>().ChangePasswordAsync(elsewhere, TeamBench.Password, $"{TeamBench.Password} 2", Ct)).IsDone);
                break;
            case "password reset":
                Assert.True((await bench.Resets.UseAsync(await bench.ResetAsync(bench.Agent), $"{TeamBench.Password} 2", Ct)).IsDone);
                break;
            case "second step":
                var key = await bench.Get<SecondStepActions>().NewKeyAsync(Ct);
                var code = OneTimeCodes.CodeAt(key, bench.Wall.GetUtcNow().ToUnixTimeSeconds() / 30);
                Assert.True((await bench.Get<SecondStepActions>().TurnOnAsync(elsewhere, key, code, Ct)).Outcome.IsDone);
                break;
            default:
                await bench.Get<ProfileActions>().SignOutOthersAsync(elsewhere, Ct);
                break;
        }

        Assert.False((await ended.WaitAsync(TimeSpan.FromMinutes(1), Ct)).User.Identity?.IsAuthenticated ?? false);
    }

    [Fact]
    public async Task A_tab_whose_person_only_lost_a_store_stays_signed_in_and_looks_again()
    {
        await using var bench = await TeamBench.CreateAsync();
        var mine = await SignInAsync(bench, bench.Agent);
        await using var scope = bench.Db.Services.CreateAsyncScope();
        var tab = Open(scope, mine);
        var told = new TaskCompletionSource<AuthenticationState>();
        tab.AuthenticationStateChanged += async state => told.TrySetResult(await state);
        await bench.Team.RemoveAsync(bench.Owner, bench.StoreId, bench.Agent.Id, Ct);
        Assert.Same(mine, (await told.Task.WaitAsync(TimeSpan.FromMinutes(1), Ct)).User);
    }

    [Fact]
    public async Task A_change_of_somebody_else_does_not_touch_the_tab()
    {
        await using var bench = await TeamBench.CreateAsync();
        var (mine, agents) = (await SignInAsync(bench, bench.Owner), await SignInAsync(bench, bench.Agent));
        await using var scope = bench.Db.Services.CreateAsyncScope();
        var tab = Open(scope, mine);
        var changes = 0;
        tab.AuthenticationStateChanged += _ => changes++;
        await using var otherScope = bench.Db.Services.CreateAsyncScope();
        var ended = EndOf(Open(otherScope, agents));
        await bench.Get<SignInSessions>().EndAsync(agents, Ct);
        await ended.WaitAsync(TimeSpan.FromMinutes(1), Ct);
        Assert.Equal(0, changes);
    }

    [Fact]
    public async Task A_plain_request_does_not_watch_because_its_answer_is_gone_before_anything_changes()
    {
        await using var bench = await TeamBench.CreateAsync();
        var mine = await SignInAsync(bench, bench.Agent);
        await using var scope = bench.Db.Services.CreateAsyncScope();
        var request = scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>();
        ((IHostEnvironmentAuthenticationStateProvider)request).SetAuthenticationState(Task.FromResult(new AuthenticationState(mine)));
        Assert.Equal(0, bench.Db.Feed.Readers);
    }

    [Fact]
    public async Task A_closed_tab_listens_no_more()
    {
        await using var bench = await TeamBench.CreateAsync();
        var mine = await SignInAsync(bench, bench.Agent);
        await using (var scope = bench.Db.Services.CreateAsyncScope())
        {
            Open(scope, mine);
            Assert.Equal(1, bench.Db.Feed.Readers);
        }

        await Sandbox.Wait.ForAsync(() => bench.Db.Feed.Readers == 0);
    }

    private static SessionWatch Open(AsyncServiceScope scope, ClaimsPrincipal principal)
    {
        var tab = Assert.IsType<SessionWatch>(scope.ServiceProvider.GetRequiredService<AuthenticationStateProvider>());
        ((IHostEnvironmentAuthenticationStateProvider)tab).SetAuthenticationState(Task.FromResult(new AuthenticationState(principal)));
        tab.Begin();
        return tab;
    }

    private static Task<AuthenticationState> EndOf(AuthenticationStateProvider tab)
    {
        var ended = new TaskCompletionSource<AuthenticationState>();
        tab.AuthenticationStateChanged += async state => ended.TrySetResult(await state);
        return ended.Task;
    }

    private static async Task GivePasswordAsync(TeamBench bench) =>
        Assert.True((await bench.Resets.UseAsync(await bench.ResetAsync(bench.Agent), TeamBench.Password, Ct)).IsDone);

    private static async Task<ClaimsPrincipal> SignInAsync(TeamBench bench, CurrentUser user)
    {
        var account = await bench.ReadAsync(db => db.Users.AsNoTracking().SingleAsync(u => u.Id == user.Id, Ct));
        var session = await bench.Get<SignInSessions>().StartAsync(account, "test", Ct);
        return new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, user.Id), new(Session.SessionClaim, session)], "test"));
    }
}
