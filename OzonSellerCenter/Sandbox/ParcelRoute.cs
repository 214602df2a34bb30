using System.Diagnostics;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox;

/// <summary>What becomes of a parcel.</summary>
internal enum ParcelFate
{
    OnTime,

    /// <summary>Lies for days before it goes on, past the promised date.</summary>
    Late,

    /// <summary>Never seen again; the delivery service gives up in the end.</summary>
    Lost,
}

/// <summary>The way of a parcel through Ozon's delivery, and of one that the seller delivers once he says it is there.</summary>
internal static class ParcelRoute
{
    /// <summary>The buyer confirms that he has what the seller says he has.</summary>
    public static readonly TimeSpan ConfirmedAfter = TimeSpan.FromDays(2);

    /// <summary>How long the carrier looks for a parcel that was handed over and never scanned, or that the buyer says he has not got; Ozon tells no
    /// term.</summary>
    public static readonly TimeSpan ArbitrationFor = TimeSpan.FromDays(2);

    // Late for a promise of three to six days after payment.
    private static readonly TimeSpan LiesFor = TimeSpan.FromDays(7);
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromDays(10);

    /// <summary>One parcel in ten is late, one in twenty lost: always the same ones.</summary>
    public static ParcelFate FateOf(string postingNumber, int seed)
    {
        var hash = (uint)seed;
        foreach (var c in postingNumber)
            hash = (hash ^ c) * 16_777_619;
        return ((hash >> 16) % 20) switch { 0 or 1 => ParcelFate.Late, 2 => ParcelFate.Lost, _ => ParcelFate.OnTime };
    }

    /// <summary>The van comes at the hour agreed; for what missed it, four hours later.</summary>
    public static DateTime PickUpAt(Posting posting, DateTime now) => posting.ShipBy > now ? posting.ShipBy : now.AddHours(4);

    /// <summary>The stop that is due; <see cref="Posting.NextStopAt"/> tells the next one.</summary>
    public static void Advance(Posting posting, ParcelFate fate)
    {
        var at = posting.NextStopAt!.Value;
        var (status, substatus, next) = (posting.Substatus, fate) switch
        {
            ("posting_in_carriage", _) => ("delivering", "posting_on_way_to_city", fate switch
            {
                ParcelFate.Late => LiesFor,
                ParcelFate.Lost => GivenUpAfter,
                _ => TimeSpan.FromHours(30),
            }),
            // Nobody finds it: the delivery service answers for it. Found, it goes on.
            ("posting_in_arbitration" or "posting_in_client_arbitration", ParcelFate.Lost) => ("cancelled", "posting_canceled", TimeSpan.Zero),
            ("posting_in_arbitration", _) => ("delivering", "posting_on_way_to_city", TimeSpan.FromHours(30)),
            ("posting_in_client_arbitration", _) => ("delivered", "posting_received", TimeSpan.Zero),
            ("posting_on_way_to_city", ParcelFate.Lost) => ("cancelled", "posting_canceled", TimeSpan.Zero),
            ("posting_on_way_to_city", _) => ("delivering", "posting_on_way_to_pickup_point", TimeSpan.FromHours(12)),
            ("posting_on_way_to_pickup_point", _) => ("delivering", "posting_in_pickup_point", TimeSpan.FromHours(20)),
            ("posting_in_pickup_point" or "posting_conditionally_delivered", _) => ("delivered", "posting_received", TimeSpan.Zero),
            ("posting_transferring_to_delivery", _) => ("awaiting_deliver", "posting_in_carriage", TimeSpan.FromHours(6)),
            _ => throw new UnreachableException($"{posting.PostingNumber} is with no carrier: {posting.Substatus}"),
        };
        posting.MoveTo(status, substatus, at);
        // Three days from the payment to the buyer's hands is what the fast delivery promises at most.
        posting.NextStopAt = next == TimeSpan.Zero ? null : at + (posting.IsExpress ? next / 3 : next);
        if (substatus == "posting_on_way_to_city")
            (posting.HandedOverAt, posting.TrackingNumber) = (posting.HandedOverAt ?? at, posting.TrackingNumber is { Length: > 0 } known ? known : TrackingNumber(posting));
        if (status == "delivered")
            posting.DeliveredAt ??= at;
    }

    private static string TrackingNumber(Posting posting) => $"8{posting.OrderId % 1_000_000_000:000000000}{posting.Id % 100:00}";
}
