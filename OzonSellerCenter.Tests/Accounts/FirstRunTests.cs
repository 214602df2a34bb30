using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Accounts;

/// <summary>The first start outside the demo: whoever reads the log of the server becomes the first owner, once.</summary>
public sealed partial class FirstRunTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task The_token_of_the_log_makes_the_first_owner_and_his_store(Provider provider)
    {
        await using var app = WebApp.Start(provider);
        using var visitor = app.Visit();
        Assert.Equal("/set-up", (await visitor.GetAsync("/sign-in")).Location);
        var token = Assert.Single(Token().Matches(app.Log())).Groups[1].Value;

        var wrong = await SetUpAsync(visitor, new string('0', token.Length));
        Assert.Equal(HttpStatusCode.Forbidden, wrong.Status);
        Assert.Contains("This is not the token from the log.", wrong.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await SetUpAsync(visitor, "")).Status);
        Assert.Equal(0, await CountAsync(app));

        var poor = await SetUpAsync(visitor, token, password: "short", clientId: "twelve");
        Assert.Equal(HttpStatusCode.OK, poor.Status);
        Assert.Equal(["Password", "ClientId"], poor.Document.QuerySelectorAll("[aria-invalid=true]").Select(e => e.Id));
        Assert.Null(poor.Document.QuerySelector("#Password")!.GetAttribute("value"));

        Assert.Equal("/settings/store", (await SetUpAsync(visitor, $" {token} ")).Location);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/settings/store")).Status);
        await using var db = await app.Databases.ForSystemAsync(Ct);
        var membership = await db.Memberships.Include(m => m.User).Include(m => m.Store).SingleAsync(Ct);
        Assert.Equal((StoreRole.Owner, "olga@shop.test", "777"), (membership.Role, membership.User.Email, membership.Store.ClientId));
        Assert.Equal((ConnectionState.NoKey, false), (membership.Store.Connection, membership.Store.IsSandbox));
    }

    [Fact]
    public async Task Once_done_the_page_is_gone_and_no_later_start_prints_a_token()
    {
        var folder = Directory.CreateTempSubdirectory("osc-web-").FullName;
        await using (var first = WebApp.Start(folder: folder))
        {
            using var early = first.Visit();
            var opened = await early.GetAsync("/set-up");
            var token = Token().Match(first.Log()).Groups[1].Value;
            using var owner = first.Visit();
            Assert.Equal("/settings/store", (await SetUpAsync(owner, token)).Location);

            // Who had the page open from before makes no second owner.
            await early.SubmitAsync(opened, "set-up", [.. Fields(token, "late@shop.test")]);
            Assert.Equal(1, await CountAsync(first));
            Assert.Equal("/sign-in", (await early.GetAsync("/set-up")).Location);
        }

        await using (var second = WebApp.Start(folder: folder))
        {
            using var visitor = second.Visit();
            Assert.Equal("/sign-in", (await visitor.GetAsync("/set-up")).Location);
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/sign-in")).Status);
            Assert.Single(Token().Matches(second.Log()));
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_account_made_by_command_line_meanwhile_ends_the_set_up()
    {
        await using var app = WebApp.Start();
        using var visitor = app.Visit();
        Assert.Equal("/set-up", (await visitor.GetAsync("/sign-in")).Location);
        await app.AddPersonAsync("admin@shop.test");
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/sign-in")).Status);
        Assert.Equal("/", (await visitor.SignInAsync("admin@shop.test")).Location);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Of_twenty_at_once_one_becomes_owner(Provider provider)
    {
        await using var app = WebApp.Start(provider);
        var setUp = app.Get<SetUp>();
        var token = Token().Match(app.Log()).Groups[1].Value;
        var made = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => setUp.FinishAsync(
            new SetUpInput { Token = token, Name = "Ольга", Email = $"owner{i}@shop.test", Password = WebApp.Password, StoreName = "Лампы", ClientId = $"{i + 1}" }, Ct)));
        Assert.Single(made, m => m.Owner is not null);
        Assert.All(made.Where(m => m.Owner is null), m => Assert.True(m.Refusal!.Key is "SetUpDone" or "SetUpTokenWrong", m.Refusal.Key));
        Assert.Equal(1, await CountAsync(app));
    }

    private static async Task<Page> SetUpAsync(Visitor visitor, string token, string password = WebApp.Password, string clientId = "777") =>
        await visitor.SubmitAsync(await visitor.GetAsync("/set-up"), "set-up", [.. Fields(token, "olga@shop.test", password, clientId)]);

    private static IEnumerable<(string, string)> Fields(string token, string email, string password = WebApp.Password, string clientId = "777") =>
    [
        ("Input.Token", token), ("Input.Name", "Ольга"), ("Input.Email", email), ("Input.Password", password), ("Input.StoreName", "Лампы"), ("Input.ClientId", clientId),
    ];

    private static async Task<int> CountAsync(WebApp app)
    {
        await using var db = await app.Databases.ForSystemAsync(Ct);
        Assert.Equal(await db.Stores.CountAsync(Ct), await db.Memberships.CountAsync(m => m.Role == StoreRole.Owner, Ct));
        return await db.Users.CountAsync(Ct);
    }

    [GeneratedRegex("set-up token: ([0-9a-f]{32})")]
    private static partial Regex Token();
}
