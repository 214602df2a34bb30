using System.Runtime.CompilerServices;

namespace OzonSellerCenter.Ozon;

/// <summary>Ozon's two ways of paging here, with a guard against pages that lead nowhere.</summary>
internal static class OzonPaging
{
    public static async IAsyncEnumerable<OzonResult<TPage>> ByCursorAsync<TPage>(
        string? cursor,
        Func<string?, CancellationToken, Task<OzonResult<TPage>>> fetch,
        Func<TPage, (string Cursor, bool HasNext)> next,
        [EnumeratorCancellation] CancellationToken cancellation)
        where TPage : class
    {
        while (true)
        {
            var page = await fetch(cursor, cancellation);
            yield return page;
            if (!page.IsOk)
                yield break;
            var (following, hasNext) = next(page.Value);
            if (!hasNext)
                yield break;
            if (following.Length == 0 || following == cursor)
            {
                yield return new OzonError(OzonErrorKind.GarbageAnswer, "More pages are promised, but the cursor does not move.", 200);
                yield break;
            }

            cursor = following;
        }
    }

    /// <summary>Each page of the history starts with the message it was asked from, which is cut out here.</summary>
    public static async IAsyncEnumerable<OzonResult<ChatHistoryResponse>> HistoryAsync(
        ChatHistoryRequest request,
        Func<ChatHistoryRequest, CancellationToken, Task<OzonResult<ChatHistoryResponse>>> fetch,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        var forward = request.Direction == ChatHistoryRequest.Forward;
        long? told = null;
        while (true)
        {
            var answer = await fetch(request, cancellation);
            if (!answer.IsOk)
            {
                yield return answer;
                yield break;
            }

            var fresh = answer.Value.Messages
                .Where(m => told is not { } last || (forward ? m.MessageId > last : m.MessageId < last))
                .ToList();
            yield return answer.Value with { Messages = fresh };
            if (!answer.Value.HasNext || fresh.Count == 0)
                yield break;
            told = forward ? fresh.Max(m => m.MessageId) : fresh.Min(m => m.MessageId);
            request = request with { FromMessageId = told };
        }
    }
}
