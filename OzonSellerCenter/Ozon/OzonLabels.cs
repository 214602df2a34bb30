namespace OzonSellerCenter.Ozon;

/// <summary>Labels: ask for them, ask whether they are ready, fetch the PDF.</summary>
public sealed partial class OzonApi
{
    /// <summary>Where Ozon keeps files that it made for sellers, for example ir.ozone.ru.</summary>
    private static readonly string[] FileHosts = [".ozone.ru", ".ozon.ru"];

    /// <summary>/v3/posting/fbs/package-label/create, a write that does no harm twice. Ask 45 to 60 seconds after the assembly.</summary>
    public Task<OzonResult<LabelTasksResponse>> CreateLabelsAsync(OzonAccount account, LabelsRequest request, CancellationToken cancellation) =>
        WriteAsync<LabelTasksResponse>(account, "/v3/posting/fbs/package-label/create", request, cancellation);

    /// <summary>/v2/posting/fbs/package-label/get: how far a task is, and where its file lies.</summary>
    public Task<OzonResult<LabelTaskResponse>> LabelTaskAsync(OzonAccount account, LabelTaskRequest request, CancellationToken cancellation) =>
        ReadAsync<LabelTaskResponse>(account, "/v2/posting/fbs/package-label/get", request, cancellation);

    /// <summary>
    /// Fetches the PDF at a task's <see cref="LabelTaskResponse.FileUrl"/>. The address is the secret, the key is not sent along; only Ozon's own
    /// hosts and addresses under Ozon:BaseAddress are asked (<see cref="OzonErrorKind.ForeignAddress"/> otherwise).
    /// </summary>
    public async Task<OzonResult<OzonFile>> LabelFileAsync(OzonAccount account, string url, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || !(IsOurs(address) || IsOzonsFile(address)))
            return new OzonError(OzonErrorKind.ForeignAddress, "The label's address is not Ozon's.");

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var answer = await SendBareAsync(OzonSetup.Reads, account, request, cancellation);
        if (!answer.IsOk)
            return answer.Error;
        return answer.Value.Content.AsSpan().StartsWith("%PDF-"u8)
            ? new OzonFile(answer.Value.Content, answer.Value.ContentType)
            : Failed(account, request, new OzonError(OzonErrorKind.GarbageAnswer, "The label is no PDF.", answer.Value.Status));
    }

    private static bool IsOzonsFile(Uri address) =>
        address is { Scheme: "https", IsDefaultPort: true, UserInfo: "" }
        && FileHosts.Any(host => address.IdnHost.EndsWith(host, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Request of /v3/posting/fbs/package-label/create.</summary>
public sealed record LabelsRequest
{
    /// <summary>1 to 1000, in the state awaiting_deliver.</summary>
    public IReadOnlyList<string> PostingNumbers { get; init; } = [];
}

public sealed record LabelTasksResponse
{
    /// <summary>One for each size of label.</summary>
    public IReadOnlyList<OzonLabelTask> Tasks { get; init; } = [];
}

public sealed record OzonLabelTask
{
    public long TaskId { get; init; }

    /// <summary>big_label or small_label.</summary>
    public string TaskType { get; init; } = "";
}

/// <summary>Request of /v2/posting/fbs/package-label/get.</summary>
public sealed record LabelTaskRequest
{
    public long TaskId { get; init; }
}

public sealed record LabelTaskResponse
{
    /// <summary>Empty until the file is ready.</summary>
    public string FileUrl { get; init; } = "";

    public LabelTaskStatus? Status { get; init; }

    public LabelTaskError? Error { get; init; }
}

public sealed record LabelTaskStatus
{
    /// <summary>pending, in_progress, completed or error.</summary>
    public string Code { get; init; } = "";

    public int PostingsCount { get; init; }

    public int PrintedPostingsCount { get; init; }

    /// <summary>Those without a label; the rest is printed.</summary>
    public IReadOnlyList<UnprintedPosting> UnprintedPostings { get; init; } = [];
}

public sealed record UnprintedPosting
{
    public string PostingNumber { get; init; } = "";

    public string Message { get; init; } = "";
}

public sealed record LabelTaskError
{
    public string Code { get; init; } = "";

    public string Message { get; init; } = "";
}
