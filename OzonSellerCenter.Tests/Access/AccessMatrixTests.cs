using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Live;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Stores;
using OzonSellerCenter.Tests.Sandbox;

namespace OzonSellerCenter.Tests.Access;

/// <summary>Every address of the app, asked by everybody.</summary>
public sealed class AccessMatrixTests(AccessHouse house) : IClassFixture<AccessHouse>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_route_is_in_the_table_and_the_table_names_no_other()
    {
        var mapped = Routes().Where(e => !IsFile(e)).SelectMany(NamesOf).ToHashSet();
        var known = AccessRule.Table.Select(a => a.Route).ToHashSet();
        Assert.Empty(mapped.Except(known));
        Assert.Empty(known.Except(mapped));
    }

    [Fact]
    public void Files_for_everybody_are_those_of_packages_alone()
    {
        var files = Routes().Where(IsFile).ToList();
        Assert.NotEmpty(files);
        Assert.All(files, f => Assert.Matches("^/?((_content|_framework)/|{[*][*]path:file}$)", f.RoutePattern.RawText));
    }

    [Fact]
    public void Outside_the_demo_nothing_of_the_sandbox_is_there() =>
        Assert.DoesNotContain(Routes(), e => e.RoutePattern.RawText!.Contains("sandbox", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public async Task Everybody_gets_what_the_table_says()
    {
        var wrong = new List<string>();
        foreach (var access in AccessRule.Table)
        {
            foreach (var who in Enum.GetValues<Who>().Where(w => access.Path != "/sign-out" || w == Who.Anonymous))
            {
                var answer = await house.AskAsync(access, who, accept: IsForPrograms(access) ? "*/*" : "text/html");
                if ((int)answer.Status != access.Of(who)) wrong.Add($"{who} {access.Route}: {(int)answer.Status}, not {access.Of(who)}");
                if (who == Who.Anonymous && IsGuarded(access) && answer.Location?.StartsWith("/sign-in?returnUrl=", StringComparison.Ordinal) == false)
                {
                    wrong.Add($"{access.Route} sends a stranger to {answer.Location}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory, InlineData("text/html"), InlineData("*/*")]
    public async Task An_id_of_others_is_answered_like_one_that_does_not_exist(string accept)
    {
        foreach (var access in AccessRule.Table.Where(a => a.Path.Contains('{', StringComparison.Ordinal)))
        {
            foreach (var who in Enum.GetValues<Who>().Where(w => w == Who.Other || access.Of(w) == 404))
            {
                var foreign = await house.AskAsync(access, who, missing: false, accept);
                var missing = await house.AskAsync(access, who, missing: true, accept);
                Assert.Equal(house.Comparable(missing), house.Comparable(foreign));
            }
        }
    }

    [Fact]
    public async Task Only_our_own_pages_open_circuits_and_hubs()
    {
        foreach (var path in new[] { "/_blazor/negotiate?negotiateVersion=1", "/hubs/alerts/negotiate?negotiateVersion=1" })
        {
            foreach (var origin in new[] { "https://evil.example", "null", "http://localhost", "https://localhost:444", "https://localhost.evil.example", "https://sub.localhost" })
            {
                Assert.Equal(403, (int)(await house[Who.Owner].SendAsync(HttpMethod.Post, path, null, ("Origin", origin))).Status);
                Assert.Equal(403, (int)(await house[Who.Owner].GetAsync(path.Replace("/negotiate", "", StringComparison.Ordinal), ("Origin", origin), ("Accept", "*/*"))).Status);
            }

            Assert.Equal(200, (int)(await house[Who.Owner].SendAsync(HttpMethod.Post, path, null, ("Origin", "https://localhost"))).Status);
        }
    }

    [Fact]
    public void Every_page_that_needs_no_sign_in_is_one_that_leads_there()
    {
        var open = Pages().Where(p => p.GetCustomAttribute<AllowAnonymousAttribute>() is not null).Select(p => p.Name).Order(StringComparer.Ordinal);
        Assert.Equal(["InvitePage", "ResetPage", "SetUpPage", "SignInCodePage", "SignInPage", "SignOutPage"], open);

        // The fallback policy guards the addresses; moving between pages in an open tab is guarded by the attribute.
        Assert.All(Pages().Where(p => p.GetCustomAttribute<AllowAnonymousAttribute>() is null), p => Assert.NotNull(p.GetCustomAttribute<AuthorizeAttribute>()));
    }

    [Fact]
    public void The_alert_hub_is_the_only_one_and_its_methods_are_known()
    {
        var methods = typeof(Program).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Hub)))
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(m => m.GetBaseDefinition().DeclaringType != typeof(Hub)).Select(m => $"{m.DeclaringType!.Name}.{m.Name}");
        Assert.Equal(["AlertHub.Since", "AlertHub.Newest", "AlertHub.Claim", "AlertHub.Opened"], methods);
    }

    [Fact]
    public async Task The_hub_speaks_to_owners_and_agents_of_the_store_and_stops_with_the_right()
    {
        var heard = Enum.GetValues<Who>().Where(w => w != Who.Anonymous).ToDictionary(w => w, _ => new List<long>());
        await using var owner = await ListenAsync(Who.Owner, heard);
        await using var agent = await ListenAsync(Who.Agent, heard);
        await using var support = await ListenAsync(Who.Support, heard);
        await using var other = await ListenAsync(Who.Other, heard);
        var first = await AlertAsync(house.StoreId);
        await Wait.ForAsync(() => heard[Who.Agent].Contains(first) && heard[Who.Owner].Contains(first));
        Assert.Equal([first], (await SinceAsync(agent)).Select(a => a.AlertId));
        foreach (var stranger in new[] { support, other })
        {
            Assert.Empty(await SinceAsync(stranger));
            Assert.Equal(0, await stranger.InvokeAsync<long>("Newest", Ct));
            Assert.Null(await stranger.InvokeAsync<DesktopNotice?>("Claim", new[] { first }, true, true, Ct));
            await stranger.InvokeAsync("Opened", first, Ct);
        }

        await using var db = await house.App.Databases.ForSystemAsync(Ct);
        Assert.Equal(0, await db.AlertReceipts.CountAsync(r => r.AlertId == first && (r.ReadAt != null || r.DesktopAt != null), Ct));

        var team = house.App.Get<TeamActions>();
        Assert.True((await team.RemoveAsync(house.PersonOf(Who.Owner), house.StoreId, house.PersonOf(Who.Agent).Id, Ct)).IsDone);
        Assert.Empty(await SinceAsync(agent));
        var second = await AlertAsync(house.StoreId);
        var last = await AlertAsync(house.OtherStoreId);
        await Wait.ForAsync(() => heard[Who.Owner].Contains(second) && heard[Who.Other].Contains(last));
        Assert.Equal([first], heard[Who.Agent]);
        Assert.Empty(heard[Who.Support]);
        Assert.Equal([last], heard[Who.Other]);

        db.Memberships.Add(new Membership { StoreId = house.StoreId, UserId = house.PersonOf(Who.Agent).Id, Role = StoreRole.Agent });
        await db.CommitAsync(Ct);
    }

    private static IEnumerable<Type> Pages() => typeof(Program).Assembly.GetTypes().Where(t => t.GetCustomAttributes<RouteAttribute>().Any());

    private static bool IsGuarded(AccessRule access) => access is { Anonymous: 302, Agent: 200 } and not { Path: "/sign-out" };

    private static bool IsForPrograms(AccessRule access) => access.Path.StartsWith("/_blazor", StringComparison.Ordinal) || access.Path.StartsWith("/hubs", StringComparison.Ordinal);

    /// <summary>Assets; the last pattern is where a build that was not published looks for files that were added since.</summary>
    private static bool IsFile(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is not null
        || endpoint.RoutePattern.RawText is { } pattern && (pattern.StartsWith("/_framework/", StringComparison.Ordinal) || pattern == "{**path:file}");

    private List<RouteEndpoint> Routes() => [.. house.App.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    /// <summary>"GET /inbox". A page also takes the forms it holds, by POST, with the same right; it stands in the table once.</summary>
    private static IEnumerable<string> NamesOf(RouteEndpoint endpoint)
    {
        var pattern = "/" + endpoint.RoutePattern.RawText!.Trim('/');
        if (endpoint.Metadata.GetMetadata<ComponentTypeMetadata>() is not null) return [$"GET {pattern}"];
        var methods = endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
        if (methods.Count == 0) return [$"{(pattern.EndsWith("negotiate", StringComparison.Ordinal) || pattern.EndsWith("disconnect", StringComparison.Ordinal) ? "POST" : "GET")} {pattern}"];
        return methods.Where(m => m is not ("HEAD" or "OPTIONS")).Select(m => $"{m} {pattern}");
    }

    private async Task<HubConnection> ListenAsync(Who who, Dictionary<Who, List<long>> heard)
    {
        var connection = new HubConnectionBuilder().WithUrl("https://localhost/hubs/alerts", options =>
        {
            options.HttpMessageHandlerFactory = _ => house.App.Server.CreateHandler();
            options.Transports = Microsoft.AspNetCore.Http.Connections.HttpTransportType.LongPolling;
            options.Headers["Cookie"] = string.Join("; ", house[who].Cookies.Select(c => $"{c.Name}={c.Value}"));
        }).Build();
        connection.On<AlertMessage>("alert", a => heard[who].Add(a.AlertId));
        await connection.StartAsync(Ct);
        return connection;
    }

    private static Task<IReadOnlyList<AlertMessage>> SinceAsync(HubConnection connection) =>
        connection.InvokeAsync<IReadOnlyList<AlertMessage>>("Since", 0L, Ct);

    private async Task<long> AlertAsync(int storeId)
    {
        var now = house.App.Wall.GetUtcNow().UtcDateTime;
        await using var db = await house.App.Databases.ForSystemAsync(Ct);
        var alert = new Alert
        {
            StoreId = storeId,
            Deadline = new Deadline
            {
                StoreId = storeId,
                Kind = DeadlineKind.FirstAnswer,
                Subject = $"conversation:{Guid.NewGuid():N}",
                RuleKey = RuleKeys.FirstAnswer,
                StartedAt = now,
                DueAt = now,
            },
            MinutesBefore = 0,
            DueAt = now,
            ReachedAt = now,
            RaisedAt = now,
        };
        db.Alerts.Add(alert);
        await db.SaveChangesAsync(Ct);
        var people = await db.Memberships.Where(m => m.StoreId == storeId && m.Role != StoreRole.Support).Select(m => m.UserId).ToListAsync(Ct);
        db.AlertReceipts.AddRange(people.Select(p => new AlertReceipt { StoreId = storeId, AlertId = alert.Id, UserId = p, Channels = AlertChannels.Toast }));
        db.Announce(storeId, EventKind.Alert, $"{alert.Id}");
        await db.CommitAsync(Ct);
        return alert.Id;
    }
}
