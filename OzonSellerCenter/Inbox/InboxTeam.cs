namespace OzonSellerCenter.Inbox;

/// <summary>The people the inbox speaks of; cascaded by <c>TeamScope</c>.</summary>
public sealed record InboxTeam(IReadOnlyList<Colleague> Colleagues)
{
    public static InboxTeam None { get; } = new([]);

    /// <summary>Everybody once, whatever stores he works in, who may be given conversations.</summary>
    public IEnumerable<Colleague> Answering => Colleagues.Where(c => c.Answers).DistinctBy(c => c.UserId);

    /// <summary>Those who may be given conversations of a store.</summary>
    public IEnumerable<Colleague> AnsweringIn(int storeId) => Colleagues.Where(c => c.StoreId == storeId && c.Answers);

    /// <summary>The name colleagues see; null for nobody and for people who are in no store any more.</summary>
    public string? NameOf(string? userId) => userId is null ? null : Colleagues.FirstOrDefault(c => c.UserId == userId)?.Name;
}
