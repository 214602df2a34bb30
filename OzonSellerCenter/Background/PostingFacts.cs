using OzonSellerCenter.Orders.Acting;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>Asks Ozon what may be chosen for a posting right now.</summary>
internal sealed class PostingFacts(OzonApi ozon, StoreGate gate, ExtensionOffer extension) : IPostingFacts
{
    /// <summary>No answer because the store does not talk to Ozon now.</summary>
    public const string NotConnected = "NotConnected";

    public async Task<PostingChoices> ReasonsAsync(int storeId, string postingNumber, CancellationToken cancellation)
    {
        if (await gate.OpenAsync(storeId, cancellation) is not { } store) return PostingChoices.Failed(NotConnected);
        var answer = await ozon.CancelReasonsOfAsync(store.Account, new CancelReasonsRequest { RelatedPostingNumbers = [postingNumber] }, cancellation);
        if (!answer.IsOk) return await FailedAsync(store, answer.Error, cancellation);
        var reasons = answer.Value.Result.FirstOrDefault(r => r.PostingNumber == postingNumber)?.Reasons ?? [];
        return new PostingChoices([.. reasons.Select(r => new CancelChoice(r.Id, r.Title, r.TypeId == "seller"))]);
    }

    public async Task<PostingChoices> DatesAsync(int storeId, string postingNumber, CancellationToken cancellation)
    {
        if (await gate.OpenAsync(storeId, cancellation) is not { } store) return PostingChoices.Failed(NotConnected);
        var answer = await ozon.TimeslotRestrictionsAsync(store.Account, new TimeslotRestrictionsRequest { PostingNumber = postingNumber }, cancellation);
        return answer.IsOk
            ? new PostingChoices([], answer.Value.DeliveryInterval?.Begin, answer.Value.DeliveryInterval?.End, answer.Value.RemainingChangesCount)
            : await FailedAsync(store, answer.Error, cancellation);
    }

    public async Task<PostingAddress> AddressAsync(int storeId, string postingNumber, CancellationToken cancellation)
    {
        if (await gate.OpenAsync(storeId, cancellation) is not { } store) return PostingAddress.Failed(NotConnected);
        if (!await extension.MayAskAsync(storeId, cancellation)) return PostingAddress.Failed(PostingAddress.NotOffered);
        var answer = await ozon.PostingAddressAsync(store.Account, new PostingAddressRequest { PostingNumber = postingNumber }, cancellation);
        await extension.NoteAsync(storeId, answer.Error, cancellation);
        if (answer.Error is { Kind: OzonErrorKind.MethodGone }) return PostingAddress.Failed(PostingAddress.NotOffered);
        if (answer.Error is { } error) return PostingAddress.Failed((await FailedAsync(store, error, cancellation)).Failure!);
        return answer.Value?.Result is { } told
            ? new PostingAddress(told.Address, told.RemainingChangesCount, told.ChangedAt, told.LabelValid)
            : PostingAddress.Failed("OzonDidNotTell");
    }

    private async Task<PostingChoices> FailedAsync(OpenStore store, OzonError error, CancellationToken cancellation)
    {
        await gate.NoteAsync(store.Id, error, cancellation);
        return PostingChoices.Failed("OzonDidNotTell");
    }
}
