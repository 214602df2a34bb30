using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace OzonSellerCenter.Disputes.Packs;

/// <summary>A file of a pack, as the list of the pack names it.</summary>
/// <param name="Number">Of the piece of evidence; 0 for the PDF.</param>
/// <param name="Path">In the ZIP.</param>
/// <param name="Sha256">Lower-case hex.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Type">By its content.</param>
internal sealed record PackEntry(
    int Number, string Path, string Sha256, long Size, string Type, string? Kind = null, string? Side = null, string? Role = null, string? Caption = null,
    DateTime? AddedAt = null, string? AddedBy = null, DateTime? AsOf = null);

/// <summary>A piece that was withdrawn: it is named and not enclosed.</summary>
internal sealed record PackWithdrawn(int Number, string Name, string Sha256, DateTime WithdrawnAt, string? WithdrawnBy, string? Why);

/// <summary>The list of a pack (<c>manifest.json</c>); all instants are UTC.</summary>
internal sealed record PackManifest(
    string Format, string Tool, string Case, string Store, string Posting, string Language, DateTime MadeAt, string MadeBy,
    IReadOnlyList<PackEntry> Files, IReadOnlyList<PackWithdrawn> Withdrawn)
{
    public const string Name = "manifest.json";

    /// <summary>The hashes once more, for <c>sha256sum -c</c>.</summary>
    public const string Sums = "manifest.sha256";

    public const string Known = "ozon-seller-center/pack/1";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Name and version of this program.</summary>
    public static string Program { get; } = $"OzonSellerCenter {typeof(PackManifest).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion}";

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <exception cref="JsonException">It is not such a list.</exception>
    public static PackManifest Parse(byte[] json) => JsonSerializer.Deserialize<PackManifest>(json, Json) ?? throw new JsonException("The list is empty.");

    public static PackManifest Of(PackContent content, string pdfPath, string pdfHash, long pdfSize) => new(
        Known, Program, content.Dispute.Number, content.Store, content.Dispute.PostingNumber, content.Pack.Language, content.MadeAt, content.MadeBy,
        [new PackEntry(0, pdfPath, pdfHash, pdfSize, "application/pdf"), .. content.Enclosed.Select(p => EntryOf(content, p))],
        [.. content.Pieces.Where(p => p.Path is null).Select(p => new PackWithdrawn(
            p.Number, p.Item.Name, p.Item.Sha256, p.Item.WithdrawnAt!.Value, content.NameOf(p.Item.WithdrawnBy), p.Item.WithdrawnWhy))]);

    private static PackEntry EntryOf(PackContent content, PackPiece piece)
    {
        var item = piece.Item;
        return new PackEntry(
            piece.Number, piece.Path!, item.Sha256, item.Size, item.ContentType, item.Kind.ToString(), item.Side.ToString(), item.Role.ToString(), item.Caption,
            item.AddedAt, content.NameOf(item.AddedBy), item.AsOf);
    }
}
