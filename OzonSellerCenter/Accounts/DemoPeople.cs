using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Stores;

namespace OzonSellerCenter.Accounts;

/// <summary>The people and stores of the demo. They exist only with the sandbox on; should a database with them be opened without it,
/// they are kept out.</summary>
public sealed class DemoPeople(IConfiguration configuration)
{
    public const string Password = "Demo-Pass-2026";
    private const string FirstClientId = "1000001";
    private const string SecondClientId = "1000002";

    private static readonly Person[] People =
    [
        new("owner@demo.test", "Ольга Морозова", FirstClientId, StoreRole.Owner),
        new("agent@demo.test", "Алексей Ким", FirstClientId, StoreRole.Agent),
        new("support@demo.test", "Светлана Орлова", FirstClientId, StoreRole.Support),
        new("support2@demo.test", "Денис Попов", FirstClientId, StoreRole.Support),
        new("other@demo.test", "Ирина Белова", SecondClientId, StoreRole.Owner),
    ];

    private readonly bool _sandbox = configuration.GetValue<bool>("Sandbox:Enabled");

    /// <summary>False for a demo account without the sandbox: its password is printed in the README.</summary>
    public bool MayEnter(AppUser user) => _sandbox || !People.Any(p => p.Email.Equals(user.Email, StringComparison.OrdinalIgnoreCase));

    /// <summary>True when the database knows somebody beside the demo's people.</summary>
    public static Task<bool> AnyoneElseAsync(SellerCenterDb db, CancellationToken cancellation)
    {
        var demo = People.Select(p => p.Email).ToArray();
        return db.Users.AnyAsync(u => !demo.Contains(u.Email!), cancellation);
    }

    /// <summary>Makes what is missing of the demo; called at start, with the sandbox on only, after the database is there.</summary>
    public static async Task EnsureAsync(IServiceProvider services, CancellationToken cancellation)
    {
        await using var scope = services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<AppUser>>();
        foreach (var person in People)
        {
            if (await people.FindByNameAsync(person.Email) is not null) continue;
            var user = new AppUser { UserName = person.Email, Email = person.Email, EmailConfirmed = true, DisplayName = person.Name };
            var made = await people.CreateAsync(user, Password);
            if (!made.Succeeded) throw new InvalidOperationException($"{person.Email}: {string.Join(' ', made.Errors.Select(e => e.Description))}");
        }

        var databases = scope.ServiceProvider.GetRequiredService<Databases>();
        var secrets = scope.ServiceProvider.GetRequiredService<StoreSecrets>();
        await using var db = await databases.ForSystemAsync(cancellation);
        await EnsureStoreAsync(db, secrets, FirstClientId, "Дом и свет", cancellation);
        await EnsureStoreAsync(db, secrets, SecondClientId, "Лес и палатка", cancellation);
        await EnsureMembersAsync(db, scope.ServiceProvider.GetRequiredService<TimeProvider>(), cancellation);
    }

    private static async Task EnsureStoreAsync(SellerCenterDb db, StoreSecrets secrets, string clientId, string name, CancellationToken cancellation)
    {
        if (await db.Stores.AnyAsync(s => s.ClientId == clientId, cancellation)) return;
        var store = new Store { Name = name, ClientId = clientId, IsSandbox = true, ReturnPolicy = ReturnPolicy };
        db.Stores.Add(store);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.SaveChangesAsync(cancellation);
        store.ProtectedApiKey = secrets.Protect(store.Id, $"sandbox-key-{clientId}");
        var push = StoreSecrets.NewSecret();
        store.PushSecretHash = StoreSecrets.HashOf(push);
        store.ProtectedPushSecret = secrets.Protect(store.Id, push);
        db.Audit(store.Id, "store.created", clientId, "demo");
        db.Announce(store.Id, EventKind.Store, "");
        await db.CommitAsync(cancellation);
    }

    private static async Task EnsureMembersAsync(SellerCenterDb db, TimeProvider clock, CancellationToken cancellation)
    {
        var stores = await db.Stores.Where(s => s.IsSandbox).ToDictionaryAsync(s => s.ClientId, s => s.Id, cancellation);
        var emails = People.Select(p => p.Email).ToArray();
        var users = await db.Users.Where(u => emails.Contains(u.Email!)).ToDictionaryAsync(u => u.Email!, u => u.Id, cancellation);
        foreach (var person in People)
        {
            if (!stores.TryGetValue(person.ClientId, out var storeId)) continue;

            // Somebody who was removed on the team page stays removed: only a person who was never in any store is put in.
            var userId = users[person.Email];
            if (await db.Memberships.AnyAsync(m => m.UserId == userId, cancellation)) continue;
            if (await db.AuditEntries.AnyAsync(a => a.Action == "member.added" && a.Subject == userId, cancellation)) continue;
            db.Memberships.Add(new Membership { StoreId = storeId, UserId = userId, Role = person.Role, SinceAt = clock.GetUtcNow().UtcDateTime });
            db.Audit(storeId, "member.added", userId, person.Role.ToString());
            db.Announce(storeId, EventKind.Membership, userId);
        }

        await db.CommitAsync(cancellation);
    }

    private const string ReturnPolicy =
        """
        Возврат товара надлежащего качества — 7 дней с получения, если сохранены товарный вид, комплект и упаковка.
        Брак или повреждение: 14 дней, просим фото дефекта, этикетки и упаковки.
        Обратную доставку при браке оплачивает магазин. Деньги возвращаем в течение 10 дней после решения.
        Лампы и светильники со следами монтажа как товар надлежащего качества не принимаем.
        """;

    private sealed record Person(string Email, string Name, string ClientId, StoreRole Role);
}
