using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Seed;

/// <summary>Cancellation requests of the first shop: some wait for the seller, one was rejected.</summary>
internal static class CancellationSeed
{
    private static readonly string[] Open = ["awaiting_packaging", "awaiting_deliver", "delivering"];

    private static readonly (string State, string Message, string Comment)[] Plan =
    [
        (CancellationRequest.OnApproval, "Заказала по ошибке, отмените, пожалуйста.", ""),
        (CancellationRequest.OnApproval, "Нашёл дешевле.", ""),
        (CancellationRequest.Rejected, "Передумал.", "Заказ уже у курьера, привезём сегодня."),
        (CancellationRequest.OnApproval, "", ""),
    ];

    /// <summary>Requests for the newest rFBS orders that are under way, made since each was paid.</summary>
    public static IEnumerable<CancellationRequest> For(IEnumerable<Posting> orders, DateTime now) =>
        orders.Where(p => p is { ClientId: 1000001, Scheme: "RFBS" } && Open.Contains(p.Status)).OrderByDescending(p => p.InProcessAt)
            .Zip(Plan, (posting, plan) =>
            {
                var created = posting.InProcessAt + ((now - posting.InProcessAt) / 2);
                // An old order would have been cancelled already if its buyer had asked early.
                var earliest = now.AddHours(-30);
                created = created < earliest ? earliest : created;
                return new CancellationRequest
                {
                    ClientId = posting.ClientId,
                    PostingNumber = posting.PostingNumber,
                    Initiator = "CLIENT",
                    ReasonId = CancelReason.BuyersWish.Id,
                    Reason = CancelReason.BuyersWish.Title,
                    Message = plan.Message,
                    CreatedAt = created,
                    AutoApproveAt = created + CancellationRequest.ApprovesItselfAfter,
                    State = plan.State,
                    DecidedAt = plan.State == CancellationRequest.OnApproval ? null : created + ((now - created) / 2),
                    Comment = plan.Comment,
                };
            });
}
