using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;

namespace OzonSellerCenter.Operations;

/// <summary><c>user add EMAIL</c>: an account without a browser, for the first owner or for a way back in.</summary>
internal static class UserCommand
{
    /// <summary>Without letters and digits that look alike.</summary>
    private const string PasswordLetters = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789";

    public static Command Create(Func<WebApplication> compose)
    {
        var email = new Argument<string>("EMAIL") { Description = "With which the person signs in." };
        var name = new Option<string?>("--name") { Description = "The name colleagues see." };
        var store = new Option<string?>("--store") { Description = "Client-Id of the store the person becomes a member of." };
        var role = new Option<StoreRole>("--role") { Description = "Owner, Agent or Support.", DefaultValueFactory = _ => StoreRole.Owner };
        var add = new Command("add", "Adds an account, or makes an existing one a member of a store. The password is read from standard input.")
        {
            email, name, store, role,
        };
        add.SetAction(async (parsed, cancellation) =>
        {
            await using var app = compose();
            await app.Services.GetRequiredService<StartUp>().PrepareBesideAsync("The app is running; the account is added to its database.", cancellation);
            await using var scope = app.Services.CreateAsyncScope();
            var wish = new NewMember(parsed.GetRequiredValue(email).Trim(), parsed.GetValue(name), parsed.GetValue(store), parsed.GetValue(role));
            return await AddAsync(scope.ServiceProvider, wish, Console.In, Console.Out, cancellation);
        });
        return new Command("user", "Accounts.") { add };
    }

    /// <summary>Who is to be added where.</summary>
    internal sealed record NewMember(string Email, string? Name, string? ClientId, StoreRole Role);

    /// <returns>The exit code.</returns>
    internal static async Task<int> AddAsync(
        IServiceProvider services, NewMember wish, TextReader input, TextWriter output, CancellationToken cancellation)
    {
        await using var db = await services.GetRequiredService<Databases>().ForSystemAsync(cancellation);
        var store = wish.ClientId is null ? null : await db.Stores.SingleOrDefaultAsync(s => s.ClientId == wish.ClientId, cancellation);
        if (wish.ClientId is not null && store is null)
        {
            await output.WriteLineAsync($"There is no store with Client-Id {wish.ClientId}; nothing was changed.");
            return 1;
        }

        var people = services.GetRequiredService<UserManager<AppUser>>();
        if (await people.FindByEmailAsync(wish.Email) is not { } user)
        {
            user = new AppUser { UserName = wish.Email, Email = wish.Email, EmailConfirmed = true, DisplayName = wish.Name ?? wish.Email.Split('@')[0] };
            if (!await CreateAsync(people, user, input, output)) return 1;
        }
        else
        {
            await output.WriteLineAsync($"{wish.Email} has an account already; its password stays.");
        }

        if (store is not null) await JoinAsync(db, store, user, wish.Role, services.GetRequiredService<TimeProvider>(), cancellation);
        await output.WriteLineAsync(store is null ? $"{wish.Email} can sign in and is a member of no store yet." : $"{wish.Email} is {wish.Role} of {store.Name}.");
        return 0;
    }

    private static async Task<bool> CreateAsync(UserManager<AppUser> people, AppUser user, TextReader input, TextWriter output)
    {
        var given = await AskPasswordAsync(input, output);
        var password = given ?? RandomNumberGenerator.GetString(PasswordLetters, 20);
        var made = await people.CreateAsync(user, password);
        if (!made.Succeeded)
        {
            await output.WriteLineAsync($"Not added: {string.Join(' ', made.Errors.Select(e => e.Description))}");
            return false;
        }

        if (given is null) await output.WriteLineAsync($"Password of {user.Email}, shown only now: {password}");
        return true;
    }

    private static async Task JoinAsync(SellerCenterDb db, Store store, AppUser user, StoreRole role, TimeProvider clock, CancellationToken cancellation)
    {
        if (await db.Memberships.FindAsync([store.Id, user.Id], cancellation) is { } there) there.Role = role;
        else db.Memberships.Add(new Membership { StoreId = store.Id, UserId = user.Id, Role = role, SinceAt = clock.GetUtcNow().UtcDateTime });
        db.Audit(store.Id, "member.added", user.Id, $"{role}, by command line");
        db.Announce(store.Id, EventKind.Membership, user.Id);
        await db.CommitAsync(cancellation);
    }

    /// <summary>A line of the standard input; at a terminal it is not shown. Null when it is empty: then one is made up.</summary>
    private static async Task<string?> AskPasswordAsync(TextReader input, TextWriter output)
    {
        if (input != Console.In || Console.IsInputRedirected) return await input.ReadLineAsync() is { Length: > 0 } line ? line : null;
        await output.WriteAsync("Password (empty: one is made up): ");
        var typed = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key != ConsoleKey.Backspace) typed.Append(key.KeyChar);
            else if (typed.Length > 0) typed.Length--;
        }

        await output.WriteLineAsync();
        return typed.Length > 0 ? typed.ToString() : null;
    }
}
