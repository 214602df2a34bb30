using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Api;

/// <summary>Which postings the shop still has to work on: the filter of the v4 and the v3 list, which differ in the field for the status.</summary>
internal sealed record UnfulfilledFilter(bool ByDelivery, DateTime From, DateTime To, IReadOnlyList<string> Statuses)
{
    public static UnfulfilledFilter Read(RequestBody filter)
    {
        var statuses = filter.Has("status") ? [filter.Text("status")] : filter.Texts("statuses");
        var byCutoff = filter.Has("cutoff_from") || filter.Has("cutoff_to");
        var byDelivery = filter.Has("delivering_date_from") || filter.Has("delivering_date_to");
        // One of the two periods, not both.
        if (byCutoff == byDelivery)
            filter.Reject("cutoff_from", byCutoff ? "cutoff and delivering_date must not be set together" : "cutoff or delivering_date is required");
        var (from, to) = byDelivery
            ? PostingMethods.Period(filter, "delivering_date_from", "delivering_date_to")
            : PostingMethods.Period(filter, "cutoff_from", "cutoff_to");
        return new UnfulfilledFilter(byDelivery, from, to, statuses);
    }

    public IQueryable<Posting> Of(IQueryable<Posting> postings)
    {
        var found = postings.Where(p => !PostingJson.Done.Contains(p.Status)).Where(p => Statuses.Count == 0 || Statuses.Contains(p.Status));
        return ByDelivery
            ? found.Where(p => p.HandedOverAt >= From && p.HandedOverAt <= To)
            : found.Where(p => p.ShipBy >= From && p.ShipBy <= To);
    }
}
