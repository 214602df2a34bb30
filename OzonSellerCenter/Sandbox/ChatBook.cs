using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Buyers;
using OzonSellerCenter.Sandbox.Pushes;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox;

/// <summary>A file as it was handed in.</summary>
internal sealed record NewFile(string Name, byte[] Content)
{
    private static readonly string[] Pictures = ["image/jpeg", "image/png", "image/gif", "image/webp"];

    public string ContentType { get; } = Path.GetExtension(Name).ToUpperInvariant() switch
    {
        ".JPG" or ".JPEG" => "image/jpeg",
        ".PNG" => "image/png",
        ".GIF" => "image/gif",
        ".WEBP" => "image/webp",
        ".PDF" => "application/pdf",
        ".TXT" => "text/plain",
        ".MP4" => "video/mp4",
        _ => "application/octet-stream",
    };

    public bool IsImage => Pictures.Contains(ContentType);
}

/// <summary>What people do in chats. Everyone acts through here: the API, the storefront, the control API and the simulated buyers.</summary>
internal sealed class ChatBook(SandboxData data, PushEvents events, SandboxOptions options)
{
    /// <summary>The buyer's chat about an order or a product; it is opened with his first message.</summary>
    public async Task<Chat?> FindAsync(long clientId, long buyerId, string? postingNumber, long? sku, CancellationToken cancel)
    {
        await using var db = await data.OpenAsync(cancel);
        return await db.Chats.AsNoTracking()
            .Where(c => c.ClientId == clientId && c.BuyerId == buyerId && c.PostingNumber == postingNumber)
            .Where(c => postingNumber != null || c.Sku == sku)
            .OrderByDescending(c => c.SortId).FirstOrDefaultAsync(cancel);
    }

    /// <summary>A buyer (or Ozon's support) writes to a chat; one that is not kept yet is opened as the caller has filled it.</summary>
    public Task<ChatMessage> BuyerWritesAsync(Chat about, string text, NewFile? file, CancellationToken cancel) => data.WriteAsync(async db =>
    {
        var chat = await db.Chats.FindAsync([about.Id], cancel) ?? db.Chats.Add(about).Entity;
        var message = Add(db, chat, chat.WithBuyer ? Author.Buyer : Author.Support, chat.BuyerId ?? 0, text, file);
        chat.BuyerWroteAt = message.CreatedAt;
        chat.BuyerReadThrough = message.Id;
        chat.Status = "OPENED";
        await events.NewMessageAsync(db, chat, message, cancel);
        return message;
    }, cancel);

    /// <summary>
    /// A buyer asks Ozon for help with an order, or with what he asks about a product: the support opens a chat with the seller and passes his
    /// words on. It is called in once for each.
    /// </summary>
    public Task CallSupportAsync(
        long clientId, long buyerId, string? postingNumber, long? sku, string about, string words, CancellationToken cancel) => data.WriteAsync(async db =>
        {
            if (await db.SupportCalls.AnyAsync(
                c => c.ClientId == clientId && c.BuyerId == buyerId && c.PostingNumber == postingNumber && (postingNumber != null || c.Sku == sku), cancel))
                return;
            var chat = db.Chats.Add(new Chat
            {
                Id = Guid.NewGuid().ToString(),
                ClientId = clientId,
                Type = "SELLER_SUPPORT",
                Status = "OPENED",
                CreatedAt = data.Now,
            }).Entity;
            var message = Add(db, chat, Author.Support, 0, $"Покупатель попросил поддержку Ozon о помощи: {about}. Его слова: «{words}» Ответьте покупателю в чате.", null);
            chat.BuyerWroteAt = message.CreatedAt;
            await events.NewMessageAsync(db, chat, message, cancel);
            db.SupportCalls.Add(new SupportCall
            {
                ClientId = clientId,
                BuyerId = buyerId,
                PostingNumber = postingNumber,
                Sku = sku,
                ChatId = chat.Id,
                CalledAt = message.CreatedAt,
            });
        }, cancel);

    /// <summary>The seller writes; the caller has checked that he may.</summary>
    public Task<ChatMessage> SellerWritesAsync(string chatId, string text, NewFile? file, CancellationToken cancel) => data.WriteAsync(async db =>
    {
        var chat = await db.Chats.SingleAsync(c => c.Id == chatId, cancel);
        var message = Add(db, chat, Author.Seller, chat.ClientId, text, file);
        chat.SellerWroteAt = message.CreatedAt;
        await FalseClaims.HearAsync(db, chat, text, message.CreatedAt, cancel);
        return message;
    }, cancel);

