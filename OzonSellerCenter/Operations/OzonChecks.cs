using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Operations;

/// <summary>Does Ozon's address answer, and does its clock agree with this machine's: deadlines are reckoned by Ozon's instants.</summary>
internal sealed class OzonChecks(IServiceProvider services)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SkewAllowed = TimeSpan.FromSeconds(30);

    public async IAsyncEnumerable<Finding> FindingsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var address = services.GetRequiredService<IOptions<OzonOptions>>().Value.BaseAddress;
        var (answeredAt, fault) = await AskAsync(address, cancellation);
        var isSandbox = address.AbsolutePath.StartsWith("/sandbox/", StringComparison.Ordinal);
        if (fault is not null)
        {
            yield return isSandbox
                ? Finding.Notice("ozon", $"{address} does not answer; the bundled sandbox does so only while the app runs")
                : Finding.Broken("ozon", $"{address} does not answer: {fault} Check network, DNS and proxy, or Ozon:BaseAddress.");
            yield break;
        }

        yield return Finding.Good("ozon", $"{address} answers");
        if (answeredAt is not { } theirs) yield break;
        var skew = (TimeProvider.System.GetUtcNow() - theirs).Duration();
        yield return skew <= SkewAllowed
            ? Finding.Good("clock", $"within {Math.Ceiling(skew.TotalSeconds):0} s of Ozon's")
            : Finding.Broken("clock", $"{skew.TotalSeconds:0} s away from Ozon's. Turn on time synchronisation: deadlines would be wrong by as much.");
    }

    /// <summary>Any HTTP answer will do; without a key it is a refusal.</summary>
    private static async Task<(DateTimeOffset? AnsweredAt, string? Fault)> AskAsync(Uri address, CancellationToken cancellation)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Patience };
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            return (answer.Headers.Date, null);
        }
        catch (HttpRequestException fault)
        {
            return (null, fault.Message);
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, $"no answer within {Patience.TotalSeconds:0} s.");
        }
    }
}
