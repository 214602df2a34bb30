using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox.Bulk;

/// <summary>One deed on its way through many conversations. It can be stopped between two of them; what was done stays done and can be
/// put back.</summary>
/// <param name="ids">The conversations in their order.</param>
/// <param name="deed">What is done with one.</param>
/// <param name="log">Told what could not be saved.</param>
public sealed class BulkRun(IReadOnlyList<long> ids, Func<long, Task<BulkRow>> deed, ILogger log)
{
    private readonly List<BulkRow> _rows = [];

    /// <summary>So many conversations it is about.</summary>
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
            _rows.Add(await OneAsync(id));
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
            log.LogError(fault, "Conversation {Conversation} could not be changed with the others", id);
            return new BulkRow(id, new Reason("BulkFailed"));
        }
    }
}