    /// <summary>The seller opens the chat about a posting; the one that exists is given back.</summary>
    public Task<string> SellerStartsAsync(Posting posting, CancellationToken cancel) => data.WriteAsync(async db =>
    {
        var existing = await db.Chats.Where(c => c.ClientId == posting.ClientId && c.PostingNumber == posting.PostingNumber)
            .OrderByDescending(c => c.SortId).FirstOrDefaultAsync(cancel);
        if (existing is not null)
            return existing.Id;
        var chat = NewChat(posting.ClientId, posting.BuyerId, posting.PostingNumber, posting.Items[0].Sku);
        chat.SortId = data.NextId();
        db.Chats.Add(chat);
        return chat.Id;
    }, cancel);

    /// <summary>The seller has read that message and all before it. Gives what is still unread.</summary>
    public Task<int> SellerReadsAsync(string chatId, long throughId, CancellationToken cancel) => data.WriteAsync(async db =>
    {
        var chat = await db.Chats.SingleAsync(c => c.Id == chatId, cancel);
        chat.SellerReadThrough = Math.Max(chat.SellerReadThrough, Math.Min(throughId, chat.LastMessageId));
        return await db.Messages.CountAsync(
            m => m.ChatId == chatId && m.Author != Author.Seller && m.Id > chat.SellerReadThrough, cancel);
    }, cancel);

    /// <summary>The buyer has the chat open before him.</summary>
    public async Task BuyerReadsAsync(string chatId, CancellationToken cancel)
    {
        await using (var db = await data.OpenAsync(cancel))
        {
            if (!await db.Chats.AnyAsync(c => c.Id == chatId && c.LastMessageId > c.BuyerReadThrough, cancel))
                return;
        }
        await data.WriteAsync(async db =>
        {
            var chat = await db.Chats.SingleAsync(c => c.Id == chatId, cancel);
            var last = await db.Messages.Where(m => m.ChatId == chatId && m.Author == Author.Seller && m.Id > chat.BuyerReadThrough)
                .OrderByDescending(m => m.Id).FirstOrDefaultAsync(cancel);
            chat.BuyerReadThrough = chat.LastMessageId;
            if (last is not null)
                await events.MessageReadAsync(db, chat, last, cancel);
        }, cancel);
    }

    /// <summary>The moderator has looked at the pictures that are due.</summary>
    public Task ModerateAsync(CancellationToken cancel) => data.WriteAsync(async db =>
    {
        var now = data.Now;
        foreach (var message in await db.Messages.Where(m => m.ModerateAt != null && m.ModerateAt <= now).ToListAsync(cancel))
        {
            message.ModerateAt = null;
            message.Moderation = message.FileName!.Contains("bad", StringComparison.OrdinalIgnoreCase) ? "FAILED" : "SUCCESS";
            var chat = await db.Chats.SingleAsync(c => c.Id == message.ChatId, cancel);
            await events.MessageUpdatedAsync(db, chat, message, now, cancel);
        }
    }, cancel);

    /// <summary>A chat that is not kept yet.</summary>
    public Chat NewChat(long clientId, long buyerId, string? postingNumber, long? sku) => new()
    {
        Id = Guid.NewGuid().ToString(),
        ClientId = clientId,
        Type = "BUYER_SELLER",
        Status = "OPENED",
        CreatedAt = data.Now,
        BuyerId = buyerId,
        PostingNumber = postingNumber,
        Sku = sku,
    };

    private ChatMessage Add(SandboxDb db, Chat chat, Author author, long authorId, string text, NewFile? file)
    {
        var message = new ChatMessage
        {
            Id = data.NextId(),
            ChatId = chat.Id,
            Author = author,
            AuthorId = authorId,
            CreatedAt = data.Now,
            Text = text,
            FilePath = file is null ? null : Guid.NewGuid().ToString("n") + Path.GetExtension(file.Name).ToLowerInvariant(),
            FileName = file?.Name,
            FileSize = file?.Content.Length ?? 0,
            IsImage = file?.IsImage ?? false,
            Moderation = file is { IsImage: true } ? "MODERATION" : "",
            ModerateAt = file is { IsImage: true } ? data.Now.AddSeconds(options.ModerationSeconds) : null,
        };
        db.Messages.Add(message);
        if (file is not null)
        {
            db.Files.Add(new ChatFile
            {
                Path = message.FilePath!,
                ChatId = chat.Id,
                Name = file.Name,
                ContentType = file.ContentType,
                Content = file.Content,
            });
        }
        chat.LastMessageId = chat.SortId = message.Id;
        return message;
    }
}
