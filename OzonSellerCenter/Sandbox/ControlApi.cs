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

    public sealed record ClockCommand(string? Advance);

    public sealed record BuyerMessage(
        [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long ClientId,
        string? Text,
        string? PostingNumber,
        [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long? Sku,
        string? ChatId,
        string? FileName,
        string? Base64Content);

    public sealed record FaultCommand(string? Kind, double Rate = 1, double Milliseconds = 0);

    public sealed record PushUrlCommand(
        [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long ClientId, string? Url);

    public sealed record BuyerCancel(
        [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long ClientId, string? PostingNumber, string? Text);

    public sealed record BuyersCommand(double? PerHour);

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var control = endpoints.MapGroup("/sandbox/control").AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();
        control.AddEndpointFilter(async (context, next) =>
            !IsLocal(context.HttpContext) ? Results.NotFound()
            : context.Arguments.OfType<Told>().FirstOrDefault(told => told.Problem is not null) is { } misunderstood ? Bad(misunderstood.Problem!)
            : await next(context));
        control.MapGet("clock", (SandboxClock clock) => Clock(clock));
        control.MapPost("clock", AdvanceAsync);
        control.MapPost("buyer-message", BuyerWritesAsync);
        control.MapPost("buyer-cancel", BuyerCancelsAsync);
        ControlReturns.Map(control);
        ControlComplaints.Map(control);
        control.MapPost("faults", SetFault);
        control.MapPost("push-url", SetPushUrlAsync);
        control.MapPost("buyers", SetBuyers);
        control.MapGet("chats/{chatId}", ShowChatAsync);
        control.MapPost("reset", ResetAsync);
        control.Map("{**command}", () => Missing("no such command"));
    }

    // Behind a reverse proxy every caller seems to be this machine; then nobody is. Nor is a page of another site that happens to be
    // open in a browser here.
    private static bool IsLocal(HttpContext http) =>
        (http.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address))
        && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("Forwarded")
        && http.Request.Headers["Sec-Fetch-Site"].ToString() is "" or "none" or "same-origin";

    private static IResult Bad(string error) => Results.BadRequest(new { error });

    private static IResult Missing(string error) => Results.NotFound(new { error });

    private static IResult Clock(SandboxClock clock) =>
        Results.Ok(new { now = Wire.Time(clock.GetUtcNow().UtcDateTime), offset = XmlConvert.ToString(clock.Offset) });

    private static async Task<IResult> AdvanceAsync(Told<ClockCommand> told, SandboxData data, SandboxClock clock, CancellationToken cancel)
    {
        TimeSpan by;
        try
        {
            by = XmlConvert.ToTimeSpan(told.Body!.Advance ?? "");
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return Bad("advance must be a span like PT1H30M");
        }
        if (by < TimeSpan.Zero || by > TimeSpan.FromDays(3660) || clock.Offset + by > TimeSpan.FromDays(36_600))
            return Bad("the clock goes forward only, by at most ten years, and no further than a hundred from now");
        await data.AdvanceAsync(by, cancel);
        return Clock(clock);
    }

    private static async Task<IResult> BuyerWritesAsync(Told<BuyerMessage> told, SandboxData data, ChatBook book, CancellationToken cancel)
    {
        var said = told.Body!;
        NewFile? file = null;
        if (said.FileName is { Length: > 0 } name)
        {
            var content = new byte[said.Base64Content?.Length ?? 0];
            if (!Convert.TryFromBase64String(said.Base64Content ?? "", content, out var length) || length == 0)
                return Bad("base64Content must be the file's content in base64");
            file = new NewFile(Path.GetFileName(name), content[..length]);
        }
        else if (string.IsNullOrWhiteSpace(said.Text) || said.Text.Length > LongestBuyerText)
        {
            return Bad($"text must have 1 to {LongestBuyerText} characters");
        }
        if (await ChatForAsync(said, data, book, cancel) is not { } chat)
            return Missing("no such account, order, product or chat");
        var message = await book.BuyerWritesAsync(chat, file is null ? said.Text! : "", file, cancel);
        return Results.Ok(new { chatId = chat.Id, messageId = Wire.Id(message.Id) });
    }

    private static async Task<IResult> BuyerCancelsAsync(Told<BuyerCancel> told, CancellationBook book, CancellationToken cancel) =>
        await book.BuyerCancelsAsync(told.Body!.ClientId, told.Body.PostingNumber ?? "", told.Body.Text ?? "", cancel) switch
        {
            null => Results.Ok(told.Body),
            PostingFault.NotFound => Missing("no such account or order"),
            var fault => Bad(fault),
        };

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

    private static IResult SetFault(Told<FaultCommand> told, SandboxFaults faults)
    {
        var command = told.Body!;
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

    private static IResult SetBuyers(Told<BuyersCommand> told, SandboxBuyers buyers)
    {
        if (told.Body!.PerHour is not (>= 0 and <= 100_000))
            return Bad("perHour must be between 0 and 100000");
        buyers.SetRate(told.Body.PerHour.Value);
        return Results.Ok(told.Body);
    }

    private static async Task<IResult> SetPushUrlAsync(Told<PushUrlCommand> told, SandboxData data, SandboxPushes pushes, CancellationToken cancel)
    {
        var url = told.Body!.Url ?? "";
        if (url.Length > 0 && !(Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            return Bad("url must be an absolute http or https address, or empty");
        await using (var db = await data.OpenAsync(cancel))
        {
            if (!await db.Accounts.AnyAsync(a => a.ClientId == told.Body.ClientId, cancel))
                return Missing("no such account");
        }
        var error = await pushes.SetUrlAsync(told.Body.ClientId, url, cancel);
        return Results.Ok(new { ok = error is null, error });
    }

    /// <summary>What the buyer sees, oldest first.</summary>
    private static async Task<IResult> ShowChatAsync(string chatId, SandboxData data, Wire wire, CancellationToken cancel)
    {
        await using var db = await data.OpenAsync(cancel);
        var id = Guid.TryParse(chatId, out var guid) ? guid.ToString() : chatId;
        var chat = await db.Chats.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, cancel);
        if (chat is null)
            return Missing("no such chat");
        var messages = await db.Messages.AsNoTracking().Where(m => m.ChatId == id).OrderBy(m => m.Id).ToListAsync(cancel);
        return Results.Ok(new
        {
            chatId = id,
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

    private static async Task<IResult> ResetAsync(SandboxReset reset, SandboxClock clock, CancellationToken cancel)
    {
        await reset.RunAsync(cancel);
        return Clock(clock);
    }
}
