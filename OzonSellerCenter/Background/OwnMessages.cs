using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>Recognises our own messages in Ozon's history. Ozon tells no id when it takes a message, so a seller's message is ours when one
/// of ours with the same words may have reached Ozon and is not matched yet; of several the one sent first.</summary>
internal sealed class OwnMessages(TimeProvider clock)
{
    private static readonly CommandKind[] Sends = [CommandKind.SendMessage, CommandKind.SendFile];

    /// <summary>Our messages of a conversation that may have reached Ozon and have no id yet, in the order they were sent.</summary>
    public static async Task<IReadOnlyList<OwnMessage>> UnmatchedAsync(SellerCenterDb db, Conversation conversation, CancellationToken cancellation)
    {
        var subject = ConversationClocks.SubjectOf(conversation.Id);
        var open = await (
            from command in db.OutboundCommands
            join message in db.Messages.Include(m => m.Attachments) on command.TargetId equals message.Id
            where command.StoreId == conversation.StoreId && command.Subject == subject && Sends.Contains(command.Kind) && command.Attempts > 0
                && message.ConversationId == conversation.Id && message.OzonMessageId == null
            orderby command.Id
            select new { command, message }).ToListAsync(cancellation);
        return [.. open.Select(o => new OwnMessage(o.command, o.message)).Where(o => o.MayHaveArrived)];
    }

    /// <summary>The message of ours that a message of the history is, with Ozon's id and time filled in and its command settled; null when it
    /// was written elsewhere (in Ozon's own cabinet, or before this shop used the program).</summary>
    public Message? Match(IReadOnlyList<OwnMessage> unmatched, OzonMessage told)
    {
        var possible = unmatched.Where(o => o.Message.OzonMessageId is null && o.Command.Watermark < told.MessageId && IsSame(o, told)).ToList();

        // An attempt that was given up comes last: its text is often sent anew, and what then stands there is the new one. Of those with
        // other signs between the same words the very same text is meant.
        var found = possible.OrderBy(o => o.IsGivenUp).ThenByDescending(o => o.Message.Text == string.Join('\n', told.Data)).FirstOrDefault();
        if (found is null) return null;
        found.Message.OzonMessageId = told.MessageId;
        found.Message.SentAt = told.CreatedAt;
        found.Message.State = MessageState.Sent;
        found.Message.Refusal = null;
        found.Message.RefusalDetail = null;

        // A command still being sent is left to the dispatcher that holds it.
        if (found.Command.State is not (CommandState.Sending or CommandState.Done)) found.Command.Settle(clock.GetUtcNow().UtcDateTime);
        return found.Message;
    }

    /// <summary>Whether Ozon tells the text that we wrote: it may have trimmed, re-wrapped or escaped it, and what reads like a link to a
    /// file comes back as one.</summary>
    public static bool IsText(string ours, OzonMessage told)
    {
        var likeness = Likeness(ours);
        var content = OzonMessageContent.Parse(told.Data);
        return (content.Attachments.Count == 0 && Likeness(content.Text) == likeness) || told.Data.Any(piece => Likeness(piece ?? "") == likeness);
    }

    private static bool IsSame(OwnMessage own, OzonMessage told)
    {
        if (own.Command.Kind == CommandKind.SendMessage) return IsText(own.Message.Text, told);
        if (OzonMessageContent.Parse(told.Data).Attachments is not [var file, ..] || own.Message.Attachments is not [var ours, ..]) return false;

        // Ozon's link to a picture has no name.
        return ours.IsImage ? file.IsImage : !file.IsImage && Likeness(ours.Name) == Likeness(file.Name);
    }

    /// <summary>Letters and digits alone; a text without any (only signs, only emoji) counts as it is, without blanks.</summary>
    private static string Likeness(string text)
    {
        var letters = new StringBuilder(text.Length);

        // Half a surrogate pair cannot be normalised; reading by runes replaces it.
        foreach (var c in string.Concat(WebUtility.HtmlDecode(text).EnumerateRunes()).Normalize(NormalizationForm.FormKC))
        {
            if (char.IsLetterOrDigit(c)) letters.Append(char.ToLowerInvariant(c));
        }

        return letters.Length > 0 ? letters.ToString() : string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
    }
}

/// <summary>A message of ours with the command that sends it.</summary>
internal sealed record OwnMessage(OutboundCommand Command, Message Message)
{
    /// <summary>Ozon took it, is at it, or may have taken it once.</summary>
    public bool MayHaveArrived => Command.State is CommandState.Sending or CommandState.Done || Command.UnclearAt is not null;

    /// <summary>Nobody waits any more for it to arrive.</summary>
    public bool IsGivenUp => Command.State is CommandState.Failed or CommandState.Cancelled;
}
