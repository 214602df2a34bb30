using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Api;

/// <summary>Reading chats: /v3/chat/list, /v3/chat/history; with <see cref="ChatWriting"/> all methods of Ozon's messenger.</summary>
internal sealed class ChatMethods(SandboxData data, Wire wire, ChatWriting writing)
{
    public IEnumerable<ApiMethod> All =>
    [
        new("/v3/chat/list", "ChatListRequest", ListAsync),
        new("/v3/chat/history", "ChatHistoryRequest", HistoryAsync),
        .. writing.All,
    ];

    private async Task<ApiAnswer> ListAsync(ApiCall call)
    {
        var limit = call.Body.Limit("limit", ifMissing: 30, most: 100);
        var cursor = call.Body.Text("cursor");
        var filter = call.Body.Section("filter");
        var status = filter.Text("chat_status").ToUpperInvariant();
        var unreadOnly = filter.Flag("unread_only");
        // "All/Opened/Closed" in the text, upper case in the enum: both are taken, and an unknown word filters nothing (live).
        var before = long.MaxValue;
        if (cursor.Length > 0 && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before))
            call.Body.Reject("cursor", "value must be a cursor of an earlier answer");
        if (call.Body.Problem is { } problem)
            return problem;

        await using var db = await data.OpenAsync(call.Cancel);
        var unread = Unread(db, call.ClientId);
        var chats = db.Chats.AsNoTracking().Where(c => c.ClientId == call.ClientId && c.SortId < before);
        if (status is "OPENED" or "CLOSED")
            chats = chats.Where(c => c.Status == status);
        if (unreadOnly)
            chats = chats.Where(c => unread.Any(m => m.ChatId == c.Id));
        var page = await chats.OrderByDescending(c => c.SortId).Take(limit + 1).ToListAsync(call.Cancel);
        var more = page.Count > limit;
        if (more)
            page.RemoveAt(limit);
        var ids = page.Select(c => c.Id).ToList();
        var counts = await unread.Where(m => ids.Contains(m.ChatId)).GroupBy(m => m.ChatId)
            .Select(g => new { g.Key, Count = g.Count(), First = g.Min(m => m.Id) }).ToDictionaryAsync(g => g.Key, call.Cancel);
        return ApiAnswer.Ok(new JsonObject
        {
            ["chats"] = new JsonArray([.. page.Select(c => Row(c, counts.GetValueOrDefault(c.Id)?.Count ?? 0, counts.GetValueOrDefault(c.Id)?.First ?? 0))]),
            ["total_unread_count"] = await unread.CountAsync(call.Cancel),
            ["cursor"] = page.Count == 0 ? "" : Wire.Id(page[^1].SortId),
            ["has_next"] = wire.HasNext(more, page.Count > 0),
        });
    }

    private JsonObject Row(Chat chat, int unread, long firstUnread) => new()
    {
        ["chat"] = new JsonObject
        {
            ["created_at"] = Wire.Time(chat.CreatedAt),
            ["chat_id"] = chat.Id,
            ["chat_status"] = chat.Status,
            ["chat_type"] = chat.Type,
        },
        ["first_unread_message_id"] = wire.ListId(firstUnread),
        ["last_message_id"] = wire.ListId(chat.LastMessageId),
        ["unread_count"] = unread,
    };

    private static IQueryable<ChatMessage> Unread(SandboxDb db, long clientId) =>
        from chat in db.Chats
        join message in db.Messages on chat.Id equals message.ChatId
        where chat.ClientId == clientId && message.Id > chat.SellerReadThrough && message.Author != Author.Seller
        select message;

    private async Task<ApiAnswer> HistoryAsync(ApiCall call)
    {
        var body = call.Body;
        var chatId = ChatWriting.ChatId(body);
        var direction = body.Text("direction");
        var from = body.Id("from_message_id");
        var limit = body.Limit("limit", ifMissing: 50, most: 1000);
        var wanted = body.Section("filter").Texts("message_ids");
        // Case sensitive (live), and Forward needs a message to start from.
        if (direction is not ("" or "Forward" or "Backward"))
            body.Reject("direction", "value must be in list [Forward Backward]");
        if (direction == "Forward" && from <= 0)
            body.Reject("from_message_id", "value must be greater than 0");
        if (body.Problem is { } problem)
            return problem;

        await using var db = await data.OpenAsync(call.Cancel);
        var chat = await db.Chats.AsNoTracking().SingleOrDefaultAsync(c => c.Id == chatId && c.ClientId == call.ClientId, call.Cancel);
        if (chat is null)
            return ChatWriting.NoSuchChat;
        var messages = db.Messages.AsNoTracking().Where(m => m.ChatId == chatId);
        if (wanted.Count > 0)
        {
            var ids = wanted.Select(w => long.TryParse(w, CultureInfo.InvariantCulture, out var id) ? id : 0).ToList();
            messages = messages.Where(m => ids.Contains(m.Id));
        }
        messages = direction == "Forward"
            ? messages.Where(m => m.Id >= from).OrderBy(m => m.Id)
            : messages.Where(m => from <= 0 || m.Id <= from).OrderByDescending(m => m.Id);
        var page = await messages.Take(limit + 1).ToListAsync(call.Cancel);
        var more = page.Count > limit;
        if (more)
            page.RemoveAt(limit);
        var orderNumber = chat.PostingNumber is null
            ? ""
            : await db.Postings.Where(p => p.PostingNumber == chat.PostingNumber).Select(p => p.OrderNumber).SingleAsync(call.Cancel);
        return ApiAnswer.Ok(new JsonObject
        {
            ["has_next"] = wire.HasNext(more, page.Count > 0),
            ["messages"] = new JsonArray([.. page.Select(m => MessageJson(chat, m, orderNumber))]),
        });
    }

    private JsonObject MessageJson(Chat chat, ChatMessage message, string orderNumber) => new()
    {
        ["message_id"] = wire.HistoryId(message.Id),
        ["created_at"] = Wire.Time(message.CreatedAt),
        ["is_read"] = message.Id <= (message.Author == Author.Seller ? chat.BuyerReadThrough : chat.SellerReadThrough),
        ["is_image"] = message.IsImage,
        ["moderate_image_status"] = message.Moderation,
        ["data"] = wire.Data(message),
        ["context"] = new JsonObject
        {
            ["order_number"] = orderNumber,
            ["sku"] = chat.Sku is { } sku ? Wire.Id(sku) : "",
        },
        ["user"] = new JsonObject { ["id"] = wire.AuthorId(message), ["type"] = wire.AuthorType(message) },
    };
}
