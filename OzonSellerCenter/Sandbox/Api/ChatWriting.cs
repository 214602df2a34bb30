using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Api;

/// <summary>Writing in chats: /v1/chat/start, /v1/chat/send/message, /v1/chat/send/file, /v2/chat/read.</summary>
internal sealed class ChatWriting(SandboxData data, ChatBook book, SandboxOptions options)
{
    /// <summary>Ozon's longest message, in characters.</summary>
    public const int LongestText = 1000;

    public static readonly ApiAnswer NoSuchChat = ApiAnswer.NotFound("chat not found");

    // Wording reported by other clients; Ozon documents the windows but not what is answered outside them.
    private static readonly ApiAnswer WindowClosed = ApiAnswer.Forbidden("access period has expired");
    private static readonly ApiAnswer NotStarted = ApiAnswer.Forbidden("chat not started: wait for the buyer's message");
    private static readonly ApiAnswer BuyersOnly = ApiAnswer.Forbidden("chat not started: only the buyer can start a chat for this posting");
    private static readonly ApiAnswer Closed = ApiAnswer.Forbidden("access period has expired: chat is closed");

    public IEnumerable<ApiMethod> All =>
    [
        new("/v1/chat/start", "ChatStartRequest", StartAsync) { NeedsPremiumPlus = true },
        new("/v1/chat/send/message", "ChatSendMessageRequest", SendMessageAsync) { NeedsPremiumPlus = true },
        new("/v1/chat/send/file", "ChatSendFileRequest", SendFileAsync) { NeedsPremiumPlus = true },
        // Ozon's own notices can be marked without Premium Plus (live), so this method checks the subscription itself.
        new("/v2/chat/read", "ChatReadRequest", ReadAsync),
    ];

    /// <summary>The chat's id in the form it is kept; anything that is not a GUID is refused in Ozon's words.</summary>
    public static string ChatId(RequestBody body)
    {
        var text = body.Text("chat_id");
        if (Guid.TryParse(text, out var id))
            return id.ToString();
        body.Fail(ApiAnswer.Invalid("invalid chat guid"));
        return "";
    }

    private async Task<ApiAnswer> StartAsync(ApiCall call)
    {
        var number = call.Body.Text("posting_number", 1, 100);
        if (call.Body.Problem is { } problem)
            return problem;
        await using var db = await data.OpenAsync(call.Cancel);
        var posting = await db.Postings.AsNoTracking()
            .SingleOrDefaultAsync(p => p.PostingNumber == number && p.ClientId == call.ClientId, call.Cancel);
        if (posting is null)
            return ApiAnswer.NotFound("posting not found");
        if (posting.IsFbo)
            return BuyersOnly;
        if (!ReplyWindow.MayStart(posting, data.Now))
            return WindowClosed;
        var chatId = await book.SellerStartsAsync(posting, call.Cancel);
        return ApiAnswer.Ok(new JsonObject { ["result"] = new JsonObject { ["chat_id"] = chatId } });
    }

    private async Task<ApiAnswer> SendMessageAsync(ApiCall call)
    {
        var chatId = ChatId(call.Body);
        var text = call.Body.Text("text", 1, LongestText);
        return call.Body.Problem ?? await SendAsync(call, chatId, text, null);
    }

    private async Task<ApiAnswer> SendFileAsync(ApiCall call)
    {
        var chatId = ChatId(call.Body);
        var name = call.Body.Text("name", 1, 255);
        var base64 = call.Body.Text("base64_content");
        var content = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, content, out var length) || length == 0)
            call.Body.Reject("base64_content", "value must be a non-empty base64 string");
        if (name.Length > 0 && Path.GetExtension(name).Length < 2)
            call.Body.Reject("name", "value must have a file extension");
        return call.Body.Problem ?? await SendAsync(call, chatId, "", new NewFile(Path.GetFileName(name), content[..length]));
    }

    private async Task<ApiAnswer> SendAsync(ApiCall call, string chatId, string text, NewFile? file)
    {
        await using (var db = await data.OpenAsync(call.Cancel))
        {
            var chat = await db.Chats.AsNoTracking().SingleOrDefaultAsync(c => c.Id == chatId && c.ClientId == call.ClientId, call.Cancel);
            if (chat is null)
                return NoSuchChat;
            var posting = chat.PostingNumber is null
                ? null
                : await db.Postings.AsNoTracking().SingleAsync(p => p.PostingNumber == chat.PostingNumber, call.Cancel);
            if (chat.Status != "OPENED" || !(chat.WithBuyer || chat.Type == "SELLER_SUPPORT"))
                return Closed;
            if (!ReplyWindow.IsOpen(chat, posting, data.Now))
                return WindowClosed;
            if (options.Quirks.OneMessageUntilReply && chat is { WithBuyer: true, SellerWroteAt: not null, WaitsForSeller: false })
                return NotStarted;
        }
        await book.SellerWritesAsync(chatId, text, file, call.Cancel);
        return ApiAnswer.Success();
    }

    private async Task<ApiAnswer> ReadAsync(ApiCall call)
    {
        var chatId = ChatId(call.Body);
        var throughId = call.Body.Id("from_message_id");
        if (throughId <= 0)
            call.Body.Fail(ApiAnswer.Invalid("message_id is empty"));
        Chat? chat;
        await using (var db = await data.OpenAsync(call.Cancel))
            chat = await db.Chats.AsNoTracking().SingleOrDefaultAsync(c => c.Id == chatId && c.ClientId == call.ClientId, call.Cancel);
        if (!call.Account.MayWriteToBuyers && chat is null or { WithBuyer: true })
            return ApiAnswer.Forbidden("ChatReadRequest: method is allowed starting from the premium plus subscription");
        if (call.Body.Problem is { } problem)
            return problem;
        if (chat is null)
            return NoSuchChat;
        return ApiAnswer.Ok(new JsonObject { ["unread_count"] = await book.SellerReadsAsync(chatId, throughId, call.Cancel) });
    }
}
