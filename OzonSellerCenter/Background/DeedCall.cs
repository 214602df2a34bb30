using System.Diagnostics;
using OzonSellerCenter.Data;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>Does at Ozon what is wanted of a posting, and finds out afterwards whether it was done.</summary>
internal sealed class DeedCall(OzonApi ozon, Databases databases, PostingIntake intake, TimeProvider clock)
{
    private static readonly PostingDetailBlocks Blocks = new() { AnalyticsData = true, FinancialData = true };

    /// <summary>The one request of an attempt.</summary>
    /// <returns>Why Ozon did not do it; null when it said it did.</returns>
    public async Task<OzonError?> SendAsync(OzonAccount account, string number, PostingWish wish, CancellationToken dying)
    {
        var numbers = new PostingNumbersRequest { PostingNumber = [number] };
        return wish switch
        {
            PackWish pack => (await ozon.ShipAsync(account, new ShipRequest { PostingNumber = number, Packages = [.. pack.Packages.Select(PackageOf)] }, dying)).Error,
            TrackingWish tracking => Moved(number, await ozon.SetTrackingNumbersAsync(account, TrackingOf(number, tracking), dying)),
            HandOverWish => Moved(number, await ozon.MarkDeliveringAsync(account, numbers, dying)),
            LastMileWish => Moved(number, await ozon.MarkLastMileAsync(account, numbers, dying)),
            DeliveredWish => Moved(number, await ozon.MarkDeliveredAsync(account, numbers, dying)),
            ShipDateWish date => (await ozon.SetCutoffAsync(account, new CutoffRequest { PostingNumber = number, NewCutoffDate = date.To }, dying)).Error,
            DeliveryDateWish dates => (await ozon.SetTimeslotAsync(
                account, new TimeslotRequest { PostingNumber = number, NewTimeslot = new InstantRange { From = dates.From, To = dates.To } }, dying)).Error,
            CancelWish cancel => (await ozon.CancelPostingAsync(account, CancelOf(number, cancel), dying)).Error,
            CancelItemsWish cancel => (await ozon.CancelProductsAsync(account, CancelOf(number, cancel), dying)).Error,
            ArbitrationWish => (await ozon.OpenArbitrationAsync(account, numbers, dying)).Error,
            BackToShipmentWish => (await ozon.MoveToAwaitingDeliveryAsync(account, numbers, dying)).Error,
            ApproveCancellationWish approve => (await ozon.ApproveCancellationAsync(
                account, new CancellationDecision { CancellationId = approve.CancellationId, Comment = approve.Comment }, dying)).Error,
            RejectCancellationWish reject => (await ozon.RejectCancellationAsync(
                account, new CancellationDecision { CancellationId = reject.CancellationId, Comment = reject.Comment }, dying)).Error,
            AddressWish address => (await ozon.ChangeAddressAsync(account, new AddressChangeRequest { PostingNumber = number, Address = address.Address }, dying)).Error,
            RefundWish refund => (await ozon.CreateRefundAsync(account, RefundOf(number, refund), dying)).Error,
            _ => throw new UnreachableException(wish.GetType().Name),
        };
    }

    /// <summary>Asks Ozon how the posting stands now, takes that over, and tells whether the wish has come true.</summary>
    public async Task<(OzonError? Error, DeedProof Proof)> ReadBackAsync(OpenStore store, string number, PostingWish wish, CancellationToken dying)
    {
        var askedAt = clock.GetUtcNow().UtcDateTime;
        var answer = await ozon.PostingAsync(store.Account, new PostingGetRequest { PostingNumber = number, With = Blocks }, dying);
        if (!answer.IsOk) return (answer.Error, DeedProof.NotDone);
        var told = answer.Value.Result with { PostingNumber = number };
        await Databases.RetryAsync(async () =>
        {
            await using var db = await databases.ForStoreAsync(store.Id, dying);
            await using var transaction = await db.Database.BeginTransactionAsync(dying);
            await intake.TakeAsync(db, store.Id, [told], askedAt, true, dying);
            await db.CommitAsync(dying);
        });
        return wish switch
        {
            ApproveCancellationWish approve => await DecidedAsync(store, number, approve.CancellationId, "APPROVED", dying),
            RejectCancellationWish reject => await DecidedAsync(store, number, reject.CancellationId, "REJECTED", dying),
            AddressWish address => await ReaddressedAsync(store, number, address, dying),
            RefundWish refund => await RefundedAsync(store, number, refund, dying),
            _ => (null, Proofs.Of(wish, told)),
        };
    }

