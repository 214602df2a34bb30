using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Api;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Pushes;

/// <summary>
/// Writes Ozon's push bodies and puts them on their way in the transaction of what they tell. One event per body; the chat types
/// carry the seller's number as a string and mixed-case chat types, as in the official samples.
/// </summary>
internal sealed class PushEvents(SandboxData data, SandboxFaults faults, Wire wire)
{
    public Task NewMessageAsync(SandboxDb db, Chat chat, ChatMessage message, CancellationToken cancel) =>
        EnqueueAsync(db, chat.ClientId, MessageBody("TYPE_NEW_MESSAGE", chat, message), cancel);

    /// <summary>A message is no longer what it was: its picture was moderated.</summary>
    public Task MessageUpdatedAsync(SandboxDb db, Chat chat, ChatMessage message, DateTime updatedAt, CancellationToken cancel)
    {
        var body = MessageBody("TYPE_UPDATE_MESSAGE", chat, message);
        body["updated_at"] = Wire.Time(updatedAt);
        return EnqueueAsync(db, chat.ClientId, body, cancel);
    }

    /// <summary>The buyer has read the seller's message.</summary>
    public Task MessageReadAsync(SandboxDb db, Chat chat, ChatMessage message, CancellationToken cancel) => EnqueueAsync(db, chat.ClientId, new JsonObject
    {
        ["message_type"] = "TYPE_MESSAGE_READ",
        ["chat_id"] = chat.Id,
        ["chat_type"] = Wire.PushChatType(chat.Type),
        ["message_id"] = Wire.Id(message.Id),
        ["created_at"] = Wire.Time(message.CreatedAt),
        ["user"] = new JsonObject { ["id"] = Wire.Id(chat.BuyerId ?? 0), ["type"] = wire.Customer },
        ["last_read_message_id"] = Wire.Id(chat.BuyerReadThrough),
        ["seller_id"] = Wire.Id(chat.ClientId),
    }, cancel);

    /// <summary>A new order of FBS or rFBS.</summary>
    public Task NewPostingAsync(SandboxDb db, Posting posting, CancellationToken cancel) => EnqueueAsync(db, posting.ClientId, new JsonObject
    {
        ["message_type"] = "TYPE_NEW_POSTING",
        ["posting_number"] = posting.PostingNumber,
        ["products"] = new JsonArray([.. posting.Items.Select(item => new JsonObject
        {
            ["sku"] = item.Sku,
            ["offer_id"] = item.OfferId,
            ["quantity"] = item.Quantity,
        })]),
        ["in_process_at"] = Wire.Time(posting.InProcessAt),
        ["warehouse_id"] = Wire.WarehouseId(posting),
        ["shipment_date"] = Wire.Time(posting.ShipBy),
        ["tpl_integration_type"] = Wire.Integration(posting),
        ["is_express"] = posting.IsExpress,
        ["tracking_number"] = posting.TrackingNumber,
        ["delivery_date_begin"] = Wire.Time(posting.DeliveryFrom),
        ["delivery_date_end"] = Wire.Time(posting.DeliveryTo),
        ["seller_id"] = posting.ClientId,
    }, cancel);

    /// <summary>An order went on to its next state.</summary>
    public Task StateChangedAsync(SandboxDb db, Posting posting, CancellationToken cancel) => EnqueueAsync(db, posting.ClientId, new JsonObject
    {
        ["message_type"] = "TYPE_STATE_CHANGED",
        ["posting_number"] = posting.PostingNumber,
        ["new_state"] = posting.Substatus,
        ["changed_state_date"] = Wire.Time(posting.ChangedAt),
        ["warehouse_id"] = Wire.WarehouseId(posting),
        ["seller_id"] = posting.ClientId,
    }, cancel);

