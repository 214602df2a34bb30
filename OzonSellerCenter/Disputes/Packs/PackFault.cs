namespace OzonSellerCenter.Disputes.Packs;

/// <summary>A pack cannot be made of the case as it is, or somebody stopped it.</summary>
/// <param name="key">Resource key, with the number of the piece behind a colon; null when a person stopped it.</param>
internal sealed class PackFault(string? key) : Exception(key)
{
    public string? Key { get; } = key;
}
