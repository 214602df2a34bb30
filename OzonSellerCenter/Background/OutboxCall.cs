using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>The one request of an attempt.</summary>
internal sealed class OutboxCall(OzonApi ozon, DeedCall deeds, ReturnCall returns, DisputeCall disputes, UnpaidReminding reminders, AttachmentFiles files, ILogger<OutboxCall> log)
{
    /// <summary>Calls Ozon once.</summary>
    /// <returns>How it ended, and the chat or the posting that was made, if one was.</returns>
    /// <exception cref="OperationCanceledException">The process is dying; whether Ozon acted is not known.</exception>
    public async Task<(OzonError? Error, string Made)> SendAsync(OzonAccount account, Claim claim, CancellationToken dying)
    {
        try
        {
            return claim.Command.Kind switch
            {
                CommandKind.SendMessage => (
                    (await ozon.SendMessageAsync(account, new ChatSendMessageRequest { ChatId = claim.ChatId, Text = claim.Text }, dying)).Error, ""),
                CommandKind.SendFile => (await SendFileAsync(account, claim, dying), ""),
                CommandKind.MarkRead => (
                    (await ozon.MarkReadAsync(account, new ChatReadRequest { ChatId = claim.ChatId, FromMessageId = claim.ReadThrough }, dying)).Error, ""),
                CommandKind.StartChat => await StartChatAsync(account, claim, dying),
                CommandKind.PostingDeed => (await deeds.SendAsync(account, claim.PostingNumber, claim.Wish!, dying), ""),
                CommandKind.ReturnDeed => await returns.SendAsync(account, claim.Command.StoreId, claim.Return!, dying),
                CommandKind.DisputeDecision => (await disputes.SendAsync(account, claim.Dispute!, dying), ""),
                CommandKind.RemindUnpaid => (await reminders.SendAsync(account, claim.OrderNumber, claim.Text, dying), ""),
                _ => throw new InvalidOperationException($"Nobody knows how to send {claim.Command.Kind}."),
            };
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // A bug here must not send anything twice: what happened is unclear.
            log.LogError(fault, "Command {CommandId} of store {StoreId} broke while it was being sent", claim.Command.Id, claim.Command.StoreId);
            return (new OzonError(OzonErrorKind.Unclear, fault.GetType().Name), "");
        }
    }

    private async Task<OzonError?> SendFileAsync(OzonAccount account, Claim claim, CancellationToken dying)
    {
        if (claim.File?.Sha256 is null || files.Open(claim.File.Sha256) is not { } stream) return new OzonError(OzonErrorKind.InvalidRequest, "The file is gone.");
        await using (stream)
        {
            using var content = new MemoryStream();
            await stream.CopyToAsync(content, dying);
            var request = new ChatSendFileRequest
            {
                ChatId = claim.ChatId,
                Name = claim.File.Name,
                Base64Content = Convert.ToBase64String(content.GetBuffer(), 0, (int)content.Length),
            };
            return (await ozon.SendFileAsync(account, request, dying)).Error;
        }
    }

    private async Task<(OzonError? Error, string ChatId)> StartChatAsync(OzonAccount account, Claim claim, CancellationToken dying)
    {
        var started = await ozon.StartChatAsync(account, new ChatStartRequest { PostingNumber = claim.PostingNumber }, dying);
        return (started.Error, started.Value?.Result.ChatId ?? "");
    }
}
