using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace OzonSellerCenter.Shared;

/// <summary>How it ended for one row.</summary>
/// <param name="Refusal">Why it was not done; null when it was.</param>
/// <param name="Undo">Puts it back as it was, unless somebody changed it since (refused: <c>ChangedSince</c>); null where there is nothing to
/// put back.</param>
public sealed record BulkRow(long Id, Reason? Refusal, Func<Task<Outcome>>? Undo = null);

/// <summary>One deed on its way through many rows, such as conversations or postings. It can be stopped between two of them; what was done stays
/// done and can be put back.</summary>
/// <param name="ids">The rows in their order.</param>
/// <param name="deed">What is done with one.</param>
/// <param name="log">Told what could not be saved.</param>
public sealed class BulkRun(IReadOnlyList<long> ids, Func<long, Task<BulkRow>> deed, ILogger log)
{
    private readonly List<BulkRow> _rows = [];

    /// <summary>So many rows it is about.</summary>
    public int Count => ids.Count;

    /// <summary>How it ended for each so far.</summary>
    public IReadOnlyList<BulkRow> Rows => _rows;

    public bool IsOver { get; private set; }

    /// <summary>It ended before all were done.</summary>
    public bool WasStopped => IsOver && _rows.Count < ids.Count;

    public int Done => _rows.Count(r => r.Refusal is null);

    public IEnumerable<BulkRow> Refused => _rows.Where(r => r.Refusal is not null);

    public bool CanUndo => IsOver && _rows.Exists(r => r.Undo is not null);

    /// <summary>Does it, and tells after each.</summary>
    public async Task GoAsync(Action told, CancellationToken stop)
    {
        foreach (var id in ids)
        {
            if (stop.IsCancellationRequested) break;

            // SQLite does its work in the thread that asks. That of the screen has to stay free, or nobody could stop it.
            _rows.Add(await Task.Run(() => OneAsync(id), CancellationToken.None));
            told();
        }

        IsOver = true;
        told();
    }

    /// <summary>The way back, the last first.</summary>
    public BulkRun Back()
    {
        var undos = _rows.Where(r => r.Undo is not null).Reverse().ToDictionary(r => r.Id, r => r.Undo!);
        return new BulkRun([.. undos.Keys], async id => new BulkRow(id, (await undos[id]()).Refusal), log);
    }

    private async Task<BulkRow> OneAsync(long id)
    {
        try
        {
            return await deed(id);
        }
        catch (Exception fault) when (fault is DbException or DbUpdateException)
        {
            log.LogError(fault, "Row {Row} could not be changed with the others", id);
            return new BulkRow(id, new Reason("BulkFailed"));
        }
    }
}