    /// <summary>An order was cancelled, by whomever.</summary>
    public Task PostingCancelledAsync(SandboxDb db, Posting posting, CancellationToken cancel) => EnqueueAsync(db, posting.ClientId, new JsonObject
    {
        ["message_type"] = "TYPE_POSTING_CANCELLED",
        ["posting_number"] = posting.PostingNumber,
        ["products"] = new JsonArray([.. posting.Items.Select(item => new JsonObject { ["sku"] = item.Sku, ["quantity"] = item.Quantity })]),
        ["old_state"] = posting.PreviousSubstatus,
        ["new_state"] = posting.Substatus,
        ["changed_state_date"] = Wire.Time(posting.ChangedAt),
        ["reason"] = new JsonObject { ["id"] = posting.CancelReasonId, ["message"] = posting.CancelReason },
        ["warehouse_id"] = Wire.WarehouseId(posting),
        ["seller_id"] = posting.ClientId,
    }, cancel);

    /// <summary>The date of shipment was told anew.</summary>
    public Task CutoffChangedAsync(SandboxDb db, Posting posting, DateTime old, CancellationToken cancel) => EnqueueAsync(db, posting.ClientId, new JsonObject
    {
        ["message_type"] = "TYPE_CUTOFF_DATE_CHANGED",
        ["posting_number"] = posting.PostingNumber,
        ["new_cutoff_date"] = Wire.Time(posting.ShipBy),
        ["old_cutoff_date"] = Wire.Time(old),
        ["warehouse_id"] = Wire.WarehouseId(posting),
        ["seller_id"] = posting.ClientId,
    }, cancel);

    /// <summary>The promise to the buyer was moved.</summary>
    public Task DeliveryDateChangedAsync(SandboxDb db, Posting posting, (DateTime From, DateTime To) old, CancellationToken cancel) =>
        EnqueueAsync(db, posting.ClientId, new JsonObject
        {
            ["message_type"] = "TYPE_DELIVERY_DATE_CHANGED",
            ["posting_number"] = posting.PostingNumber,
            ["new_delivery_date_begin"] = Wire.Time(posting.DeliveryFrom),
            ["new_delivery_date_end"] = Wire.Time(posting.DeliveryTo),
            ["old_delivery_date_begin"] = Wire.Time(old.From),
            ["old_delivery_date_end"] = Wire.Time(old.To),
            ["warehouse_id"] = Wire.WarehouseId(posting),
            ["seller_id"] = posting.ClientId,
        }, cancel);

    private JsonObject MessageBody(string type, Chat chat, ChatMessage message) => new()
    {
        ["message_type"] = type,
        ["chat_id"] = chat.Id,
        ["chat_type"] = Wire.PushChatType(chat.Type),
        ["message_id"] = Wire.Id(message.Id),
        ["created_at"] = Wire.Time(message.CreatedAt),
        ["user"] = new JsonObject { ["id"] = wire.AuthorId(message), ["type"] = wire.AuthorType(message) },
        ["data"] = wire.Data(message),
        ["seller_id"] = Wire.Id(chat.ClientId),
    };

    private async Task EnqueueAsync(SandboxDb db, long clientId, JsonObject body, CancellationToken cancel)
    {
        // Without a receiver Ozon has nowhere to send: nothing is kept for later.
        if (!await db.PushTargets.AnyAsync(t => t.ClientId == clientId, cancel))
            return;
        var text = body.ToJsonString(Wire.Json);
        var now = data.Now;
        var lost = faults.Strikes(FaultKind.LostPush);
        Add(faults.Strikes(FaultKind.ReorderPush) ? now + faults.ReorderDelay() : now);
        if (faults.Strikes(FaultKind.DuplicatePush))
            Add(now);

        void Add(DateTime at) => db.PushDeliveries.Add(new PushDelivery
        {
            ClientId = clientId,
            Body = text,
            CreatedAt = now,
            NextAttemptAt = at,
            State = lost ? PushState.Lost : PushState.Waiting,
        });
    }
}
