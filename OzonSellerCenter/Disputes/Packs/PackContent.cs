using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes.Evidence;
using OzonSellerCenter.Inbox;

namespace OzonSellerCenter.Disputes.Packs;

/// <summary>A piece of evidence in a pack.</summary>
/// <param name="Number">Its place in the case, from 1 on; the same in every pack of the case, for nothing is ever deleted.</param>
/// <param name="Path">Where its original lies in the ZIP; null for what was withdrawn, which is listed and not enclosed.</param>
internal sealed record PackPiece(int Number, EvidenceItem Item, string? Path)
{
    public bool IsText => Item.ContentType.StartsWith("text/plain", StringComparison.Ordinal);

    public bool IsPicture => Item.ContentType is "image/jpeg" or "image/png" or "image/webp" or "image/gif";

    /// <summary>Of the picture that is drawn: without what a camera writes into it, when there is such a copy.</summary>
    public string Drawn => Item.ViewSha256 ?? Item.Sha256;
}

/// <summary>Everything a pack is made of, as it was read at one moment.</summary>
/// <param name="Names">Of people, by their key.</param>
internal sealed record PackContent(
    EvidencePack Pack, Dispute Dispute, string Store, string TimeZone, DateTime MadeAt,
    IReadOnlyList<DisputeStep> Steps, IReadOnlyList<PackPiece> Pieces, IReadOnlyDictionary<string, string> Names)
{
    private static readonly Dictionary<string, string[]> Extensions = new(StringComparer.Ordinal)
    {
        ["image/jpeg"] = [".jpg", ".jpeg"],
        ["image/png"] = [".png"],
        ["image/webp"] = [".webp"],
        ["image/gif"] = [".gif"],
        ["image/heic"] = [".heic", ".heif"],
        ["application/pdf"] = [".pdf"],
        ["video/mp4"] = [".mp4"],
        ["video/quicktime"] = [".mov"],
        ["video/webm"] = [".webm"],
        ["text/plain"] = [".txt"],
    };

    public string MadeBy => NameOf(Pack.AskedBy) ?? Pack.AskedBy;

    /// <summary>Those whose originals are enclosed.</summary>
    public IEnumerable<PackPiece> Enclosed => Pieces.Where(p => p.Path is not null);

    /// <summary>Null for the program itself, the buyer and Ozon.</summary>
    public string? NameOf(string? person) => person is null ? null : Names.GetValueOrDefault(person, person);

    public static async Task<PackContent> ReadAsync(SellerCenterDb db, EvidencePack pack, DateTime now, CancellationToken cancellation)
    {
        var dispute = await db.Disputes.AsNoTracking().SingleAsync(d => d.Id == pack.DisputeId, cancellation);
        var store = await db.Stores.Where(s => s.Id == pack.StoreId).Select(s => new { s.Name, s.TimeZone }).SingleAsync(cancellation);
        var steps = await db.DisputeSteps.AsNoTracking().Where(s => s.DisputeId == dispute.Id).OrderBy(s => s.Id).ToListAsync(cancellation);
        var items = await db.EvidenceItems.AsNoTracking().Where(i => i.DisputeId == dispute.Id).OrderBy(i => i.Id).ToListAsync(cancellation);
        var people = steps.Select(s => s.By).Concat(items.SelectMany(i => new[] { i.AddedBy, i.WithdrawnBy })).Append(pack.AskedBy).OfType<string>().Distinct().ToList();
        var names = await db.Users.Where(u => people.Contains(u.Id)).Select(u => new { u.Id, u.DisplayName }).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellation);
        var width = items.Count.ToString(CultureInfo.InvariantCulture).Length;
        return new PackContent(pack, dispute, store.Name, store.TimeZone, now, steps, [.. items.Select((item, i) => new PackPiece(i + 1, item, PathOf(item, i + 1, width)))], names);
    }

    /// <summary>Such as <c>evidence/007-photo.jpg</c>: nothing a stranger chose can lead out of the folder it is unpacked in.</summary>
    private static string? PathOf(EvidenceItem item, int number, int width)
    {
        if (item.WithdrawnAt is not null) return null;
        var name = FileNames.Clean(item.Name);
        if (Extensions.TryGetValue(item.ContentType.Split(';')[0], out var fitting)) name = FileNames.WithExtension(name, fitting);
        return $"evidence/{number.ToString($"D{Math.Max(width, 2)}", CultureInfo.InvariantCulture)}-{name}";
    }
}
