using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Orders.Labels;

/// <summary>What became of a wish for labels.</summary>
/// <param name="Jobs">Those that print them, one for each store; none when nothing can be printed.</param>
/// <param name="Refused">Postings that get none, with the reason: <c>NotFound</c>, <c>SupportReadsOnly</c>, <c>NotAllowedNow</c> (Ozon prints none for the
/// posting as it stands).</param>
public sealed record LabelsAsked(IReadOnlyList<long> Jobs, IReadOnlyDictionary<string, Reason> Refused);

/// <summary>Has labels printed.</summary>
public sealed class LabelActions(Databases databases, TimeProvider clock)
{
    /// <summary>Postings of a job at most (Ozon /v3/posting/fbs/package-label/create).</summary>
    public const int MaxPostings = 1_000;

    private static readonly string[] AllowedBy = ["label_download", "label_download_big", "label_download_small"];

    /// <summary>Whether Ozon prints a label for a posting that stands like this.</summary>
    /// <param name="status">Ozon's status word.</param>
    /// <param name="availableActions">Ozon's, separated by commas.</param>
    public static bool CanPrint(string status, string availableActions) =>
        PostingStatuses.Shipping.Contains(status) && availableActions.Split(',').Intersect(AllowedBy).Any();

    /// <summary>Makes a job of all that can be printed. What cannot is named before Ozon is asked, and holds up nothing. The same key is taken once.</summary>
    /// <param name="user">Who wants them.</param>
    /// <param name="postingNumbers">At most <see cref="MaxPostings"/>.</param>
    /// <param name="key">Made when the button was shown.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="ArgumentOutOfRangeException">More postings than Ozon prints at once.</exception>
    public Task<LabelsAsked> AskAsync(CurrentUser user, IEnumerable<string> postingNumbers, Guid key, CancellationToken cancellation)
    {
        var numbers = postingNumbers.Distinct(StringComparer.Ordinal).ToList();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(numbers.Count, MaxPostings);
        return Databases.RetryAsync(async () =>
        {
            await using var db = await databases.ForAsync(user, cancellation);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            var (printable, refused) = await SortAsync(db, numbers, cancellation);
            var jobKey = key.ToString("N");
            var made = await db.LabelJobs.Where(j => j.Key == jobKey && j.CreatedBy == user.Id).Select(j => j.Id).ToListAsync(cancellation);
            if (made.Count > 0) return new LabelsAsked(made, refused);
            var jobs = printable.GroupBy(p => p.StoreId).Select(store => JobOf(user, store, jobKey)).ToList();
            if (jobs.Count == 0) return new LabelsAsked([], refused);
            db.LabelJobs.AddRange(jobs);
            await db.SaveChangesAsync(cancellation);
            foreach (var job in jobs)
            {
                var id = job.Id.ToString(CultureInfo.InvariantCulture);
                db.Audit(job.StoreId, "labels.ask", id, $"{job.Labels.Count} postings");
                db.Announce(job.StoreId, EventKind.Labels, id);
            }

            await db.CommitAsync(cancellation);
            return new LabelsAsked(jobs.ConvertAll(j => j.Id), refused);
        });
    }

    private static async Task<(List<Found> Printable, Dictionary<string, Reason> Refused)> SortAsync(
        SellerCenterDb db, List<string> numbers, CancellationToken cancellation)
    {
        var stores = db.StoresInSight;
        var found = await db.Postings.Where(p => stores.Contains(p.StoreId) && numbers.Contains(p.PostingNumber)).OrderBy(p => p.StoreId)
            .Select(p => new Found(p.StoreId, p.PostingNumber, p.Status, p.AvailableActions)).ToListAsync(cancellation);
        var known = found.DistinctBy(p => p.PostingNumber).ToDictionary(p => p.PostingNumber);
        var refused = numbers.Select(n => (Number: n, Why: WhyNot(db, known.GetValueOrDefault(n)))).Where(n => n.Why is not null).ToDictionary(n => n.Number, n => new Reason(n.Why!));
        return ([.. known.Values.Where(p => !refused.ContainsKey(p.PostingNumber))], refused);
    }

    private static string? WhyNot(SellerCenterDb db, Found? posting) =>
        posting is null ? "NotFound"
        : db.RoleIn(posting.StoreId) is not (StoreRole.Owner or StoreRole.Agent) ? "SupportReadsOnly"
        : CanPrint(posting.Status, posting.AvailableActions) ? null
        : "NotAllowedNow";

    private LabelJob JobOf(CurrentUser user, IGrouping<int, Found> store, string key)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return new LabelJob
        {
            StoreId = store.Key,
            Key = key,
            NextTryAt = now,
            CreatedAt = now,
            CreatedBy = user.Id,
            Labels = [.. store.Select(p => new PostingLabel { StoreId = store.Key, PostingNumber = p.PostingNumber })],
        };
    }

    private sealed record Found(int StoreId, string PostingNumber, string Status, string AvailableActions);
}
