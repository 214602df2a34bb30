using System.Net;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Accounts;

/// <summary>Signing in and out, as a browser does it.</summary>
public sealed class SignInTests(WebApp app) : IClassFixture<WebApp>
{
    private const string Wrong = "not the password at all";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/inbox", "/inbox")]
    [InlineData("/inbox/42?tab=support#m7", "/inbox/42?tab=support#m7")]
    [InlineData("/settings/team?store=2", "/settings/team?store=2")]
    [InlineData("/поиск?q=лампа", "/%D0%BF%D0%BE%D0%B8%D1%81%D0%BA?q=%D0%BB%D0%B0%D0%BC%D0%BF%D0%B0")]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("inbox", "/")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("///evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("\\\\evil.example", "/")]
    [InlineData("/x/..//evil.example", "/")]
    [InlineData("/./\\evil.example", "/")]
    [InlineData("/x/../\\evil.example", "/")]
    [InlineData("/%2e%2e//evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("/\n/evil.example", "/")]
    [InlineData(" //evil.example", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/sign-out", "/")]
    [InlineData("/x/../sign-out", "/")]
    [InlineData("/SIGN-IN?returnUrl=/inbox", "/")]
    public void Nobody_is_sent_to_another_site_after_signing_in(string? asked, string goes) => Assert.Equal(goes, LocalUrl.OrStart(asked));

    [Fact]
    public async Task The_right_password_opens_the_page_that_was_asked_for()
    {
        await app.AddPersonAsync("anna@shop.test");
        using var anna = app.Visit();
        var asked = await anna.GetAsync("/settings/team?store=1");
        Assert.Equal((HttpStatusCode.Redirect, "/sign-in?returnUrl=%2Fsettings%2Fteam%3Fstore%3D1"), (asked.Status, asked.Location));
        var signedIn = await anna.SignInAsync("anna@shop.test", path: asked.Location!);
        Assert.Equal("/settings/team?store=1", signedIn.Location);
        Assert.Equal(HttpStatusCode.OK, (await anna.GetAsync("/settings/team?store=1")).Status);

        // Who is in already is not asked again, and is not sent elsewhere either.
        Assert.Equal("/", (await anna.GetAsync("/sign-in?returnUrl=%2Fx%2F..%2F%2Fevil.example")).Location);
    }

    [Fact]
    public async Task The_cookie_is_bound_to_this_host_and_out_of_reach_for_scripts()
    {
        await app.AddPersonAsync("boris@shop.test");
        using var boris = app.Visit();
        var cookie = (await boris.SignInAsync("boris@shop.test")).Headers["Set-Cookie"].Split('\n').Single(c => c.StartsWith("__Host-osc-session=", StringComparison.Ordinal));
        foreach (var part in new[] { "path=/", "secure", "httponly", "samesite=lax" }) Assert.Contains(part, cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_refusal_does_not_tell_whether_the_person_exists_and_costs_the_same_work()
    {
        await app.AddPersonAsync("vera@shop.test");
        var closed = await app.AddPersonAsync("gone@shop.test");
        var paused = await app.AddPersonAsync("held@shop.test");
        await using (var db = await app.Databases.ForSystemAsync(Ct))
        {
            await db.Users.Where(u => u.Id == closed.Id).ExecuteUpdateAsync(set => set.SetProperty(u => u.DisabledAt, app.Wall.GetUtcNow().UtcDateTime), Ct);
        }

        for (var i = 0; i < SignInGuard.MaxTries; i++) await app.Get<SignInGuards>().TakeTryAsync(paused.Id, Ct);
        var answers = new List<string>();
        foreach (var (email, password) in new[]
        {
            ("vera@shop.test", Wrong), ("vera@shop.test", ""), ("nobody@shop.test", Wrong), ("gone@shop.test", WebApp.Password), ("held@shop.test", WebApp.Password),
            ("", Wrong), ("not an address", Wrong), ("VERA@shop.test", Wrong),
        })
        {
            using var visitor = app.Visit();
            var before = app.PasswordChecks;
            var answer = await visitor.SignInAsync(email, password);
            Assert.Equal(1, app.PasswordChecks - before);
            Assert.DoesNotContain(visitor.Cookies, c => c.Name.Contains("osc-", StringComparison.Ordinal));
            Assert.Equal(email, answer.Document.QuerySelector("#email")!.GetAttribute("value"));
            answers.Add($"{answer.Status} {answer.Text}");
        }

        Assert.Contains("E-mail or password is not right.", Assert.Single(answers.Distinct()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_ten_wrong_passwords_the_right_one_waits_for_fifteen_minutes()
    {
        await app.AddPersonAsync("gleb@shop.test");
        using var gleb = app.Visit();
        for (var i = 0; i < SignInGuard.MaxTries; i++) Assert.Equal(HttpStatusCode.OK, (await gleb.SignInAsync("gleb@shop.test", Wrong)).Status);
        Assert.Null((await gleb.SignInAsync("gleb@shop.test")).Location);
        app.Wall.Advance(SignInGuard.Pause - TimeSpan.FromSeconds(1));
        Assert.Null((await gleb.SignInAsync("Gleb@Shop.test")).Location);
        app.Wall.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("/", (await gleb.SignInAsync("gleb@shop.test")).Location);
    }

    [Fact]
    public async Task One_address_that_keeps_failing_is_asked_to_wait()
    {
        await app.AddPersonAsync("dina@shop.test");
        using var dina = app.Visit();
        var limit = app.Get<AddressLimit>();
        while (limit.Take(null)) continue;
        var answer = await dina.SignInAsync("dina@shop.test");
        Assert.Equal((HttpStatusCode.TooManyRequests, "900"), (answer.Status, answer.Headers["Retry-After"]));
        Assert.Contains("Wait 15 minutes", answer.Text, StringComparison.Ordinal);
        app.Wall.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal("/", (await dina.SignInAsync("dina@shop.test")).Location);
    }

    [Fact]
    public async Task A_form_from_another_site_or_without_its_token_does_nothing()
    {
        await app.AddPersonAsync("egor@shop.test");
        using var egor = app.Visit();
        (string, string)[] fields = [("_handler", "sign-in"), ("Input.Email", "egor@shop.test"), ("Input.Password", WebApp.Password)];
        HttpContent Form() => new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        Assert.Equal(HttpStatusCode.BadRequest, (await egor.SendAsync(HttpMethod.Post, "/sign-in", Form())).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await egor.SendAsync(HttpMethod.Post, "/sign-in", Form(), ("Origin", "https://evil.example"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await egor.SendAsync(HttpMethod.Post, "/sign-in", Form(), ("Origin", "null"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await egor.SendAsync(HttpMethod.Post, "/sign-in", Form(), ("Sec-Fetch-Site", "cross-site"))).Status);
        Assert.DoesNotContain(egor.Cookies, c => c.Name.Contains("osc-session", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_form_without_its_fields_is_a_refusal_and_no_fault()
    {
        await app.AddPersonAsync("faina@shop.test");
        using var visitor = app.Visit();
        var empty = await visitor.SubmitAsync(await visitor.GetAsync("/sign-in"), "sign-in");
        Assert.Equal(HttpStatusCode.OK, empty.Status);
        Assert.Contains("E-mail or password is not right.", empty.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await visitor.SubmitAsync(await visitor.GetAsync("/sign-in"), "sign-in", ("Input.Email", new string('a', 100_000)), ("Input.Password", new string('b', 100_000)))).Status);
        Assert.DoesNotContain(" ERR ", app.Log(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_also_for_a_copied_cookie()
    {
        await app.AddPersonAsync("zoya@shop.test");
        using var zoya = app.Visit();
        await zoya.SignInAsync("zoya@shop.test");
        using var thief = zoya.Copy();
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync("/inbox")).Status);

        // A link on another site, and a browser that looks ahead, get the question only.
        var asked = await zoya.GetAsync("/sign-out", ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"));
        Assert.Equal(HttpStatusCode.OK, asked.Status);
        Assert.Equal(HttpStatusCode.OK, (await zoya.GetAsync("/sign-out", ("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Mode", "navigate"), ("Sec-Purpose", "prefetch"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await zoya.GetAsync("/inbox")).Status);

        Assert.Equal("/sign-in", (await zoya.SubmitAsync(asked, "sign-out")).Location);
        Assert.StartsWith("/sign-in", (await zoya.GetAsync("/inbox")).Location, StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", (await thief.GetAsync("/inbox")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_link_of_the_own_menu_signs_out_at_once()
    {
        await app.AddPersonAsync("inna@shop.test");
        using var inna = app.Visit();
        await inna.SignInAsync("inna@shop.test");
        Assert.Equal("/sign-in", (await inna.GetAsync("/sign-out", ("Sec-Fetch-Site", "same-origin"), ("Sec-Fetch-Mode", "navigate"))).Location);
        Assert.StartsWith("/sign-in", (await inna.GetAsync("/inbox")).Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_nobody_uses_ends_after_two_weeks_and_any_after_ninety_days()
    {
        var person = await app.AddPersonAsync("kira@shop.test");
        using var idle = app.Visit();
        using var busy = app.Visit();
        await idle.SignInAsync("kira@shop.test");
        await busy.SignInAsync("kira@shop.test");
        for (var day = 0; day < 90; day += 9)
        {
            Assert.Equal(HttpStatusCode.OK, (await busy.GetAsync("/inbox")).Status);
            app.Wall.Advance(TimeSpan.FromDays(9));
        }

        Assert.StartsWith("/sign-in", (await idle.GetAsync("/inbox")).Location, StringComparison.Ordinal);
        app.Wall.Advance(TimeSpan.FromMinutes(1));
        Assert.StartsWith("/sign-in", (await busy.GetAsync("/inbox")).Location, StringComparison.Ordinal);

        // What ended is cleared away with the next sign-in.
        await busy.SignInAsync("kira@shop.test");
        await using var db = await app.Databases.ForSystemAsync(Ct);
        Assert.Equal(1, await db.SignInSessions.CountAsync(s => s.UserId == person.Id, Ct));
    }
}
