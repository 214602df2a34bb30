namespace OzonSellerCenter.Ozon;

/// <summary>Chats. Sending, reading marks and starting need Premium Plus.</summary>
public sealed partial class OzonApi
{
    /// <summary>/v3/chat/list.</summary>
    public Task<OzonResult<ChatListResponse>> ChatListAsync(OzonAccount account, ChatListRequest request, CancellationToken cancellation) =>
        ReadAsync<ChatListResponse>(account, "/v3/chat/list", request, cancellation);

    /// <summary>All pages from <paramref name="first"/> on; each page's cursor resumes behind it. An error is the last thing told.</summary>
    public IAsyncEnumerable<OzonResult<ChatListResponse>> ChatPagesAsync(
        OzonAccount account, ChatListRequest first, CancellationToken cancellation) => OzonPaging.ByCursorAsync(
            first.Cursor,
            (cursor, c) => ChatListAsync(account, first with { Cursor = cursor }, c),
            page => (page.Cursor, page.HasNext && page.Chats.Count > 0),
            cancellation);

    /// <summary>/v3/chat/history.</summary>
    public Task<OzonResult<ChatHistoryResponse>> ChatHistoryAsync(
        OzonAccount account, ChatHistoryRequest request, CancellationToken cancellation) =>
        ReadAsync<ChatHistoryResponse>(account, "/v3/chat/history", request, cancellation);

    /// <summary>
    /// A chat's messages page by page in the request's direction, each message once. The last message of a page, given as
    /// <see cref="ChatHistoryRequest.FromMessageId"/>, resumes there (and is told again). An error is the last thing told.
    /// </summary>
    public IAsyncEnumerable<OzonResult<ChatHistoryResponse>> ChatHistoryPagesAsync(
        OzonAccount account, ChatHistoryRequest first, CancellationToken cancellation) =>
        OzonPaging.HistoryAsync(first, (request, c) => ChatHistoryAsync(account, request, c), cancellation);

    /// <summary>/v1/chat/start, a write. FBS and rFBS: up to 72 h after payment or delivery; FBO: never, the buyer begins.</summary>
    public async Task<OzonResult<ChatStartResponse>> StartChatAsync(OzonAccount account, ChatStartRequest request, CancellationToken cancellation)
    {
        var started = await WriteAsync<ChatStartResponse>(account, "/v1/chat/start", request, cancellation);
        return started is { Value.Result.ChatId: "" } ? NotConfirmed() : started;
    }

    /// <summary>/v1/chat/send/message, a write. The answer names no message: read the history to find it.</summary>
    public async Task<OzonResult<ChatSendResponse>> SendMessageAsync(
        OzonAccount account, ChatSendMessageRequest request, CancellationToken cancellation) =>
        Confirmed(await WriteAsync<ChatSendResponse>(account, "/v1/chat/send/message", request, cancellation));

    /// <summary>/v1/chat/send/file, a write.</summary>
    public async Task<OzonResult<ChatSendResponse>> SendFileAsync(
        OzonAccount account, ChatSendFileRequest request, CancellationToken cancellation) =>
        Confirmed(await WriteAsync<ChatSendResponse>(account, "/v1/chat/send/file", request, cancellation));

    /// <summary>/v2/chat/read: a write, though one that does no harm twice.</summary>
    public Task<OzonResult<ChatReadResponse>> MarkReadAsync(OzonAccount account, ChatReadRequest request, CancellationToken cancellation) =>
        WriteAsync<ChatReadResponse>(account, "/v2/chat/read", request, cancellation);

    private static OzonResult<ChatSendResponse> Confirmed(OzonResult<ChatSendResponse> sent) =>
        sent is { IsOk: true, Value.Result: not "success" } ? NotConfirmed() : sent;

    private static OzonError NotConfirmed() => new(OzonErrorKind.GarbageAnswer, "Ozon answered, but did not confirm.", 200);
}
