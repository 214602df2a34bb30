using System.Data.Common;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox.Bulk;

/// <summary>One deed on its way through many conversations. It can be stopped between two of them; what was done stays done and can be
/// put back.</summary>
/// <param name="Ids">The conversations in their order.</param>
/// <param name="Deed">What is done with one.</param>
public sealed record BulkRun(IReadOnlyList<long> Ids, Func<long, CancellationToken, Task<BulkRow>> Deed)
{
    private readonly List<BulkRow> _rows = [];

    /// <summary>How it ended for each so far.</summary>
    public IReadOnlyList<BulkRow> Rows => _rows;

    public bool IsOver { get; private set; }

    /// <summary>It ended before all were done.</summary>
    public bool WasStopped => IsOver && _rows.Count < Ids.Count;

    public int Done => _rows.Count(r => r.Refusal is null);

    public IEnumerable<BulkRow> Refused => _rows.Where(r => r.Refusal is not null);

    public bool CanUndo => IsOver && _rows.Exists(r => r.Undo is not null);

    /// <summary>Does it, and tells after each.</summary>
    public async Task GoAsync(Action told, CancellationToken cancellation)
    {
        foreach (var id in Ids)
        {
            if (cancellation.IsCancellationRequested) break;
            _rows.Add(await OneAsync(id, cancellation));
            told();
        }

        IsOver = true;
        told();
    }

    /// <summary>The way back, the last first.</summary>
    public BulkRun Back()
    {
        var undos = _rows.Where(r => r.Undo is not null).Reverse().ToDictionary(r => r.Id, r => r.Undo!);
        return new BulkRun([.. undos.Keys], async (id, cancellation) => new BulkRow(id, (await undos[id](cancellation)).Refusal));
    }

    private async Task<BulkRow> OneAsync(long id, CancellationToken cancellation)
    {
        try
        {
            return await Deed(id, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // In the middle of one: its transaction is rolled back.
            return new BulkRow(id, new Reason("BulkStopped"));
        }
        catch (DbException)
        {
            // The data layer has logged it; the others go on.
            return new BulkRow(id, new Reason("BulkFailed"));
        }
    }
}
