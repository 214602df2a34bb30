using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Background;
using OzonSellerCenter.Data;
using OzonSellerCenter.Deadlines;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Tests.Background;

/// <summary>What Ozon tells of one posting in the course of time, taken over as the synchronisation does.</summary>
internal static class PostingStory
{
    public const string Number = "0208245774-0029-1";
    public const long Kettle = 148313766;
    public const long Cup = 148313767;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A parcel of the seller's own carrier with two products, paid three hours before noon.</summary>
    public static readonly OzonPosting Parcel = new()
    {
        PostingNumber = Number,
        OrderNumber = "0208245774-0029",
        OrderId = 1,
        Status = "awaiting_deliver",
        Substatus = "posting_transferring_to_delivery",
        InProcessAt = BackgroundTest.Noon.AddHours(-3),
        TplIntegrationType = "non_integrated",
        AvailableActions = ["can_create_chat"],
        Customer = new OzonCustomer { CustomerId = 77, Name = "Анна" },
        DeliveryMethod = new OzonDeliveryMethod { TplProvider = "СДЭК" },
        Products =
        [
            new OzonPostingProduct { Sku = Kettle, Name = "Чайник", OfferId = "KT", Quantity = 1, Price = new OzonMoney(100, "RUB") },
            new OzonPostingProduct { Sku = Cup, Name = "Чашка", OfferId = "CP", Quantity = 2, Price = new OzonMoney(100, "RUB") },
        ],
    };

    public static OzonPosting OnTheWay(this OzonPosting told, string substatus = "posting_on_way_to_city", string tracking = "RB123456785CN") =>
        told with { Status = "delivering", Substatus = substatus, TrackingNumber = tracking };

    public static OzonPosting PromisedBy(this OzonPosting told, DateTime by) => told with { AnalyticsData = new OzonPostingAnalytics { DeliveryDateEnd = by } };

    public static Task TakeAsync(this BackgroundTest test, params OzonPosting[] told) => Databases.RetryAsync(async () =>
    {
        await using var db = await test.Databases.ForStoreAsync(test.StoreId, Ct);
        await using var transaction = await db.Database.BeginTransactionAsync(Ct);
        await test.Get<PostingIntake>().TakeAsync(db, test.StoreId, told, test.Now, true, Ct);
        await db.CommitAsync(Ct);
    });

    public static DeadlineWatch WatchOf(BackgroundTest test) => ActivatorUtilities.CreateInstance<DeadlineWatch>(test.Db.Services);

    public static Task<List<Deadline>> LateRowsAsync(this BackgroundTest test) => test.ReadAsync(db => db.Deadlines.AsNoTracking()
        .Where(d => d.Kind == DeadlineKind.ParcelLate && d.Subject == ShipmentClock.SubjectOf(Number)).OrderBy(d => d.StartedAt).ToListAsync(Ct));

    public static Task<Posting> PostingAsync(this BackgroundTest test) => test.ReadAsync(db => db.Postings.AsNoTracking().SingleAsync(p => p.PostingNumber == Number, Ct));

    public static async Task<string[]> LateOrdersAsync(this BackgroundTest test, OrderTab tab = OrderTab.All) =>
        [.. (await new OrderListQueries(test.Databases, test.Time).ListAsync(test.Owner, new OrderFilter { Late = true, Tab = tab }, null, Ct)).Rows.Select(r => r.PostingNumber)];
}
