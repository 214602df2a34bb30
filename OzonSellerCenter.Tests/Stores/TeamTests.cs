using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Stores;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Stores;

/// <summary>Who comes into a team, with which role, and who leaves it.</summary>
public sealed class TeamTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task An_invitation_makes_one_account_with_the_role_it_names_and_is_used_up(Provider provider)
    {
        await using var bench = await TeamBench.CreateAsync(provider);
        var token = await bench.InviteAsync("Anna@Shop.test", StoreRole.Support);
        var seen = (await bench.Invites.FindAsync(token, Ct))!;
        Assert.Equal(("anna@shop.test", "Store 1000001", bench.Owner.Name, StoreRole.Support, false), (seen.Email, seen.StoreName, seen.InvitedBy, seen.Role, seen.HasAccount));

        var attempts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => bench.Invites.AcceptAsNewAsync(token, "Анна", TeamBench.Password, Ct)));
        Assert.Single(attempts, a => a.User is not null);
        Assert.Equal(StoreRole.Support, await bench.RoleOfAsync("anna@shop.test"));
        Assert.Null(await bench.Invites.FindAsync(token, Ct));
        Assert.Equal("LinkDead", (await bench.Invites.AcceptAsNewAsync(token, "Анна", TeamBench.Password, Ct)).Refusal?.Key);
        Assert.Empty((await bench.Get<TeamQueries>().OfAsync(bench.Owner, bench.StoreId, Ct))!.Invites);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task An_invitation_ends_after_two_days(Provider provider)
    {
        await using var bench = await TeamBench.CreateAsync(provider);
        var token = await bench.InviteAsync("anna@shop.test");
        bench.Wall.Advance(Invite.EndsAfter - TimeSpan.FromSeconds(1));
        Assert.NotNull(await bench.Invites.FindAsync(token, Ct));
        bench.Wall.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await bench.Invites.FindAsync(token, Ct));
        Assert.Equal("LinkDead", (await bench.Invites.AcceptAsNewAsync(token, "Анна", TeamBench.Password, Ct)).Refusal?.Key);
        Assert.Empty((await bench.Get<TeamQueries>().OfAsync(bench.Owner, bench.StoreId, Ct))!.Invites);
    }

    [Fact]
    public async Task A_poor_password_leaves_the_invitation_open()
    {
        await using var bench = await TeamBench.CreateAsync();
        var token = await bench.InviteAsync("anna@shop.test");
        Assert.Equal("PasswordIsName", (await bench.Invites.AcceptAsNewAsync(token, "Анна", "my name is anna", Ct)).Refusal?.Key);
        Assert.NotNull((await bench.Invites.AcceptAsNewAsync(token, "Анна", TeamBench.Password, Ct)).User);
    }

    [Fact]
    public async Task Whoever_can_be_invited_can_come_and_what_is_no_address_is_not_invited()
    {
        await using var bench = await TeamBench.CreateAsync();
        foreach (var email in new[] { "o'brien@shop.test", "a!b#c@shop.test", "анна@почта.рф" })
        {
            var (user, refusal) = await bench.Invites.AcceptAsNewAsync(await bench.InviteAsync(email), "Кто-то", TeamBench.Password, Ct);
            Assert.Null(refusal?.Key);
            Assert.Equal(email, user!.Email);
        }

        foreach (var email in new[] { "", "anna", "anna@", "Anna <anna@shop.test>", "\"an na\"@shop.test", "a@b@c" })
        {
            Assert.Equal("EmailNeeded", (await bench.Team.InviteAsync(bench.Owner, bench.StoreId, email, StoreRole.Agent, Ct)).Outcome.Refusal?.Key);
        }
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Who_has_an_account_joins_with_it_and_nobody_else_does(Provider provider)
    {
        await using var bench = await TeamBench.CreateAsync(provider);
        var token = await bench.InviteAsync($"{bench.Other.Id}@demo.test", StoreRole.Agent);
        Assert.True((await bench.Invites.FindAsync(token, Ct))!.HasAccount);
        Assert.Equal("InviteForOther", (await bench.Invites.AcceptAsync(token, bench.Support, Ct)).Refusal?.Key);
        Assert.Equal("DuplicateUserName", (await bench.Invites.AcceptAsNewAsync(token, "Чужой", TeamBench.Password, Ct)).Refusal?.Key);
        Assert.True((await bench.Invites.AcceptAsync(token, bench.Other, Ct)).IsDone);
        Assert.Equal(StoreRole.Agent, await bench.RoleOfAsync($"{bench.Other.Id}@demo.test"));
        Assert.Equal("LinkDead", (await bench.Invites.AcceptAsync(token, bench.Other, Ct)).Refusal?.Key);
        Assert.Equal("AlreadyMember", (await bench.Team.InviteAsync(bench.Owner, bench.StoreId, $"{bench.Other.Id}@demo.test", StoreRole.Agent, Ct)).Outcome.Refusal?.Key);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_new_invitation_of_an_address_replaces_the_old_one_also_for_owners_who_press_at_once(Provider provider)
    {
        await using var bench = await TeamBench.CreateAsync(provider);
        var second = await bench.JoinAsync("second-owner", bench.StoreId, StoreRole.Owner);
        var tokens = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => bench.InviteAsync("anna@shop.test", by: i % 2 == 0 ? bench.Owner : second)));
        var open = new List<string>();
        foreach (var token in tokens)
        {
            if (await bench.Invites.FindAsync(token, Ct) is not null) open.Add(token);
        }

        Assert.Single(open);
        var invite = Assert.Single((await bench.Get<TeamQueries>().OfAsync(second, bench.StoreId, Ct))!.Invites);
        Assert.True((await bench.Team.WithdrawInviteAsync(bench.Owner, bench.StoreId, invite.Id, Ct)).IsDone);
        Assert.Null(await bench.Invites.FindAsync(open[0], Ct));
        Assert.Equal("NotFound", (await bench.Team.WithdrawInviteAsync(bench.Owner, bench.StoreId, invite.Id, Ct)).Refusal?.Key);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Links_of_an_owner_die_with_his_right_to_make_them(Provider provider)
    {
        await using var bench = await TeamBench.CreateAsync(provider);
        var second = await bench.JoinAsync("second-owner", bench.StoreId, StoreRole.Owner);
        var invite = await bench.InviteAsync("friend@shop.test", StoreRole.Owner, by: second);
        var reset = await bench.ResetAsync(bench.Agent, by: second);
        var kept = await bench.InviteAsync("anna@shop.test");
        Assert.NotNull(await bench.Resets.FindAsync(reset, Ct));

        Assert.True((await bench.Team.ChangeRoleAsync(bench.Owner, bench.StoreId, second.Id, StoreRole.Agent, Ct)).IsDone);
        Assert.Null(await bench.Invites.FindAsync(invite, Ct));
        Assert.Equal("LinkDead", (await bench.Invites.AcceptAsNewAsync(invite, "Друг", TeamBench.Password, Ct)).Refusal?.Key);
        Assert.Null(await bench.Resets.FindAsync(reset, Ct));
        Assert.Equal("LinkDead", (await bench.Resets.UseAsync(reset, TeamBench.Password, Ct)).Refusal?.Key);
        Assert.NotNull(await bench.Invites.FindAsync(kept, Ct));
        Assert.Equal(["anna@shop.test"], (await bench.Get<TeamQueries>().OfAsync(bench.Owner, bench.StoreId, Ct))!.Invites.Select(i => i.Email));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_link_for_a_new_password_works_once_and_in_time_and_signs_out_everywhere(Provider provider)
    {
        await using var bench = await TeamBench.CreateAsync(provider);
        var user = await bench.ReadAsync(db => db.Users.AsNoTracking().SingleAsync(u => u.Id == bench.Agent.Id, Ct));
        await bench.Get<SignInSessions>().StartAsync(user, "test", Ct);
        for (var i = 0; i < SignInGuard.MaxTries; i++) await bench.Get<SignInGuards>().TakeTryAsync(user.Id, Ct);
        var replaced = await bench.ResetAsync(bench.Agent);
        var late = await bench.ResetAsync(bench.Agent);
        Assert.Null(await bench.Resets.FindAsync(replaced, Ct));
        bench.Wall.Advance(PasswordReset.EndsAfter);
        Assert.Equal("LinkDead", (await bench.Resets.UseAsync(late, TeamBench.Password, Ct)).Refusal?.Key);

        var token = await bench.ResetAsync(bench.Agent);
        Assert.Equal(user.Email, await bench.Resets.FindAsync(token, Ct));
        Assert.Equal("PasswordRequiresUniqueChars", (await bench.Resets.UseAsync(token, "aaaaaaaaaaaa", Ct)).Refusal?.Key);
        var uses = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => bench.Resets.UseAsync(token, $"{TeamBench.Password} {i}", Ct)));
        Assert.Single(uses, u => u.IsDone);
        Assert.Equal(0, await bench.ReadAsync(db => db.SignInSessions.CountAsync(Ct)));
        Assert.True(await bench.Get<SignInGuards>().TakeTryAsync(user.Id, Ct));
        await using var scope = bench.Db.Services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        Assert.True(await people.CheckPasswordAsync((await people.FindByIdAsync(user.Id))!, $"{TeamBench.Password} {Array.FindIndex(uses, u => u.IsDone)}"));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_lost_phone_is_forgotten_only_with_the_link_that_says_so(bool clears)
    {
        await using var bench = await TeamBench.CreateAsync();
        await using (var work = await AccountWork.OpenAsync(bench.Get<IServiceScopeFactory>(), null, Ct))
        {
            var user = await work.Db.Users.SingleAsync(u => u.Id == bench.Agent.Id, Ct);
            await work.Store.SetAuthenticatorKeyAsync(user, "GEZDGNBVGY3TQOJQ", Ct);
            await work.People.GenerateNewTwoFactorRecoveryCodesAsync(user, 10);
            await work.People.SetTwoFactorEnabledAsync(user, true);
        }

        Assert.True((await bench.Resets.UseAsync(await bench.ResetAsync(bench.Agent, clearsSecondStep: clears), TeamBench.Password, Ct)).IsDone);
        Assert.Equal(!clears, await bench.ReadAsync(db => db.Users.Where(u => u.Id == bench.Agent.Id).Select(u => u.TwoFactorEnabled).SingleAsync(Ct)));
        Assert.Equal(clears ? 0 : 2, await bench.ReadAsync(db => db.UserTokens.CountAsync(t => t.UserId == bench.Agent.Id, Ct)));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Nobody_resets_the_password_of_who_also_works_for_others(Provider provider)
    {
        await using var bench = await TeamBench.CreateAsync(provider);
        var token = await bench.ResetAsync(bench.Agent);
        await bench.JoinAsync(bench.Agent.Id, bench.OtherStoreId, StoreRole.Agent);
        Assert.Equal("MemberElsewhere", (await bench.Team.ResetPasswordAsync(bench.Owner, bench.StoreId, bench.Agent.Id, false, Ct)).Outcome.Refusal?.Key);

        // The link from before would open the other store too.
        Assert.Null(await bench.Resets.FindAsync(token, Ct));
        Assert.Equal("LinkDead", (await bench.Resets.UseAsync(token, TeamBench.Password, Ct)).Refusal?.Key);
        Assert.Equal("NotFound", (await bench.Team.ResetPasswordAsync(bench.Owner, bench.StoreId, bench.Other.Id, false, Ct)).Outcome.Refusal?.Key);
        Assert.Equal("NotFound", (await bench.Team.ResetPasswordAsync(bench.Owner, bench.StoreId, "nobody", false, Ct)).Outcome.Refusal?.Key);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Roles_change_and_members_go_but_one_owner_always_stays(Provider provider)
    {
        await using var bench = await TeamBench.CreateAsync(provider);
        Assert.Equal("LastOwner", (await bench.Team.RemoveAsync(bench.Owner, bench.StoreId, bench.Owner.Id, Ct)).Refusal?.Key);
        Assert.Equal("LastOwner", (await bench.Team.ChangeRoleAsync(bench.Owner, bench.StoreId, bench.Owner.Id, StoreRole.Agent, Ct)).Refusal?.Key);
        Assert.True((await bench.Team.ChangeRoleAsync(bench.Owner, bench.StoreId, bench.Owner.Id, StoreRole.Owner, Ct)).IsDone);
        Assert.Equal("NotFound", (await bench.Team.ChangeRoleAsync(bench.Owner, bench.StoreId, bench.Agent.Id, (StoreRole)9, Ct)).Refusal?.Key);

        Assert.True((await bench.Team.ChangeRoleAsync(bench.Owner, bench.StoreId, bench.Agent.Id, StoreRole.Owner, Ct)).IsDone);
        Assert.True((await bench.Team.RemoveAsync(bench.Agent, bench.StoreId, bench.Support.Id, Ct)).IsDone);
        Assert.Equal("NotFound", (await bench.Team.RemoveAsync(bench.Agent, bench.StoreId, bench.Support.Id, Ct)).Refusal?.Key);
        Assert.Null(await bench.RoleOfAsync($"{bench.Support.Id}@demo.test"));

        // Both take each other out at once.
        var outcomes = await Task.WhenAll(
            bench.Team.RemoveAsync(bench.Owner, bench.StoreId, bench.Agent.Id, Ct), bench.Team.RemoveAsync(bench.Agent, bench.StoreId, bench.Owner.Id, Ct));
        Assert.Single(outcomes, o => o.IsDone);
        Assert.True(outcomes.Single(o => !o.IsDone).Refusal!.Key is "NotFound" or "LastOwner");
        Assert.Equal(1, await bench.ReadAsync(db => db.Memberships.CountAsync(m => m.StoreId == bench.StoreId && m.Role == StoreRole.Owner, Ct)));
    }

    [Fact]
    public async Task Each_change_of_rights_is_told_to_open_tabs_and_written_down()
    {
        await using var bench = await TeamBench.CreateAsync();
        using var listener = bench.Db.Feed.Listen();
        await bench.Team.ChangeRoleAsync(bench.Owner, bench.StoreId, bench.Agent.Id, StoreRole.Support, Ct);
        await bench.Team.RemoveAsync(bench.Owner, bench.StoreId, bench.Agent.Id, Ct);
        var told = new List<StoreEvent>();
        await foreach (var batch in listener.ReadAsync(Ct))
        {
            told.AddRange(batch);
            if (told.Count == 2) break;
        }

        Assert.All(told, e => Assert.Equal((bench.StoreId, EventKind.Membership, bench.Agent.Id), (e.StoreId, e.Kind, e.Subject)));
        var written = await bench.ReadAsync(db => db.AuditEntries.OrderBy(a => a.Id).Select(a => $"{a.Action} {a.UserId} {a.Subject} {a.Details}").ToListAsync(Ct));
        Assert.Equal(
            [$"member.role-changed {bench.Owner.Id} {bench.Agent.Id} Agent -> Support", $"member.removed {bench.Owner.Id} {bench.Agent.Id} Support"],
            written);
    }
}
