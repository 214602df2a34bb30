namespace OzonSellerCenter.Tests.Access;

/// <summary>Who asks. The first four belong to one store (anonymous to none), the last owns another one.</summary>
public enum Who
{
    Anonymous,
    Owner,
    Agent,
    Support,
    Other,
}

/// <summary>What every address answers to everybody. A route that is not in the table fails a test, so nobody forgets to think about it.</summary>
/// <param name="Route">The method and the pattern as the app maps it.</param>
/// <param name="Path">An address that fits: <c>{conversation}</c>, <c>{attachment}</c>, <c>{pdf}</c>, <c>{posting}</c>, <c>{labels}</c>, <c>{product}</c>, <c>{return}</c>, <c>{photo}</c>, <c>{inspected}</c>, <c>{case}</c>, <c>{evidence}</c>, <c>{pack}</c> and <c>{draft}</c> stand for ids in the store of the
/// first four; <c>{draft}</c> is a file on the agent's draft.</param>
/// <param name="Anonymous">Expected status; <c>302</c> is the way to the sign-in page.</param>
internal sealed record AccessRule(string Route, string Path, int Anonymous, int Owner, int Agent, int Support, int Other)
{
    /// <summary>Everything outside the sandbox. Pages answer every signed-in person alike: what they show is read by the open tab,
    /// with the eyes of the person, and an id of others shows what a missing one shows.</summary>
    public static readonly AccessRule[] Table =
    [
        Page("/inbox"),
        Page("/inbox/{Id:long}", "/inbox/{conversation}"),
        Page("/due"),
        Page("/orders"),
        Page("/orders/{PostingNumber}", "/orders/{posting}"),
        Page("/returns"),
        Page("/returns/{Id:long}", "/returns/{return}"),
        Page("/disputes"),
        Page("/disputes/{Id:long}", "/disputes/1"),
        Page("/disputes/new"),
        Page("/disputes/help"),
        Page("/orders/tracking"),
        Page("/orders/unpaid"),
        Page("/orders/labels/{Id:long}", "/orders/labels/{labels}"),
        Page("/returns/policy"),
        Page("/orders/{PostingNumber}/refund", "/orders/{posting}/refund"),
        Page("/refunds"),
        Page("/insights/refunds"),
        Page("/refunds/{Id:long}", "/refunds/1"),
        Page("/support"),
        Page("/support/figures"),
        Page("/settings/store"),
        Page("/settings/team"),
        Page("/settings/proactive"),
        Page("/settings/profile"),
        Page("/settings/alerts"),
        Page("/settings/keys"),
        new("GET /", "/", 302, 302, 302, 302, 302),

        ForAll("GET /sign-in/code", "/sign-in/code", 302),
        ForAll("GET /sign-out", "/sign-out", 302, 200),
        new("GET /sign-in", "/sign-in", 200, 302, 302, 302, 302),
        ForAll("GET /set-up", "/set-up", 302),
        ForAll("GET /invite/{token}", "/invite/0123", 404),
        ForAll("GET /reset/{token}", "/reset/0123", 404),
        Page("/not-found"),

        Inside("GET /files/attachments/{id:long}", "/files/attachments/{attachment}"),
        new("GET /files/attachments/{id:long}", "/files/attachments/{draft}", 302, 404, 200, 404, 404),
        Inside("GET /files/attachments/{id:long}/preview", "/files/attachments/{pdf}/preview"),
        new("GET /files/attachments/{id:long}/preview", "/files/attachments/{attachment}/preview", 302, 404, 404, 404, 404),
        Inside("GET /inbox/{id:long}/transcript", "/inbox/{conversation}/transcript"),
        Inside("GET /inbox/{id:long}/transcript", "/inbox/{conversation}/transcript?format=json"),
        Inside("GET /inbox/{id:long}/transcript", "/inbox/{conversation}/transcript?format=pdf"),

        Inside("GET /files/products/{id:long}", "/files/products/{product}"),
        Inside("GET /files/returns/{id:long}", "/files/returns/{photo}"),
        Inside("GET /files/inspections/{id:long}", "/files/inspections/{inspected}"),

        Inside("GET /files/evidence/{id:long}", "/files/evidence/{evidence}"),
        Inside("GET /files/evidence/{id:long}/view", "/files/evidence/{evidence}/view"),
        Inside("GET /files/evidence/{id:long}/thumb", "/files/evidence/{evidence}/thumb"),

        // Without the header of our own script nobody gets further; with it, EvidenceEndpointTests asks.
        ForAll("POST /disputes/{id:long}/uploads", "/disputes/{case}/uploads", 401, 400),
        ForAll("PATCH /disputes/uploads/{uploadId}", "/disputes/uploads/0123", 401, 400),
        ForAll("DELETE /disputes/uploads/{uploadId}", "/disputes/uploads/0123", 401, 400),
        Inside("GET /files/packs/{id:long}.pdf", "/files/packs/{pack}.pdf"),
        Inside("GET /files/packs/{id:long}.zip", "/files/packs/{pack}.zip"),

        ForAll("GET /insights/refunds/export", "/insights/refunds/export?format=csv", 302, 200),
        ForAll("GET /insights/refunds/export", "/insights/refunds/export?format=xlsx", 302, 200),
        ForAll("GET /insights/refunds/export", "/insights/refunds/export?format=exe", 302, 400),
        ForAll("GET /support/figures/export", "/support/figures/export?format=csv", 302, 200),
        ForAll("GET /support/figures/export", "/support/figures/export?format=exe", 302, 400),
        ForAll("GET /orders/export", "/orders/export?format=csv", 302, 200),
        ForAll("GET /orders/export", "/orders/export?format=xlsx", 302, 200),
        ForAll("GET /orders/export", "/orders/export?format=exe", 302, 400),

        new("GET /orders/labels/{id:long}.pdf", "/orders/labels/{labels}.pdf", 302, 200, 200, 404, 404),
        new("GET /orders/labels/{id:long}.pdf", "/orders/labels/{labels}.pdf?n=1", 302, 404, 404, 404, 404),

        ForAll("POST /sign-in/passkey-options", "/sign-in/passkey-options", 200),
        ForAll("POST /settings/profile/passkey-options", "/settings/profile/passkey-options", 401, 200),
        ForAll("POST /settings/profile/passkeys", "/settings/profile/passkeys", 401, 400),

        ForAll("POST /hubs/alerts/negotiate", "/hubs/alerts/negotiate?negotiateVersion=1", 401, 200),
        ForAll("GET /hubs/alerts", "/hubs/alerts?id=0123", 401, 404),
        ForAll("POST /_blazor/negotiate", "/_blazor/negotiate?negotiateVersion=1", 401, 200),
        ForAll("GET /_blazor", "/_blazor?id=0123", 401, 404),
        ForAll("POST /_blazor/disconnect", "/_blazor/disconnect", 401, 400),
        ForAll("GET /_blazor/initializers", "/_blazor/initializers", 401, 200),

        ForAll("GET /health/live", "/health/live", 200),
        ForAll("GET /health/ready", "/health/ready", 200),
        ForAll("GET /time", "/time", 200),
        ForAll("GET /ozon/push/{**secret}", "/ozon/push/0123", 404),
    ];

    public int Of(Who who) => who switch
    {
        Who.Anonymous => Anonymous,
        Who.Owner => Owner,
        Who.Agent => Agent,
        Who.Support => Support,
        _ => Other,
    };

    private static AccessRule Page(string pattern, string? path = null) => new($"GET {pattern}", path ?? pattern, 302, 200, 200, 200, 200);

    /// <summary>A thing of the store: its members see it, for everybody else it is not there.</summary>
    private static AccessRule Inside(string route, string path) => new(route, path, 302, 200, 200, 200, 404);

    private static AccessRule ForAll(string route, string path, int anonymous, int? signedIn = null) =>
        new(route, path, anonymous, signedIn ?? anonymous, signedIn ?? anonymous, signedIn ?? anonymous, signedIn ?? anonymous);
}
