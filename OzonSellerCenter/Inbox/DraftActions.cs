using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox;

/// <summary>What a person has in the composer and not sent: text and files, one draft per person and conversation, never touched by others.</summary>
public sealed class DraftActions(Databases databases, TimeProvider clock, AttachmentFiles files, IOptions<InboxOptions> options)
{
    /// <summary>Longer drafts than this are not kept whole; Ozon takes a tenth of it.</summary>
    public const int MaxText = 10_000;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Keeps the text of an answer; the last writer wins. Refused: <c>NotFound</c>, <c>SupportReadsOnly</c>.</summary>
    public Task<Outcome> SaveAsync(CurrentUser user, long conversationId, string text, CancellationToken cancellation) =>
        SaveAsync(user, conversationId, text, isNote: false, cancellation);

    /// <summary>Keeps the text of a note. Refused as <see cref="SaveAsync(CurrentUser, long, string, CancellationToken)"/>.</summary>
    public Task<Outcome> SaveNoteAsync(CurrentUser user, long conversationId, string text, CancellationToken cancellation) =>
        SaveAsync(user, conversationId, text, isNote: true, cancellation);

    private Task<Outcome> SaveAsync(CurrentUser user, long conversationId, string text, bool isNote, CancellationToken cancellation) =>
        ChangeAsync(user, conversationId, async (db, conversation) =>
        {
            var draft = await OfAsync(db, user, conversation.StoreId, conversationId, cancellation, isNote);
            draft.Change(text.Length <= MaxText ? text : text[..MaxText], Now);
            return Outcome.Done;
        }, cancellation);

    /// <summary>Takes a file in and hangs it on the draft. Refused: <c>NotFound</c>, <c>SupportReadsOnly</c>, <c>TooManyFiles</c> (limit),
    /// <c>FileRefused</c> (name, limit in MB) when it is empty or too large.</summary>
    public async Task<Outcome> AttachAsync(CurrentUser user, long conversationId, string name, Stream content, CancellationToken cancellation)
    {
        // The right first: nothing is written to the disk for strangers.
        var allowed = await ChangeAsync(user, conversationId, (_, _) => Task.FromResult(Outcome.Done), cancellation);
        if (!allowed.IsDone) return allowed;
        var clean = FileNames.Clean(name);
        if (await files.SaveAsync(content, options.Value.MaxFileBytes, cancellation) is not { } stored)
        {
            return Outcome.Refused("FileRefused", clean, options.Value.MaxFileMegabytes);
        }

        return await ChangeAsync(user, conversationId, async (db, conversation) =>
        {
            var hanging = await db.Attachments.CountAsync(a => a.ConversationId == conversationId && a.DraftOf == user.Id, cancellation);
            if (hanging >= options.Value.MaxFiles) return Outcome.Refused("TooManyFiles", options.Value.MaxFiles);
            db.Attachments.Add(new Attachment
            {
                StoreId = conversation.StoreId,
                ConversationId = conversationId,
                DraftOf = user.Id,
                Name = stored.Kind.IsImage ? FileNames.WithExtension(clean, stored.Kind.Extensions) : clean,
                IsImage = stored.Kind.IsImage,
                Size = stored.Size,
                Sha256 = stored.Sha256,
            });
            return Outcome.Done;
        }, cancellation);
    }

    /// <summary>Takes a file off the person's own draft. Refused: <c>NotFound</c>.</summary>
    public async Task<Outcome> DetachAsync(CurrentUser user, long attachmentId, CancellationToken cancellation)
    {
        await using var db = await databases.ForAsync(user, cancellation);
        var gone = await db.Attachments.Where(a => a.Id == attachmentId && a.DraftOf == user.Id).ExecuteDeleteAsync(cancellation);
        return gone == 0 ? Outcome.NotFound : Outcome.Done;
    }

    /// <summary>The person's draft in a conversation, made when there is none.</summary>
    internal static async Task<Draft> OfAsync(
        SellerCenterDb db, CurrentUser user, int storeId, long conversationId, CancellationToken cancellation, bool isNote = false)
    {
        var draft = await db.Drafts.SingleOrDefaultAsync(d => d.ConversationId == conversationId && d.UserId == user.Id && d.IsNote == isNote, cancellation);
        if (draft is null) db.Drafts.Add(draft = new Draft { StoreId = storeId, ConversationId = conversationId, UserId = user.Id, IsNote = isNote });
        return draft;
    }

    /// <summary>Text and files of messages that did not reach the buyer come back into the draft, before what was typed since.</summary>
    internal static async Task TakeInAsync(
        SellerCenterDb db, CurrentUser user, List<Message> messages, DateTime now, CancellationToken cancellation)
    {
        var draft = await OfAsync(db, user, messages[0].StoreId, messages[0].ConversationId, cancellation);
        draft.Change(string.Join('\n', messages.Select(m => m.Text).Append(draft.Text).Where(t => t.Length > 0)), now);
        foreach (var message in messages)
        {
            message.State = MessageState.TakenBack;
            foreach (var file in message.Attachments.ToArray())
            {
                file.MessageId = null;
                file.DraftOf = user.Id;
            }
        }
    }

    // A draft is nobody else's business: no event, no audit entry.
    private Task<Outcome> ChangeAsync(
        CurrentUser user, long conversationId, Func<SellerCenterDb, Conversation, Task<Outcome>> change, CancellationToken cancellation) =>
        Databases.RetryAsync(async () =>
        {
            await using var db = await databases.ForAsync(user, cancellation);
            var conversation = await db.Conversations.AsNoTracking().SingleOrDefaultAsync(c => c.Id == conversationId, cancellation);
            if (conversation is null) return Outcome.NotFound;
            if (!InboxActions.MayAnswer(db, conversation)) return Outcome.Refused("SupportReadsOnly");
            var outcome = await change(db, conversation);
            if (outcome.IsDone) await db.CommitAsync(cancellation);
            return outcome;
        });
}
