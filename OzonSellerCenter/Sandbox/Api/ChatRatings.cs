using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Api;

/// <summary>
/// A rating of the seller at one moment, with the thresholds of /v1/rating/history. The value is in seconds for TIME, in percent
/// for PERCENT, 1 to 5 for REVIEW_SCORE.
/// </summary>
internal sealed record RatingFigure(
    string Group, string Rating, string Name, double Value, string ValueType, bool HigherIsBetter, double Danger, double Warning, double Premium)
{
    public string Status => HigherIsBetter
        ? Value < Danger ? "CRITICAL" : Value < Warning ? "WARNING" : "OK"
        : Value > Danger ? "CRITICAL" : Value > Warning ? "WARNING" : "OK";
}

/// <summary>
/// The seller's ratings: those of chats reckoned from what was written in the last 30 days, the others as the shop starts with.
/// Ozon tells its thresholds only to the account; the ones here are invented, but for the review score (seen live: 0, 3, 4.5).
/// </summary>
internal sealed class ChatRatings(SandboxData data)
{
    private static readonly TimeSpan Period = TimeSpan.FromDays(30);

    private sealed record Wait(DateTime AskedAt, DateTime? AnsweredAt, bool First);

    public async Task<IReadOnlyList<RatingFigure>> AllAsync(long clientId, DateTime at, CancellationToken cancel) =>
        Figures(await WaitsAsync(clientId, cancel), await ScoresAsync(clientId, cancel), at);

    public async Task<IEnumerable<IGrouping<string, (DateTime Day, RatingFigure Figure)>>> DailyAsync(
        long clientId, IEnumerable<DateTime> days, CancellationToken cancel)
    {
        var waits = await WaitsAsync(clientId, cancel);
        var scores = await ScoresAsync(clientId, cancel);
        return days.SelectMany(day => Figures(waits, scores, day.AddDays(1)).Select(f => (Day: day, Figure: f))).GroupBy(f => f.Figure.Rating);
    }

    private static List<RatingFigure> Figures(List<Wait> waits, List<(DateTime At, int Rating)> scores, DateTime at)
    {
        var recent = waits.Where(w => w.AskedAt <= at && w.AskedAt > at - Period).ToList();
        var settled = recent.Where(w => w.First && (Within(w, at, TimeSpan.FromHours(24)) || at - w.AskedAt > TimeSpan.FromHours(24))).ToList();
        var replied = settled.Count == 0 ? 100 : 100.0 * settled.Count(w => Within(w, at, TimeSpan.FromHours(24))) / settled.Count;
        var stars = scores.Where(s => s.At <= at).Select(s => (double)s.Rating).DefaultIfEmpty(5).Average();
        return
        [
            new("Общение с покупателями", "rating_reaction_time", "Скорость первого ответа", Average(recent.Where(w => w.First), at), "TIME", false, 86400, 14400, 3600),
            new("Общение с покупателями", "rating_average_response_time", "Среднее время ответа", Average(recent, at), "TIME", false, 86400, 21600, 7200),
            new("Общение с покупателями", "rating_replied_dialogs_ratio", "Доля диалогов с ответом за 24 часа", Math.Round(replied, 1), "PERCENT", true, 60, 80, 95),
            new("Оценка продавца", "rating_review_avg_score_total", "Оценка по отзывам", Math.Round(stars, 2), "REVIEW_SCORE", true, 0, 3, 4.5),
            new("Логистика", "rating_on_time", "Доставка вовремя", 97.4, "PERCENT", true, 75, 90, 96),
            new("Логистика", "rating_general_indicator_fbs_rfbs", "Индекс ошибок FBS и rFBS", 0.8, "INDEX", false, 5, 2.5, 1),
        ];
    }

    private static bool Within(Wait wait, DateTime at, TimeSpan span) =>
        wait.AnsweredAt is { } answered && answered <= at && answered - wait.AskedAt <= span;

    private static double Average(IEnumerable<Wait> waits, DateTime at) => Math.Round(
        waits.Where(w => w.AnsweredAt <= at).Select(w => (w.AnsweredAt!.Value - w.AskedAt).TotalSeconds).DefaultIfEmpty(0).Average());

    private async Task<List<(DateTime, int)>> ScoresAsync(long clientId, CancellationToken cancel)
    {
        await using var db = await data.OpenAsync(cancel);
        var reviews = await db.Reviews.AsNoTracking().Where(r => r.ClientId == clientId).Select(r => new { r.WrittenAt, r.Rating }).ToListAsync(cancel);
        return [.. reviews.Select(r => (r.WrittenAt, r.Rating))];
    }

    private async Task<List<Wait>> WaitsAsync(long clientId, CancellationToken cancel)
    {
        await using var db = await data.OpenAsync(cancel);
        var lines = await (
            from chat in db.Chats
            join message in db.Messages on chat.Id equals message.ChatId
            where chat.ClientId == clientId && chat.Type == "BUYER_SELLER"
            orderby chat.Id, message.Id
            select new { message.ChatId, message.Author, message.CreatedAt }).ToListAsync(cancel);
        List<Wait> waits = [];
        foreach (var chat in lines.GroupBy(l => l.ChatId))
        {
            DateTime? asked = null;
            var first = true;
            foreach (var line in chat)
            {
                if (line.Author == Author.Buyer)
                {
                    asked ??= line.CreatedAt;
                }
                else if (asked is { } since)
                {
                    waits.Add(new Wait(since, line.CreatedAt, first));
                    (asked, first) = (null, false);
                }
            }
            if (asked is { } open)
                waits.Add(new Wait(open, null, first));
        }
        return waits;
    }
}
