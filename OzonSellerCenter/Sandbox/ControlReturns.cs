using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Api;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox;

/// <summary>What scripts and tests do with returns in the place of buyers, of Ozon's cabinet and of the bank.</summary>
internal static class ControlReturns
{
    private const int LongestText = 1000;
    private const int MostPhotos = 5;
    private const string UsualTrack = "80082912345678";
    private const long UsualPostage = 35_000;

    public sealed record Photo(string? FileName, string? Base64Content);

    public sealed record BuyerReturn(
        [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long ClientId,
        string? PostingNumber,
        [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long? Sku,
        int? ReasonId,
        string? Text,
        int? Quantity,
        IReadOnlyList<Photo>? Photos);

    public sealed record ReturnAct(
        [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long ClientId,
        [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long? ReturnId,
        string? PostingNumber,
        string? Act);

    public static void Map(RouteGroupBuilder control)
    {
        control.MapPost("buyer-return", AskAsync);
        control.MapPost("return-act", ActAsync);
    }

    private static IResult Missing() => Results.NotFound(new { error = "no such account, order, product or request" });

    private static IResult Bad(string error) => Results.BadRequest(new { error });

    private static async Task<IResult> AskAsync(Told<BuyerReturn> told, SandboxData data, ReturnBook book, CancellationToken cancel)
    {
        var wish = told.Body!;
        if (string.IsNullOrWhiteSpace(wish.Text) || wish.Text.Length > LongestText)
            return Bad($"text must have 1 to {LongestText} characters");
        if (ReturnReason.All.FirstOrDefault(r => r.Id == (wish.ReasonId ?? ReturnReason.All[0].Id)) is not { } reason)
            return Bad($"reasonId must be between {ReturnReason.All[0].Id} and {ReturnReason.All[^1].Id}");
        if (PhotosOf(wish.Photos ?? []) is not { } photos)
            return Bad($"photos must be {MostPhotos} pictures at most, each with fileName and base64Content");
        await using var db = await data.OpenAsync(cancel);
        var posting = await db.Postings.AsNoTracking().SingleOrDefaultAsync(p => p.ClientId == wish.ClientId && p.PostingNumber == wish.PostingNumber, cancel);
        if (posting is null)
            return Missing();
        var (fault, request) = await book.AskAsync(
            posting.PostingNumber, new NewReturn(wish.Sku ?? posting.Items[0].Sku, wish.Quantity ?? 1, reason, wish.Text, photos), cancel);
        return fault switch
        {
            null => Results.Ok(new { returnId = Wire.Id(request!.Id) }),
            PostingFault.NotFound => Missing(),
            _ => Bad(fault),
        };
    }

    /// <summary>The pictures that were told; null when they are none, or too many.</summary>
    public static List<NewFile>? PhotosOf(IReadOnlyList<Photo> told)
    {
        List<NewFile> photos = [];
        foreach (var photo in told)
        {
            var content = new byte[photo.Base64Content?.Length ?? 0];
            if (!Convert.TryFromBase64String(photo.Base64Content ?? "", content, out var length) || length == 0)
                return null;
            photos.Add(new NewFile(Path.GetFileName(photo.FileName ?? ""), content[..length]));
        }
        return photos.Count <= MostPhotos && photos.TrueForAll(p => p.IsImage) ? photos : null;
    }

    private static async Task<IResult> ActAsync(Told<ReturnAct> told, ReturnBook book, RefundBook refunds, CancellationToken cancel)
    {
        var (clientId, returnId, number, act) = told.Body!;
        if (act is "pay" or "fail" && (returnId, number) is (null, null))
            return Bad($"{act} needs returnId or postingNumber");
        if (act == "pay")
            return Results.Ok(new { paid = await refunds.EndNowAsync(clientId, number, returnId, isPaid: true, cancel) });
        if (act == "fail")
            return Results.Ok(new { failed = await refunds.EndNowAsync(clientId, number, returnId, isPaid: false, cancel) });
        if (returnId is not { } id)
            return Bad("returnId must be given");
        Task<string?>? deed = act switch
        {
            "accept-offer" => book.AnswerAsync(clientId, id, takes: true, cancel),
            "refuse-offer" => book.AnswerAsync(clientId, id, takes: false, cancel),
            "send" => book.SendAsync(clientId, id, UsualTrack, UsualPostage, cancel),
            "withdraw" => book.WithdrawAsync(clientId, id, cancel),
            "arrive" => book.ArriveAsync(clientId, id, cancel),
            "cabinet-approve" or "cabinet-reject" or "cabinet-refund" => book.DecideInCabinetAsync(clientId, id, act["cabinet-".Length..], cancel),
            _ => null,
        };
        if (deed is null)
            return Bad("act must be accept-offer, refuse-offer, send, withdraw, arrive, cabinet-approve, cabinet-reject, cabinet-refund, pay or fail");
        return await deed switch
        {
            null => Results.Ok(told.Body),
            ReturnFault.NotFound => Missing(),
            var fault => Bad(fault),
        };
    }
}
