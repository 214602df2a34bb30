namespace OzonSellerCenter.Ozon;

/// <summary>Files of chat messages. Their links need the account's headers, like any method.</summary>
public sealed partial class OzonApi
{
    /// <summary>
    /// Fetches a chat file. Only addresses under Ozon:BaseAddress are asked (<see cref="OzonErrorKind.ForeignAddress"/> otherwise): a link in
    /// a message could be anybody's, and the key would go there. The content type is what the server says, not what the bytes are.
    /// </summary>
    public async Task<OzonResult<OzonFile>> DownloadAsync(OzonAccount account, string url, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !IsOurs(address))
            return new OzonError(OzonErrorKind.ForeignAddress, "The file's address is not Ozon's.");

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var answer = await SendAsync(OzonSetup.Reads, account, request, cancellation);
        return answer.IsOk ? new OzonFile(answer.Value.Content, answer.Value.ContentType) : answer.Error;
    }

    private bool IsOurs(Uri address)
    {
        var root = options.Value.Root;
        return address.UserInfo.Length == 0
            && Uri.Compare(root, address, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0
            && address.AbsolutePath.StartsWith(root.AbsolutePath, StringComparison.Ordinal);
    }
}

public sealed record OzonFile(byte[] Content, string? ContentType);
