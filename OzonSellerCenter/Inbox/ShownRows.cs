namespace OzonSellerCenter.Inbox;

/// <summary>The rows of the list as far as they were read. Rows change in place at any time; places change only when the caller says so, and
/// until then the changed rows are held.</summary>
internal sealed class ShownRows
{
    private readonly HashSet<long> _held = [];
    private List<InboxRow> _rows = [];
    private InboxOrder _order = new(InboxSort.Due);

    public IReadOnlyList<InboxRow> Rows => _rows;

    /// <summary>Rows that came, or that should stand elsewhere.</summary>
    public IReadOnlyCollection<long> Held => _held;

    /// <summary>Last row of the last page as it was read: where the next page begins, whatever has moved since.</summary>
    public InboxRow? Cursor { get; private set; }

    public bool HasMore { get; private set; }

    /// <summary>Begins anew with a first page.</summary>
    public void Start(InboxRows page, InboxSort sort)
    {
        _held.Clear();
        _order = new InboxOrder(sort);
        _rows = [.. page.Rows];
        (Cursor, HasMore) = (page.Rows is [.., var last] ? last : null, page.HasMore);
    }

    /// <summary>Adds the page after <see cref="Cursor"/>; a row that moved meanwhile and stands here already is left where it is.</summary>
    public void Append(InboxRows page)
    {
        var known = _rows.Select(r => r.Id).ToHashSet();
        _rows.AddRange(page.Rows.Where(r => !known.Contains(r.Id)));
        (Cursor, HasMore) = (page.Rows is [.., var last] ? last : Cursor, page.HasMore);
    }

    public bool Contains(long id) => _rows.Exists(r => r.Id == id);

    /// <summary>Takes changed rows in; those of <paramref name="ids"/> that were not read again have left the list.</summary>
    /// <param name="settle">Rows may change places now.</param>
    public void TakeIn(IReadOnlyCollection<long> ids, IReadOnlyDictionary<long, InboxRow> read, bool settle)
    {
        foreach (var id in ids)
        {
            var at = _rows.FindIndex(r => r.Id == id);
            if (!read.TryGetValue(id, out var row))
            {
                if (at >= 0) _rows.RemoveAt(at);
                _held.Remove(id);
            }
            else if (at >= 0 && IsInPlace(at, row))
            {
                _rows[at] = row;
                _held.Remove(id);
            }
            else if (settle)
            {
                if (at >= 0) _rows.RemoveAt(at);
                if (!HasMore || Cursor is null || _order.Compare(row, Cursor) < 0) Insert(row);
                _held.Remove(id);
            }
            else
            {
                if (at >= 0) _rows[at] = row;
                _held.Add(id);
            }
        }
    }

    private bool IsInPlace(int at, InboxRow row) =>
        (at == 0 || _order.Compare(_rows[at - 1], row) < 0) && (at == _rows.Count - 1 || _order.Compare(row, _rows[at + 1]) < 0);

    private void Insert(InboxRow row)
    {
        var at = _rows.FindIndex(r => _order.Compare(row, r) < 0);
        _rows.Insert(at < 0 ? _rows.Count : at, row);
    }
}
