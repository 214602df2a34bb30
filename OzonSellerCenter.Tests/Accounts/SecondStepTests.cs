using System.Net;
using System.Security.Claims;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Data;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Accounts;

/// <summary>Authenticator codes, recovery codes and passkeys.</summary>
public sealed class SecondStepTests(WebApp app) : IClassFixture<WebApp>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Once_turned_on_the_password_alone_does_not_open_and_each_code_opens_once()
    {
        var (key, _) = await TurnOnAsync("anna@shop.test");
        using var first = app.Visit();
        var asked = await first.SignInAsync("anna@shop.test", path: "/sign-in?returnUrl=%2Finbox%2F7");
        Assert.Equal("/sign-in/code?returnUrl=%2Finbox%2F7", asked.Location);
        Assert.StartsWith("/sign-in", (await first.GetAsync("/inbox")).Location, StringComparison.Ordinal);
        Assert.Contains("The code does not fit.", (await CodeAsync(first, "000000", asked.Location!)).Text, StringComparison.Ordinal);

        var code = NextCode(key);
        Assert.Equal("/inbox/7", (await CodeAsync(first, $"{code[..3]} {code[3..]}", asked.Location!)).Location);
        Assert.Equal(HttpStatusCode.OK, (await first.GetAsync("/inbox")).Status);

        using var second = app.Visit();
        await second.SignInAsync("anna@shop.test");
        Assert.Contains("each code works once", (await CodeAsync(second, code)).Text, StringComparison.Ordinal);
        Assert.Equal("/", (await CodeAsync(second, NextCode(key))).Location);
    }

    [Fact]
    public async Task The_key_is_not_taken_before_a_code_proves_that_the_app_has_it()
    {
        var me = await PrincipalAsync(await app.AddPersonAsync("boris@shop.test"));
        var key = await Steps.NewKeyAsync(Ct);
        var (refused, none) = await Steps.TurnOnAsync(me, key, "123456", Ct);
        Assert.Equal(("CodeWrong", null), (refused.Refusal?.Key, none));
        using var boris = app.Visit();
        Assert.Equal("/", (await boris.SignInAsync("boris@shop.test")).Location);
    }

    [Fact]
    public async Task The_password_does_not_buy_new_tries_for_the_code()
    {
        var (key, _) = await TurnOnAsync("vera@shop.test");
        using var guesser = app.Visit();
        for (var i = 0; i < 12; i++)
        {
            await guesser.SignInAsync("vera@shop.test");
            if (await AskedForCodeAsync(guesser)) await CodeAsync(guesser, "000000");
        }

        using var vera = app.Visit();
        await vera.SignInAsync("vera@shop.test");
        Assert.False(await AskedForCodeAsync(vera) && (await CodeAsync(vera, NextCode(key))).Location is not null, "the guesser has had ten tries and goes on");
        app.Wall.Advance(SignInGuard.Pause);
        await vera.SignInAsync("vera@shop.test");
        Assert.Equal("/", (await CodeAsync(vera, NextCode(key))).Location);
    }

    [Fact]
    public async Task A_recovery_code_opens_once()
    {
        var (_, codes) = await TurnOnAsync("gleb@shop.test");
        Assert.Equal(10, codes.Distinct().Count());
        foreach (var opens in new[] { true, false })
        {
            using var gleb = app.Visit();
            await gleb.SignInAsync("gleb@shop.test");
            var answer = await CodeAsync(gleb, codes[3].ToLowerInvariant().Replace("-", "", StringComparison.Ordinal), "/sign-in/code?recovery=true");
            Assert.Equal(opens, answer.Location is not null);
        }

        await using var db = await app.Databases.ForSystemAsync(Ct);
        var kept = await db.UserTokens.Select(t => t.Value!).ToListAsync(Ct);
        Assert.DoesNotContain(kept, value => codes.Any(c => value.Contains(c, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task The_code_page_is_for_who_gave_the_password()
    {
        await app.AddPersonAsync("faina@shop.test");
        using var stranger = app.Visit();
        Assert.Equal("/sign-in", (await stranger.GetAsync("/sign-in/code")).Location);
    }

    [Fact]
    public async Task Turning_it_on_or_off_signs_the_other_browsers_out_and_off_wants_the_password()
    {
        await TurnOnAsync("dina@shop.test");
        var me = await PrincipalAsync(await PersonAsync("dina@shop.test"));
        var other = await PrincipalAsync(await PersonAsync("dina@shop.test"));
        Assert.Equal("PasswordWrong", (await Steps.TurnOffAsync(me, "not the password", Ct)).Refusal?.Key);
        Assert.True((await Steps.TurnOffAsync(me, WebApp.Password, Ct)).IsDone);
        Assert.NotNull(await app.Get<SignInSessions>().FindAsync(me, Ct));
        Assert.Null(await app.Get<SignInSessions>().FindAsync(other, Ct));
        using var dina = app.Visit();
        Assert.Equal("/", (await dina.SignInAsync("dina@shop.test")).Location);
    }

    [Fact]
    public async Task Options_for_a_passkey_are_for_our_own_pages_and_adding_one_is_for_who_is_signed_in()
    {
        using var stranger = app.Visit();
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(stranger, PasskeyEndpoints.SignInOptions, null, ("Origin", "https://evil.example"))).Status);
        Assert.Contains("\"challenge\"", (await PostAsync(stranger, PasskeyEndpoints.SignInOptions)).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(stranger, PasskeyEndpoints.CreationOptions)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(stranger, PasskeyEndpoints.Passkeys, """{"credential":"{}"}""")).Status);

        await app.AddPersonAsync("egor@shop.test");
        using var egor = app.Visit();
        await egor.SignInAsync("egor@shop.test");
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(egor, PasskeyEndpoints.CreationOptions, null, ("Origin", "https://evil.example"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(egor, PasskeyEndpoints.Passkeys, """{"credential":"{}"}""", ("Sec-Fetch-Site", "same-site"))).Status);
        var options = await PostAsync(egor, PasskeyEndpoints.CreationOptions);
        Assert.Equal(HttpStatusCode.OK, options.Status);
        Assert.Contains("egor@shop.test", options.Body, StringComparison.Ordinal);
    }

    public static TheoryData<string> Garbage =>
    [
        "", "null", "x", "{}", "[]", "{\"id\":\"AA\"}", "{\"id\":1,\"rawId\":2,\"type\":\"public-key\",\"response\":{}}",
        """{"id":"AAAA","rawId":"AAAA","type":"public-key","clientExtensionResults":{},"response":{"clientDataJSON":"AAAA","attestationObject":"AAAA","authenticatorData":"AAAA","signature":"AAAA","transports":[]}}""",
        """{"id":"AAAA","rawId":"AAAA","type":"public-key","clientExtensionResults":{},"response":{"clientDataJSON":"e30","attestationObject":"oA","authenticatorData":"e30","signature":"e30"}}""",
        """{"id":"AAAA","rawId":"AAAA","type":"public-key","clientExtensionResults":{},"response":{"clientDataJSON":"!!!","attestationObject":"!!!","authenticatorData":"!!!","signature":"!!!"}}""",
        new string('[', 5000),
    ];

    [Theory, MemberData(nameof(Garbage))]
    public async Task A_passkey_that_is_none_is_refused_and_no_fault(string credential)
    {
        var email = $"{Guid.NewGuid():N}@shop.test";
        await app.AddPersonAsync(email);
        using var person = app.Visit();
        await person.SignInAsync(email);
        var body = System.Text.Json.JsonSerializer.Serialize(new { credential, name = "x" });
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(person, PasskeyEndpoints.Passkeys, body)).Status);
        await PostAsync(person, PasskeyEndpoints.CreationOptions);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(person, PasskeyEndpoints.Passkeys, body)).Status);

        foreach (var asked in new[] { false, true })
        {
            using var stranger = app.Visit();
            var page = await stranger.GetAsync("/sign-in");
            if (asked) await PostAsync(stranger, PasskeyEndpoints.SignInOptions);
            var answer = await stranger.SubmitAsync(page, "passkey", ("Passkey.Credential", credential));
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Contains("This passkey does not open an account here.", answer.Text, StringComparison.Ordinal);
        }

        app.Wall.Advance(TimeSpan.FromMinutes(16));
    }

    [Theory, InlineData("{}"), InlineData("""{"credential":null}"""), InlineData("[]"), InlineData("null"), InlineData("{")]
    public async Task A_request_without_a_passkey_is_a_bad_one(string body)
    {
        var email = $"{Guid.NewGuid():N}@shop.test";
        await app.AddPersonAsync(email);
        using var person = app.Visit();
        await person.SignInAsync(email);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(person, PasskeyEndpoints.Passkeys, body)).Status);
    }

    private SecondStepActions Steps => app.Get<SecondStepActions>();

    private static Task<Page> PostAsync(Visitor visitor, string path, string? json = null, params (string, string)[] headers) =>
        visitor.SendAsync(HttpMethod.Post, path, json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"), headers);

    private static async Task<bool> AskedForCodeAsync(Visitor visitor) => (await visitor.GetAsync("/sign-in/code")).Status == HttpStatusCode.OK;

    private static async Task<Page> CodeAsync(Visitor visitor, string code, string path = "/sign-in/code") =>
        await visitor.SubmitAsync(await visitor.GetAsync(path), "code", ("Input.Code", code));

    private async Task<(string Key, IReadOnlyList<string> Codes)> TurnOnAsync(string email)
    {
        var me = await PrincipalAsync(await app.AddPersonAsync(email));
        var key = await Steps.NewKeyAsync(Ct);
        var (outcome, codes) = await Steps.TurnOnAsync(me, key, NextCode(key), Ct);
        Assert.True(outcome.IsDone, outcome.Refusal?.Key);
        return (key, codes!);
    }

    /// <summary>The code of a step that was not used yet.</summary>
    private string NextCode(string key)
    {
        app.Wall.Advance(TimeSpan.FromSeconds(30));
        return OneTimeCodes.CodeAt(key, app.Wall.GetUtcNow().ToUnixTimeSeconds() / 30);
    }

    private async Task<CurrentUser> PersonAsync(string email)
    {
        await using var db = await app.Databases.ForSystemAsync(Ct);
        var user = await db.Users.SingleAsync(u => u.Email == email, Ct);
        return new CurrentUser(user.Id, user.DisplayName);
    }

    /// <summary>The person in a browser of his own, as the cookie would name him.</summary>
    private async Task<ClaimsPrincipal> PrincipalAsync(CurrentUser person)
    {
        await using var db = await app.Databases.ForSystemAsync(Ct);
        var user = await db.Users.AsNoTracking().SingleAsync(u => u.Id == person.Id, Ct);
        var session = await app.Get<SignInSessions>().StartAsync(user, "test", Ct);
        return new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, person.Id), new(Session.SessionClaim, session)], "test"));
    }
}
