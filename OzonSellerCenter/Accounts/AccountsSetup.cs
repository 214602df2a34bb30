using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Accounts;

public static class AccountsSetup
{
    /// <summary>Adds accounts, the session cookie and the rule that everything wants a signed-in person unless it says otherwise.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton(new WallClock(TimeProvider.System));
        services.AddSingleton<DemoPeople>();
        services.AddSingleton<SignInSessions>();
        services.AddSingleton<SignInGuards>();
        services.AddSingleton<FreshSignIn>();
        services.AddSingleton<AddressLimit>();
        services.AddSingleton<SetUp>();
        services.AddHostedService<AccountsStart>();
        services.AddSingleton<InviteActions>();
        services.AddSingleton<ResetActions>();
        services.AddSingleton<ProfileActions>();
        services.AddSingleton<SecondStepActions>();
        services.AddScoped<SignInActions>();
        services.AddScoped<Session>();
        services.AddHttpContextAccessor();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, SessionWatch>();
        services.AddScoped<CircuitHandler, SessionWatchStart>();
        AddIdentity(services);
        AddCookies(services);
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        return services;
    }

    /// <summary>Who asks, and may he: after the public files, before the pages.</summary>
    public static void UseAccounts(this WebApplication app)
    {
        app.UseOwnOriginOnly();
        app.UseAuthentication();
        app.UseAuthorization();
    }

    /// <summary>What the passkey script of the browser calls; the pages map themselves.</summary>
    public static void MapAccounts(this WebApplication app) => app.MapPasskeys();

    private static void AddIdentity(IServiceCollection services)
    {
        services.AddIdentityCore<AppUser>(options =>
            {
                options.User.RequireUniqueEmail = true;

                // Names are e-mail addresses, which the forms check; Identity's own list of letters would keep o'brien@ and имя@ out.
                options.User.AllowedUserNameCharacters = "";
                options.Password.RequiredLength = PasswordRules.MinLength;
                options.Password.RequiredUniqueChars = 5;
                options.Password.RequireDigit = false;
                options.Password.RequireLowercase = false;
                options.Password.RequireUppercase = false;
                options.Password.RequireNonAlphanumeric = false;

                // Our own guard counts tries atomically; Identity's counter loses parallel ones.
                options.Lockout.AllowedForNewUsers = false;
            })
            .AddUserStore<AccountStore>()
            .AddSignInManager<AccountSignIn>()
            .AddClaimsPrincipalFactory<AccountClaims>()
            .AddPasswordValidator<PasswordRules>()
            .AddTokenProvider<OneTimeCodes>(TokenOptions.DefaultAuthenticatorProvider)
            .AddTokenProvider<DataProtectorTokenProvider<AppUser>>(TokenOptions.DefaultProvider);
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = SignInActions.PasswordIterations);
    }

    private static void AddCookies(IServiceCollection services)
    {
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddDataProtection().SetApplicationName("OzonSellerCenter");
        services.AddOptions<Microsoft.AspNetCore.DataProtection.KeyManagement.KeyManagementOptions>().Configure<DataFolder, ILoggerFactory>((options, folder, logs) =>
            options.XmlRepository = new Microsoft.AspNetCore.DataProtection.Repositories.FileSystemXmlRepository(
                Directory.CreateDirectory(folder.PathOf("keys", "cookies")), logs));
        services.ConfigureAll<CookieAuthenticationOptions>(options =>
        {
            options.TimeProvider = TimeProvider.System;
            options.CookieManager = new HostCookies();
            options.Cookie.HttpOnly = true;
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.Configure<CookieAuthenticationOptions>(IdentityConstants.TwoFactorUserIdScheme, options => options.Cookie.Name = "osc-step");
        services.ConfigureApplicationCookie(options =>
        {
            options.Cookie.Name = "osc-session";
            options.ExpireTimeSpan = SignInSession.EndsAfterIdle;
            options.SlidingExpiration = true;
            options.LoginPath = Links.SignIn;
            options.ReturnUrlParameter = "returnUrl";
            options.Events.OnValidatePrincipal = AccountSignIn.ValidateAsync;
            options.Events.OnRedirectToLogin = SignInOr401Async;
            options.Events.OnRedirectToAccessDenied = context =>
            {
                // As for a thing that is not there.
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
            };
        });
    }

    /// <summary>A page asks to sign in; a circuit, a hub or a form just says no.</summary>
    private static Task SignInOr401Async(Microsoft.AspNetCore.Authentication.RedirectContext<CookieAuthenticationOptions> context)
    {
        var path = context.Request.Path;
        var isPage = HttpMethods.IsGet(context.Request.Method) && !path.StartsWithSegments("/_blazor") && !path.StartsWithSegments("/hubs");
        if (isPage) context.Response.Redirect(context.RedirectUri);
        else context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }
}
