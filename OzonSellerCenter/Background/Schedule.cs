using Microsoft.Extensions.Options;
using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Live;

namespace OzonSellerCenter.Background;

/// <summary>Everything that runs by itself, and how often. Each duty is done store by store, each store in a lane of its own.</summary>
internal sealed class Schedule(
    PushInbox pushes, ChatSync chats, PostingSync postings, CancellationSync cancellations, UnpaidSync unpaid, ReturnSync returns, RefundSync refunds, ComplaintSync complaints, DisputeTerms terms, ReturnTelling telling, ReturnPhotoFetch photos, StoreCheck check, AttachmentFetch attachments, ProductSync products, LabelPrinter labels, PackPrinter packs, CleanUp cleanUp, OutboxDispatcher outbox,
    RoundRobin turns, StoreGate gate, Signals signals, Feed feed, IOptions<SyncOptions> options, TimeProvider clock, ILogger<Schedule> log) : BackgroundService
{
    /// <summary>Work that is called for by a signal looks by itself too, in case another node has left it.</summary>
    private static readonly TimeSpan Fallback = TimeSpan.FromSeconds(5);

    private StoreDuty[] Duties =>
    [
        new("Working off pushes", signals.Pushes, Fallback, pushes.WorkOffAsync),
        new("Reading chats", signals.Conversations, Fallback, chats.ReadMarkedAsync),
        new("Reading postings", signals.Postings, Fallback, postings.ReadMarkedAsync),
        new("Looking for chats", signals.ChatLists, Seconds(options.Value.ChatPollSeconds), chats.PollAsync),
        new("Looking for postings", signals.PostingLists, Seconds(options.Value.PostingPollSeconds), postings.PollAsync),
        new("Looking for wishes to cancel", signals.Cancellations, Seconds(options.Value.PostingPollSeconds), cancellations.PollAsync),
        new("Looking for unpaid orders", signals.Unpaid, Seconds(options.Value.PostingPollSeconds), unpaid.PollAsync),
        new("Looking for returns", signals.ReturnLists, Seconds(options.Value.ReturnPollSeconds), returns.PollAsync),
        new("Reading returns", signals.Returns, Fallback, returns.ReadMarkedAsync),
        new("Looking for refunds", signals.Refunds, Seconds(options.Value.ReturnPollSeconds), refunds.PollAsync),
        new("Looking for complaints", signals.Complaints, Seconds(options.Value.ReturnPollSeconds), complaints.PollAsync),
        new("Ending terms of cases", signals.CaseTerms, Seconds(30), terms.PassAsync),
        new("Telling buyers of returns", signals.BuyerNotes, Fallback, telling.TellDueAsync),
        new("Fetching pictures of returns", signals.ReturnPhotos, Seconds(30), photos.FetchMissingAsync),
        new("Checking the key", signals.Stores, Fallback, check.CheckAsync),
        new("Fetching attachments", signals.Attachments, Seconds(30), attachments.FetchMissingAsync),
        new("Learning about products", signals.Products, TimeSpan.FromMinutes(5), products.RefreshAsync),
        new("Printing labels", signals.Labels, Fallback, labels.WorkOffAsync),
        new("Making packs of cases", signals.Packs, Fallback, packs.WorkOffAsync),
        new("Giving out conversations", signals.Turns, Seconds(30), turns.GiveOutAsync),
        new("Freeing conversations of those who left", signals.Members, TimeSpan.FromHours(6), turns.ReleaseAsync),
        new("Cleaning up", new Signal(), TimeSpan.FromHours(6), cleanUp.RemoveOldAsync),
    ];

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
    [
        WatchAsync(stoppingToken),
        outbox.RunAsync(stoppingToken),
        .. Duties.Select(duty => new DutyRunner(duty, gate, clock, log).RunAsync(stoppingToken)),
    ]);

    /// <summary>A change on a screen is often a call for work: an answer to send, a new key to try, a conversation to give out.</summary>
    private async Task WatchAsync(CancellationToken stopping)
    {
        using var listener = feed.Listen();
        try
        {
            await foreach (var events in listener.ReadAsync(stopping))
            {
                if (events.Any(e => e.Kind is EventKind.Conversation or EventKind.Posting or EventKind.Unpaid or EventKind.Return or EventKind.Refund or EventKind.Dispute)) signals.Commands.Set();
                if (events.Any(e => e.Kind == EventKind.Store)) signals.Stores.Set();
                if (events.Any(e => e.Kind is EventKind.Return or EventKind.Refund)) signals.BuyerNotes.Set();
                if (events.Any(e => e.Kind is EventKind.Deadline or EventKind.Dispute)) signals.CaseTerms.Set();
                if (events.Any(e => e.Kind == EventKind.Labels)) signals.Labels.Set();
                if (events.Any(e => e.Kind == EventKind.Dispute)) signals.Packs.Set();
                if (events.Any(e => e.Kind == EventKind.Membership)) signals.Members.Set();
                if (events.Any(e => e.Kind is EventKind.Conversation or EventKind.Membership or EventKind.Store)) signals.Turns.Set();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The program ends.
        }
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
