using System.Net;
using System.Text.Json.Serialization;
using System.Xml;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Api;
using OzonSellerCenter.Sandbox.Buyers;
using OzonSellerCenter.Sandbox.Pushes;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox;

/// <summary>What scripts and tests steer the sandbox with, <c>/sandbox/control/…</c>. Answers on this machine only.</summary>
internal static class ControlApi
{
    private const int LongestBuyerText = 4000;

    public sealed record ClockCommand(string Advance);

    public sealed record BuyerMessage(
        [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long ClientId,
        string? Text,
        string? PostingNumber,
        [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long? Sku,
        string? ChatId,
        string? FileName,
        string? Base64Content);

    public sealed record FaultCommand(string Kind, double Rate = 1, double Milliseconds = 0);

    public sealed record PushUrlCommand(
        [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long ClientId, string Url);

    public sealed record BuyersCommand(double PerHour);

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var control = endpoints.MapGroup("/sandbox/control").AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        control.AddEndpointFilter(async (context, next) =>
            IsLocal(context.HttpContext) ? await next(context) : Results.NotFound());
        control.MapGet("clock", (SandboxClock clock) => Clock(clock));
        control.MapPost("clock", AdvanceAsync);
        control.MapPost("buyer-message", BuyerWritesAsync);
        control.MapPost("faults", SetFault);
        control.MapPost("push-url", SetPushUrlAsync);
        control.MapPost("buyers", (BuyersCommand command, SandboxBuyers buyers) =>
        {
            if (command.PerHour is not (>= 0 and <= 100_000))
                return Bad("perHour must be between 0 and 100000");
            buyers.SetRate(command.PerHour);
            return Results.Ok(new { command.PerHour });
        });
        control.MapGet("chats/{chatId}", ShowChatAsync);
        control.MapPost("reset", ResetAsync);
    }

    // Behind a reverse proxy every caller seems to be this machine; then nobody is.
    private static bool IsLocal(HttpContext http) =>
        (http.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address))
        && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded");

    private static IResult Bad(string error) => Results.BadRequest(new { error });

    private static IResult Clock(SandboxClock clock) =>
        Results.Ok(new { now = Wire.Time(clock.GetUtcNow().UtcDateTime), offset = XmlConvert.ToString(clock.Offset) });

    private static async Task<IResult> AdvanceAsync(ClockCommand command, SandboxData data, SandboxClock clock, CancellationToken cancel)
    {
        TimeSpan by;
        try
        {
            by = XmlConvert.ToTimeSpan(command.Advance ?? "");
        }
        catch (FormatException)
        {
            return Bad("advance must be a span like PT1H30M");
        }
        if (by < TimeSpan.Zero || by > TimeSpan.FromDays(3660))
            return Bad("the clock goes forward only, by at most ten years");
        await data.AdvanceAsync(by, cancel);
        return Clock(clock);
    }

    private static async Task<IResult> BuyerWritesAsync(BuyerMessage said, SandboxData data, ChatBook book, CancellationToken cancel)
    {
        var content = Array.Empty<byte>();
        if (said.Base64Content is { } base64)
        {
            content = new byte[base64.Length];
            if (!Convert.TryFromBase64String(base64, content, out var length))
                return Bad("base64Content is not base64");
            content = content[..length];
        }
        var file = said.FileName is { Length: > 0 } ? new NewFile(Path.GetFileName(said.FileName), content) : null;
        if (file is null && said.Text is not { Length: > 0 and <= LongestBuyerText })
            return Bad($"text must have 1 to {LongestBuyerText} characters");
        if (await ChatForAsync(said, data, book, cancel) is not { } chat)
            return Results.NotFound(new { error = "no such account, order, product or chat" });
        var message = await book.BuyerWritesAsync(chat, file is null ? said.Text! : "", file, cancel);
        return Results.Ok(new { chatId = chat.Id, messageId = Wire.Id(message.Id) });
    }

    private static async Task<Chat?> ChatForAsync(BuyerMessage said, SandboxData data, ChatBook book, CancellationToken cancel)
    {
        await using var db = await data.OpenAsync(cancel);
        if (said.ChatId is { Length: > 0 } chatId)
            return await db.Chats.AsNoTracking().SingleOrDefaultAsync(c => c.Id == chatId && (said.ClientId == 0 || c.ClientId == said.ClientId), cancel);
        if (said.PostingNumber is { Length: > 0 } number)
        {
            var posting = await db.Postings.AsNoTracking().SingleOrDefaultAsync(p => p.PostingNumber == number && p.ClientId == said.ClientId, cancel);
            return posting is null ? null
                : await book.FindAsync(posting.ClientId, posting.BuyerId, number, null, cancel)
                    ?? book.NewChat(posting.ClientId, posting.BuyerId, number, posting.Items[0].Sku);
        }
        var products = db.Products.AsNoTracking().Where(p => p.ClientId == said.ClientId);
        if (said.Sku is { } wanted)
            products = products.Where(p => p.Sku == wanted);
        if (await products.OrderBy(p => p.Sku).FirstOrDefaultAsync(cancel) is not { } product)
            return null;
        // Somebody who has not asked about this product yet; with a product named, always the same person.
        var asked = db.Chats.Where(c => c.Sku == product.Sku && c.PostingNumber == null).Select(c => c.BuyerId);
        var buyer = said.Sku is null
            ? await db.Buyers.Where(b => !asked.Contains(b.Id)).OrderBy(b => b.Id).Select(b => (long?)b.Id).FirstOrDefaultAsync(cancel)
            : null;
        var buyerId = buyer ?? await db.Buyers.MinAsync(b => b.Id, cancel);
        return await book.FindAsync(said.ClientId, buyerId, null, product.Sku, cancel) ?? book.NewChat(said.ClientId, buyerId, null, product.Sku);
    }

    private static IResult SetFault(FaultCommand command, SandboxFaults faults)
    {
        if (command.Kind == "none")
        {
            faults.Clear();
            return Results.Ok(new { command.Kind });
        }
        if (SandboxFaults.Parse(command.Kind) is not { } kind)
            return Bad("kind must be none, latency, http429, http500, drop-response, duplicate-push, lost-push or reorder-push");
        if (command.Rate is not (>= 0 and <= 1) || command.Milliseconds is not (>= 0 and <= 600_000))
            return Bad("rate must be between 0 and 1, milliseconds between 0 and 600000");
        faults.Set(kind, command.Rate, TimeSpan.FromMilliseconds(command.Milliseconds));
        return Results.Ok(command);
    }

    private static async Task<IResult> SetPushUrlAsync(PushUrlCommand command, SandboxPushes pushes, CancellationToken cancel)
    {
        var url = command.Url ?? "";
        if (url.Length > 0 && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            return Bad("url must be an absolute http or https address, or empty");
        var error = await pushes.SetUrlAsync(command.ClientId, url, cancel);
        return Results.Ok(new { ok = error is null, error });
    }

    /// <summary>What the buyer sees, oldest first.</summary>
    private static async Task<IResult> ShowChatAsync(string chatId, SandboxData data, Wire wire, CancellationToken cancel)
    {
        await using var db = await data.OpenAsync(cancel);
        var chat = await db.Chats.AsNoTracking().SingleOrDefaultAsync(c => c.Id == chatId, cancel);
        if (chat is null)
            return Results.NotFound();
        var messages = await db.Messages.AsNoTracking().Where(m => m.ChatId == chatId).OrderBy(m => m.Id).ToListAsync(cancel);
        return Results.Ok(new
        {
            chatId,
            clientId = Wire.Id(chat.ClientId),
            type = chat.Type,
            status = chat.Status,
            buyerId = chat.BuyerId is { } buyer ? Wire.Id(buyer) : null,
            postingNumber = chat.PostingNumber,
            sku = chat.Sku is { } sku ? Wire.Id(sku) : null,
            messages = messages.Select(m => new
            {
                messageId = Wire.Id(m.Id),
                author = m.Author.ToString().ToLowerInvariant(),
                text = m.Text,
                at = Wire.Time(m.CreatedAt),
                read = m.Id <= (m.Author == Author.Seller ? chat.BuyerReadThrough : chat.SellerReadThrough),
                attachments = m.FilePath is null
                    ? []
                    : new[] { new { name = m.FileName, url = $"{wire.BaseAddress}/v2/chat/file/{m.FilePath}", size = m.FileSize, image = m.IsImage, moderation = m.Moderation } },
            }),
        });
    }

    private static async Task<IResult> ResetAsync(SandboxData data, SandboxFaults faults, SandboxBuyers buyers, SandboxClock clock, CancellationToken cancel)
    {
        faults.Clear();
        buyers.Restart();
        await data.ResetAsync(cancel);
        return Clock(clock);
    }
}
