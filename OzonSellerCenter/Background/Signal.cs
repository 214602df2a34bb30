using System.Threading.Channels;

namespace OzonSellerCenter.Background;

/// <summary>Wakes one waiting worker. A signal given while nobody waits is remembered; several count as one.</summary>
internal sealed class Signal
{
    private readonly Channel<bool> _raised = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _raised.Writer.TryWrite(true);

    /// <summary>Waits for the signal, at most for a while by the app's clock.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider clock, CancellationToken cancellation)
    {
        if (_raised.Reader.TryRead(out _)) return;
        using var time = new CancellationTokenSource(atMost, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, time.Token);
        try
        {
            await _raised.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Time is up: the worker looks without having been called.
        }
    }
}

/// <summary>The wake-up calls between the parts that run by themselves, one for each duty of the <see cref="Schedule"/>. They only save waiting:
/// what is to be done stands in the database.</summary>
internal sealed class Signals
{
    /// <summary>A push was stored.</summary>
    public Signal Pushes { get; } = new();

    /// <summary>A conversation has to be read again.</summary>
    public Signal Conversations { get; } = new();

    /// <summary>A posting has to be read again.</summary>
    public Signal Postings { get; } = new();

    /// <summary>The list of chats is wanted before its time.</summary>
    public Signal ChatLists { get; } = new();

    /// <summary>The list of postings is wanted before its time.</summary>
    public Signal PostingLists { get; } = new();

    /// <summary>The list of buyers' wishes to cancel is wanted before its time.</summary>
    public Signal Cancellations { get; } = new();

    /// <summary>The list of unpaid orders is wanted before its time.</summary>
    public Signal Unpaid { get; } = new();

    /// <summary>The lists of buyers' requests to return are wanted before their time.</summary>
    public Signal ReturnLists { get; } = new();

    /// <summary>A buyer's request to return has to be read again.</summary>
    public Signal Returns { get; } = new();

    /// <summary>A picture of a buyer's request came.</summary>
    public Signal ReturnPhotos { get; } = new();

    /// <summary>Something is to be told to a buyer about his return or refund.</summary>
    public Signal BuyerNotes { get; } = new();

    /// <summary>Money that is on its way may have arrived.</summary>
    public Signal Refunds { get; } = new();

    /// <summary>The list of complaints is wanted before its time.</summary>
    public Signal Complaints { get; } = new();

    /// <summary>The term of a case may be over.</summary>
    public Signal CaseTerms { get; } = new();

    /// <summary>A command may be due.</summary>
    public Signal Commands { get; } = new();

    /// <summary>A store's key or connection changed.</summary>
    public Signal Stores { get; } = new();

    /// <summary>An attachment came.</summary>
    public Signal Attachments { get; } = new();

    /// <summary>A conversation may be left over, or somebody may have room for one.</summary>
    public Signal Turns { get; } = new();

    /// <summary>The people of a store changed.</summary>
    public Signal Members { get; } = new();

    /// <summary>An order came, perhaps with a product not known yet.</summary>
    public Signal Products { get; } = new();

    /// <summary>Labels are wanted.</summary>
    public Signal Labels { get; } = new();

    /// <summary>A pack of a case is wanted.</summary>
    public Signal Packs { get; } = new();

    /// <summary>Everything that waited for a store to be reachable may go on.</summary>
    public void StoreOpened()
    {
        foreach (var signal in new[] { ChatLists, PostingLists, Cancellations, Unpaid, ReturnLists, Returns, ReturnPhotos, BuyerNotes, Refunds, Complaints, Conversations, Postings, Attachments, Products, Labels, Commands, Stores }) signal.Set();
    }
}
