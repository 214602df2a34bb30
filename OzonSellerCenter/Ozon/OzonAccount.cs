namespace OzonSellerCenter.Ozon;

/// <summary>
/// Whose calls these are. The key is not public, so that no log, serializer or page can show it by accident.
/// </summary>
/// <param name="clientId">The number of the seller's account.</param>
/// <param name="apiKey">The secret key.</param>
public sealed class OzonAccount(string clientId, string apiKey)
{
    public string ClientId { get; } = clientId.Trim();

    internal string ApiKey { get; } = apiKey.Trim();

    public override string ToString() => $"Ozon account {ClientId}";
}
