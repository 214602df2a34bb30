namespace OzonSellerCenter.Inbox.Bulk;

/// <summary>What is done with many conversations at once.</summary>
public abstract record BulkChange;

/// <summary>Gives them to a colleague, or back (null).</summary>
public sealed record BulkAssign(string? PersonId) : BulkChange;

/// <summary>Puts a tag on.</summary>
public sealed record BulkTag(string Name) : BulkChange;

/// <summary>Puts them off, until an instant (UTC) or until the other side writes (null).</summary>
/// <param name="Anyway">Also where a clock of Ozon ends before.</param>
public sealed record BulkSnooze(DateTime? Until, bool Anyway = false) : BulkChange;

/// <summary>Marks them as read, here and at Ozon. The buyers see it, so there is no way back.</summary>
public sealed record BulkRead : BulkChange;
