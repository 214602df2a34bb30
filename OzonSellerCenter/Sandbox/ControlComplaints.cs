using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Api;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox;

/// <summary>What scripts and tests do about complaints in the place of buyers and of Ozon.</summary>
internal static class ControlComplaints
{
    private const int LongestText = 1000;

    /// <param name="Kind">complaint, return_contested (of the last return of the posting that was turned down) or withholding.</param>
    /// <param name="Amount">Kopecks; without it all that the posting cost.</param>
    public sealed record NewCase(
        [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long ClientId,
        string? PostingNumber,
        string? Kind,
        string? Topic,
        string? Text,
        [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long? Amount,
        string? Nature,
        IReadOnlyList<ControlReturns.Photo>? Photos);

    public sealed record CaseAct(
        [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long ClientId,
        [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long ComplaintId,
        string? Act,
        string? Text);

    public static void Map(RouteGroupBuilder control)
    {
        control.MapPost("complaint", (Told<NewCase> told, SandboxData data, ComplaintBook book, CancellationToken cancel) => OpenAsync(told.Body!, data, book, cancel));
        control.MapPost("withholding", (Told<NewCase> told, SandboxData data, ComplaintBook book, CancellationToken cancel) =>
            OpenAsync(told.Body! with { Kind = Complaint.Withholding, Topic = ComplaintTopic.Quality }, data, book, cancel));
        control.MapPost("complaint-act", ActAsync);
    }

    private static IResult Missing() => Results.NotFound(new { error = "no such account, order, return or complaint" });

    private static IResult Bad(string error) => Results.BadRequest(new { error });

    private static async Task<IResult> OpenAsync(NewCase wish, SandboxData data, ComplaintBook book, CancellationToken cancel)
    {
        var (kind, topic, nature) = (wish.Kind ?? Complaint.ByBuyer, wish.Topic ?? ComplaintTopic.Other, wish.Nature ?? Complaint.Honest);
        if (!Complaint.Kinds.Contains(kind))
            return Bad("kind must be " + string.Join(", ", Complaint.Kinds));
        if (ComplaintTopic.All.All(t => t.Id != topic))
            return Bad("topic must be " + string.Join(", ", ComplaintTopic.All.Select(t => t.Id)));
        if (!Complaint.Natures.Contains(nature))
            return Bad("nature must be " + string.Join(", ", Complaint.Natures));
        if (string.IsNullOrWhiteSpace(wish.Text) || wish.Text.Length > LongestText)
            return Bad($"text must have 1 to {LongestText} characters");
        if (wish.Amount <= 0)
            return Bad("amount must be kopecks above 0");
        if (ControlReturns.PhotosOf(wish.Photos ?? []) is not { } photos)
            return Bad("photos must be 5 pictures at most, each with fileName and base64Content");
        await using var db = await data.OpenAsync(cancel);
        if (!await db.Postings.AnyAsync(p => p.ClientId == wish.ClientId && p.PostingNumber == wish.PostingNumber, cancel))
            return Missing();
        var refused = await db.Returns.Where(r => r.PostingNumber == wish.PostingNumber && r.State == ReturnRequest.Rejected).MaxAsync(r => (long?)r.Id, cancel);
        var complaint = new NewComplaint(topic, wish.Text, wish.Amount, photos, nature);
        var (fault, made) = kind switch
        {
            Complaint.ReturnContested => await book.ContestAsync(refused ?? 0, wish.Text, photos, nature, cancel),
            Complaint.Withholding => await book.WithholdAsync(wish.PostingNumber!, complaint, cancel),
            _ => await book.OpenAsync(wish.PostingNumber!, complaint, cancel),
        };
        return fault switch
        {
            null => Results.Ok(new { complaintId = Wire.Id(made!.Id) }),
            PostingFault.NotFound or ReturnFault.NotFound => Missing(),
            _ => Bad(fault),
        };
    }

    private static async Task<IResult> ActAsync(Told<CaseAct> told, ComplaintBook book, CancellationToken cancel)
    {
        var (clientId, id, act, text) = told.Body!;
        if (act is "answer" or "appeal" && string.IsNullOrWhiteSpace(text))
            return Bad($"{act} needs text");
        Task<string?>? deed = act switch
        {
            "withdraw" => book.WithdrawAsync(clientId, id, text ?? "", cancel),
            "settle" => book.SettleAsync(clientId, id, text ?? "", cancel),
            "answer" => book.AnswerAsync(clientId, id, text!, cancel),
            "appeal" => book.AppealAsync(clientId, id, text!, cancel),
            _ => null,
        };
        if (deed is null)
            return Bad("act must be withdraw, settle, answer or appeal");
        return await deed switch
        {
            null => Results.Ok(told.Body),
            ComplaintFault.NotFound => Missing(),
            var fault => Bad(fault),
        };
    }
}
