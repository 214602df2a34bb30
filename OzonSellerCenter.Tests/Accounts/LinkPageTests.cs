using System.Net;
using OzonSellerCenter.Data;
using OzonSellerCenter.Stores;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Accounts;

/// <summary>The pages behind the links that owners hand over, as a browser sees them.</summary>
public sealed class LinkPageTests(WebApp app) : IClassFixture<WebApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_invited_person_makes_an_account_and_is_in()
    {
        var (store, owner) = await ShopAsync("1000001");
        var link = await InviteAsync(owner, store, "anna@shop.test");
        using var anna = app.Visit();
        var page = await anna.GetAsync(link);
        Assert.Contains("Join “Store 1000001”", page.Text, StringComparison.Ordinal);
        Assert.Equal("anna@shop.test", page.Document.QuerySelector("#Email")!.GetAttribute("value"));

        var poor = await anna.SubmitAsync(page, "accept", ("Input.Name", ""), ("Input.Password", "anna"));
        Assert.Equal(["Name", "Password"], poor.Document.QuerySelectorAll("[aria-invalid=true]").Select(e => e.Id));

        Assert.Equal("/", (await anna.SubmitAsync(page, "accept", ("Input.Name", "Анна"), ("Input.Password", WebApp.Password))).Location);
        Assert.Equal(HttpStatusCode.OK, (await anna.GetAsync("/inbox")).Status);
        await AssertDeadAsync(link);
    }

    [Fact]
    public async Task A_person_with_an_account_signs_in_and_joins_and_a_stranger_is_told_for_whom_the_link_is()
    {
        var (store, owner) = await ShopAsync("1000002");
        var boris = await app.AddPersonAsync("boris@shop.test");
        await app.AddPersonAsync("stranger@shop.test");
        var link = await InviteAsync(owner, store, "boris@shop.test");

        using var stranger = app.Visit();
        await stranger.SignInAsync("stranger@shop.test");
        var seen = await stranger.GetAsync(link);
        Assert.Contains("The invitation is for boris@shop.test, which has an account.", seen.Text, StringComparison.Ordinal);
        Assert.Null(seen.Document.QuerySelector("form[method=post]"));

        using var browser = app.Visit();
        var way = (await browser.GetAsync(link)).Document.QuerySelector("main a.btn")!.GetAttribute("href")!;
        Assert.Equal(link, (await browser.SignInAsync("boris@shop.test", path: way)).Location);
        Assert.Equal("/", (await browser.SubmitAsync(await browser.GetAsync(link), "join")).Location);
        await using var db = await app.Databases.ForAsync(boris, Ct);
        Assert.Equal(StoreRole.Agent, db.RoleIn(store));
        await AssertDeadAsync(link);
    }

    [Fact]
    public async Task A_link_for_a_new_password_is_used_once_and_ends_every_session()
    {
        var (store, owner) = await ShopAsync("1000003");
        var vera = await app.AddPersonAsync("vera@shop.test", store);
        using var old = app.Visit();
        await old.SignInAsync("vera@shop.test");
        var (outcome, token) = await app.Get<TeamActions>().ResetPasswordAsync(owner, store, vera.Id, false, Ct);
        Assert.True(outcome.IsDone);

        using var browser = app.Visit();
        var page = await browser.GetAsync($"/reset/{token}");
        Assert.Equal("vera@shop.test", page.Document.QuerySelector("#Email")!.GetAttribute("value"));
        Assert.Contains("at least 12 characters", (await browser.SubmitAsync(page, "reset", ("Input.Password", "short"))).Text, StringComparison.Ordinal);
        var done = await browser.SubmitAsync(page, "reset", ("Input.Password", "ein neues langes Wort"));
        Assert.Equal("/sign-in?passwordChosen=true", done.Location);
        Assert.Contains("The new password is set.", (await browser.GetAsync(done.Location!)).Text, StringComparison.Ordinal);

        await AssertDeadAsync($"/reset/{token}");
        Assert.StartsWith("/sign-in", (await old.GetAsync("/inbox")).Location, StringComparison.Ordinal);
        Assert.Null((await browser.SignInAsync("vera@shop.test")).Location);
        Assert.Equal("/", (await browser.SignInAsync("vera@shop.test", "ein neues langes Wort")).Location);
    }

    [Fact]
    public async Task A_form_that_stood_open_while_its_link_ended_says_so()
    {
        var (store, owner) = await ShopAsync("1000004");
        var gleb = await app.AddPersonAsync("gleb@shop.test", store);
        var (_, token) = await app.Get<TeamActions>().ResetPasswordAsync(owner, store, gleb.Id, false, Ct);
        using var browser = app.Visit();
        var page = await browser.GetAsync($"/reset/{token}");
        app.Wall.Advance(PasswordReset.EndsAfter);
        var late = await browser.SubmitAsync(page, "reset", ("Input.Password", "ein neues langes Wort"));
        Assert.Contains(late.Status, new[] { HttpStatusCode.NotFound, HttpStatusCode.BadRequest });
        Assert.Equal("/", (await browser.SignInAsync("gleb@shop.test")).Location);
    }

    [Theory, InlineData("/invite/"), InlineData("/reset/")]
    public Task A_link_that_never_was_says_the_same_as_a_used_one(string path) => AssertDeadAsync(path + new string('0', 64));

    private async Task AssertDeadAsync(string link)
    {
        using var visitor = app.Visit();
        var page = await visitor.GetAsync(link);
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Contains("This link does not work. It was used, is over, or was taken back.", page.Text, StringComparison.Ordinal);
    }

    private async Task<(int StoreId, CurrentUser Owner)> ShopAsync(string clientId)
    {
        var store = await app.AddStoreAsync(clientId);
        return (store, await app.AddPersonAsync($"owner-{clientId}@shop.test", store, StoreRole.Owner));
    }

    private async Task<string> InviteAsync(CurrentUser owner, int store, string email)
    {
        var (outcome, token) = await app.Get<TeamActions>().InviteAsync(owner, store, email, StoreRole.Agent, Ct);
        Assert.True(outcome.IsDone, outcome.Refusal?.Key);
        return $"/invite/{token}";
    }
}