    private async Task<(OzonError? Error, DeedProof Proof)> DecidedAsync(OpenStore store, string number, long id, string state, CancellationToken dying)
    {
        var request = new CancellationListRequest { Filters = new CancellationFilters { PostingNumber = [number], State = "ALL" } };
        var answer = await ozon.CancellationListAsync(store.Account, request, dying);
        if (!answer.IsOk) return (answer.Error, DeedProof.NotDone);
        return (null, answer.Value.Result.Any(r => r.CancellationId == id && r.State?.State == state) ? DeedProof.Done : DeedProof.NotDone);
    }

    /// <summary>An address is not in the posting.</summary>
    private async Task<(OzonError? Error, DeedProof Proof)> ReaddressedAsync(OpenStore store, string number, AddressWish wish, CancellationToken dying)
    {
        var answer = await ozon.PostingAddressAsync(store.Account, new PostingAddressRequest { PostingNumber = number }, dying);
        if (!answer.IsOk) return (answer.Error, DeedProof.NotDone);
        return (null, answer.Value.Result is { ChangedAt: not null } told && told.Address == wish.Address ? DeedProof.Done : DeedProof.NotDone);
    }

    /// <summary>Our own name for the refund tells it from all others.</summary>
    private async Task<(OzonError? Error, DeedProof Proof)> RefundedAsync(OpenStore store, string number, RefundWish wish, CancellationToken dying)
    {
        var answer = await ozon.RefundListAsync(store.Account, new RefundListRequest { PostingNumbers = [number] }, dying);
        if (!answer.IsOk) return (answer.Error, DeedProof.NotDone);
        return (null, answer.Value.Result.Any(r => r.Reference == wish.Reference) ? DeedProof.Done : DeedProof.NotDone);
    }

    /// <summary>These methods answer 200 and name in it what stands in the way of each posting.</summary>
    private static OzonError? Moved(string number, OzonResult<PostingMovesResponse> answer)
    {
        if (!answer.IsOk) return answer.Error;
        var move = answer.Value.Result.FirstOrDefault(m => m.PostingNumber == number);
        return move is { Result: true } ? null : new OzonError(OzonErrorKind.InvalidRequest, move?.Error ?? "Ozon's answer does not name the posting.");
    }

    private static ShipPackage PackageOf(IReadOnlyList<Pieces> pieces) =>
        new() { Products = [.. pieces.Select(p => new ShipProduct { ProductId = p.Sku, Quantity = p.Quantity })] };

    private static TrackingNumbersRequest TrackingOf(string number, TrackingWish wish) =>
        new() { TrackingNumbers = [new PostingTrackingNumber { PostingNumber = number, TrackingNumber = wish.Number.Trim() }] };

    private static RefundCreateRequest RefundOf(string number, RefundWish wish) => new()
    {
        PostingNumber = number,
        Reference = wish.Reference,
        Amount = OzonMoney.OfMinorUnits(wish.Amount, wish.Currency),
        ReturnShipping = wish.Postage > 0 ? OzonMoney.OfMinorUnits(wish.Postage, wish.Currency) : null,
        Items = [.. wish.Items.Select(i => new CancelledProduct { Sku = i.Sku, Quantity = i.Quantity })],
        ReasonCode = wish.Reason,
        Explanation = wish.Explanation,
    };

    private static CancelPostingRequest CancelOf(string number, CancelWish wish) =>
        new() { PostingNumber = number, CancelReasonId = wish.ReasonId, CancelReasonMessage = wish.Message };

    private static CancelProductsRequest CancelOf(string number, CancelItemsWish wish) => new()
    {
        PostingNumber = number,
        CancelReasonId = wish.ReasonId,
        CancelReasonMessage = wish.Message,
        Items = [.. wish.Items.Select(i => new CancelledProduct { Sku = i.Sku, Quantity = i.Quantity })],
    };
}
