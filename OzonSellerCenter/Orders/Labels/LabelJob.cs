using OzonSellerCenter.Data;

namespace OzonSellerCenter.Orders.Labels;

/// <summary>How far a job of labels is: Waiting → Asked → Ready | Failed. A task that Ozon has forgotten leads back to Waiting.</summary>
public enum LabelState
{
    /// <summary>To be asked of Ozon.</summary>
    Waiting = 1,

    /// <summary>Ozon makes the files.</summary>
    Asked = 2,

    /// <summary>There is at least one file.</summary>
    Ready = 3,

    Failed = 4,
}

/// <summary>A file of labels, made by a task at Ozon. Kept as JSON in <see cref="LabelJob.Files"/>: names stay as they are.</summary>
/// <param name="TaskId">Ozon's task.</param>
/// <param name="Kind">Ozon's word for the size: <c>big_label</c> or <c>small_label</c>.</param>
/// <param name="Sha256">Our copy in <see cref="ContentFiles"/>; null while there is none.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Printed">Postings with a label in it.</param>
/// <param name="IsRefused">Ozon made none.</param>
public sealed record LabelFile(long TaskId, string Kind, string? Sha256 = null, long Size = 0, int Printed = 0, bool IsRefused = false)
{
    /// <summary>Nothing more comes of its task.</summary>
    public bool IsOver() => Sha256 is not null || IsRefused;
}

/// <summary>Labels of one or many postings of a store, asked for together and printed into one file (one for each size that Ozon makes).</summary>
public sealed class LabelJob : IOwnedByStore, IVersioned
{
    /// <summary>Ozon: labels are to be asked for 45 to 60 seconds after the assembly.</summary>
    public static readonly TimeSpan NotReadyPause = TimeSpan.FromSeconds(50);

    /// <summary>What was packed long ago is made within seconds, so the first looks are quick.</summary>
    private static readonly TimeSpan QuickLook = TimeSpan.FromSeconds(4);

    private const int QuickLooks = 2;

    /// <summary>Tries in a row that may come to nothing; at the usual pause about half an hour.</summary>
    public const int MaxTries = 35;

    public long Id { get; init; }
    public int StoreId { get; init; }

    /// <summary>Made when the button was shown; the same key is taken once in a store.</summary>
    public required string Key { get; init; }

    public LabelState State { get; private set; } = LabelState.Waiting;

    /// <summary>What Ozon makes, in its order; empty before it was asked.</summary>
    public IReadOnlyList<LabelFile> Files { get; private set; } = [];

    /// <summary>When Ozon is asked next.</summary>
    public DateTime NextTryAt { get; set; }

    /// <summary>Tries in a row that came to nothing.</summary>
    public int Attempts { get; private set; }

    public DateTime CreatedAt { get; init; }
    public string? CreatedBy { get; init; }
    public DateTime? DoneAt { get; private set; }

    /// <summary>Resource key of what it waits for or failed by.</summary>
    public string? Error { get; private set; }

    /// <summary>Ozon's own words for it.</summary>
    public string? ErrorDetail { get; private set; }

    public List<PostingLabel> Labels { get; init; } = [];
    public long Version { get; set; }

    /// <summary>Ozon makes these.</summary>
    public void Take(IReadOnlyList<LabelFile> files, DateTime now) =>
        (State, Files, Attempts, NextTryAt, Error, ErrorDetail) = (LabelState.Asked, files, 0, now + QuickLook, null, null);

    /// <summary>Ozon is still at it.</summary>
    /// <param name="files">Those that have come meanwhile are among them.</param>
    public void Await(IReadOnlyList<LabelFile> files, DateTime now)
    {
        Files = files;
        PutOff(now, Attempts < QuickLooks ? QuickLook : NotReadyPause, "NotReady", null);
    }

    /// <summary>Ozon does not know its task any more: it is asked anew.</summary>
    public void AskAnew(DateTime now)
    {
        (State, Files) = (LabelState.Waiting, []);
        PutOff(now, QuickLook, "TaskGone", null);
    }

    /// <summary>It did not work now; tried again after the pause, and given up after <see cref="MaxTries"/>.</summary>
    public void PutOff(DateTime now, TimeSpan pause, string reason, string? detail)
    {
        (Error, ErrorDetail, NextTryAt) = (reason, detail, now + pause);
        if (++Attempts >= MaxTries) Fail(now, "GivenUp", detail);
    }

    /// <summary>Every task has come to its end.</summary>
    public void Finish(IReadOnlyList<LabelFile> files, DateTime now, string? detail)
    {
        Files = files;
        if (files.Any(f => f.Sha256 is not null)) (State, DoneAt, Error, ErrorDetail) = (LabelState.Ready, now, null, null);
        else Fail(now, "NothingPrinted", detail);
    }

    public void Fail(DateTime now, string reason, string? detail) =>
        (State, DoneAt, Error, ErrorDetail) = (LabelState.Failed, now, reason, detail);

    /// <summary>Notes what got no label, in Ozon's words.</summary>
    public void Name(IReadOnlyDictionary<string, string> problems)
    {
        foreach (var label in Labels) label.Problem = problems.GetValueOrDefault(label.PostingNumber, label.Problem!);
    }
}

/// <summary>A posting whose label a job prints.</summary>
public sealed class PostingLabel : IOwnedByStore
{
    public long Id { get; init; }
    public int StoreId { get; init; }
    public long JobId { get; init; }
    public required string PostingNumber { get; init; }

    /// <summary>Why a file of the job has no label for it, in Ozon's words; null when all have one, or are not there yet.</summary>
    public string? Problem { get; set; }
}
