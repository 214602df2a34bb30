using OzonSellerCenter.Orders;

namespace OzonSellerCenter.Inbox;

/// <summary>All that decides the clocks of a conversation. Order and repetition of the facts do not matter.</summary>
/// <param name="Kind">Only buyers have clocks.</param>
/// <param name="Postings">The postings the conversation is about; none for a product question.</param>
/// <param name="Waivers">What colleagues said needs no answer, and did not take back; null for none.</param>
public sealed record ConversationFacts(
    ConversationKind Kind, bool IsClosed, IReadOnlyCollection<MessageFact> Messages, IReadOnlyCollection<PostingFact> Postings,
    IReadOnlyCollection<WaiverFact>? Waivers = null);

/// <summary>A colleague said that what the buyer wrote needs no answer.</summary>
/// <param name="At">When he said so.</param>
/// <param name="SeenAt">The buyer's last message that was on his screen; a later one is not meant, whenever it came.</param>
public sealed record WaiverFact(DateTime At, DateTime SeenAt);

/// <summary>A message as far as clocks care.</summary>
/// <param name="SentAt">Ozon's time.</param>
/// <param name="IsAutomatic">Sent by the program itself; it stops no clock.</param>
public sealed record MessageFact(MessageAuthor Author, MessageState State, DateTime SentAt, bool IsAutomatic = false)
{
    /// <summary>The buyer spoke.</summary>
    public bool IsFromBuyer => Author == MessageAuthor.Buyer;

    /// <summary>A person of the store answered and Ozon has it: what waits, failed, was refused or taken back answers nobody.</summary>
    public bool IsAnswer => Author == MessageAuthor.Seller && !IsAutomatic
        && State is MessageState.Sent or MessageState.Read or MessageState.Received;
}

/// <summary>A posting as far as the reply window cares.</summary>
/// <param name="PaidAt">From then on the seller may write unasked (FBS and rFBS).</param>
public sealed record PostingFact(Scheme Scheme, DateTime? PaidAt, DateTime? DeliveredAt, DateTime? CancelledAt);
