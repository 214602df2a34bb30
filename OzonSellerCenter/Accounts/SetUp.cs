using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Stores;

namespace OzonSellerCenter.Accounts;

/// <summary>What the first owner fills in.</summary>
internal sealed class SetUpInput
{
    public string Token { get; set; } = "";
    public string Name { get; set; } = "";
    public string Email { get; set; } = "";
    public string Password { get; set; } = "";
    public string StoreName { get; set; } = "";
    public string ClientId { get; set; } = "";
}

/// <summary>The first run: makes the first owner and his store, for whoever can read the log of the server, once.</summary>
internal sealed class SetUp(IServiceScopeFactory scopes, Databases databases, StoreSecrets secrets, TimeProvider clock, ILogger<SetUp> log)
{
    private byte[]? _tokenHash;

    /// <summary>True while the app has nobody who could sign in. Asked of the database as long as a token is out: another node or the
    /// command line may have made somebody meanwhile.</summary>
    public async Task<bool> IsOpenAsync(CancellationToken cancellation)
    {
        if (_tokenHash is not null && await IsAnyoneThereAsync(cancellation)) _tokenHash = null;
        return _tokenHash is not null;
    }

    /// <summary>At start: when there is nobody, prints a token to the log; only its hash is kept.</summary>
    public async Task OpenIfNobodyAsync(CancellationToken cancellation)
    {
        if (await IsAnyoneThereAsync(cancellation)) return;
        var token = StoreSecrets.NewSecret()[..32];
        _tokenHash = StoreSecrets.HashOf(token);

        // The one secret that is meant for the log; under the name "Token" it would be masked there like all others.
        log.LogWarning("First run. Open {Page} and enter this set-up token: {PrintedOnce}", Links.SetUp, token);
    }

    /// <summary>True for the token that was printed.</summary>
    public bool Knows(string token) =>
        _tokenHash is { } hash && CryptographicOperations.FixedTimeEquals(hash, SHA256.HashData(Encoding.UTF8.GetBytes(token.Trim())));

    /// <summary>Makes the owner and the store in one transaction that sees that nobody else did meanwhile.</summary>
    /// <returns>The owner, or why not; the reason's key is one of Identity's error codes or of this folder's texts.</returns>
    public async Task<(AppUser? Owner, Reason? Refusal)> FinishAsync(SetUpInput input, CancellationToken cancellation)
    {
        if (!Knows(input.Token)) return (null, new Reason("SetUpTokenWrong"));
        await using var work = await AccountWork.OpenAsync(scopes, null, cancellation);
        await using var transaction = await work.Db.Database.BeginTransactionAsync(cancellation);

        // Line 0 of the sequences stands for the app itself; whoever holds it is alone in here, on every node.
        await work.Db.Database.ExecuteSqlAsync(
            $"""INSERT INTO "StoreSequences" ("StoreId", "Last") VALUES (0, 0) ON CONFLICT ("StoreId") DO UPDATE SET "Last" = "StoreSequences"."Last" """,
            cancellation);
        if (await DemoPeople.AnyoneElseAsync(work.Db, cancellation))
        {
            _tokenHash = null;
            return (null, new Reason("SetUpDone"));
        }

        return await MakeAsync(work, input, cancellation);
    }

    private async Task<bool> IsAnyoneThereAsync(CancellationToken cancellation)
    {
        await using var db = await databases.ForSystemAsync(cancellation);
        return await DemoPeople.AnyoneElseAsync(db, cancellation);
    }

    private async Task<(AppUser? Owner, Reason? Refusal)> MakeAsync(AccountWork work, SetUpInput input, CancellationToken cancellation)
    {
        var db = work.Db;
        var email = input.Email.Trim();
        var owner = new AppUser { UserName = email, Email = email, EmailConfirmed = true, DisplayName = input.Name.Trim() };
        var made = await work.People.CreateAsync(owner, input.Password);
        if (!made.Succeeded) return (null, new Reason(made.Errors.First().Code));
        if (await db.Stores.AnyAsync(s => s.ClientId == input.ClientId.Trim(), cancellation)) return (null, new Reason("ClientIdTaken"));

        var now = clock.GetUtcNow().UtcDateTime;
        var store = new Store { Name = input.StoreName.Trim(), ClientId = input.ClientId.Trim(), ConnectionSince = now, Connection = ConnectionState.NoKey };
        db.Stores.Add(store);
        await db.SaveChangesAsync(cancellation);
        StoreActions.GivePushSecret(store, secrets);
        db.Memberships.Add(new Membership { StoreId = store.Id, UserId = owner.Id, Role = StoreRole.Owner, SinceAt = now });
        db.Audit(store.Id, "store.created", store.ClientId, "set-up");
        db.Audit(store.Id, "member.added", owner.Id, nameof(StoreRole.Owner));
        db.Announce(store.Id, EventKind.Store, "");
        await db.CommitAsync(cancellation);
        _tokenHash = null;
        return (owner, null);
    }
}
