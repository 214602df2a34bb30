using System.Globalization;
using System.Text.Json.Nodes;

namespace OzonSellerCenter.Sandbox.Api;

/// <summary>The account itself: /v1/seller/info, /v1/roles, /v1/rating/summary, /v1/rating/history.</summary>
internal sealed class SellerMethods(SandboxData data, ChatRatings chatRatings)
{
    public IEnumerable<ApiMethod> All =>
    [
        new("/v1/seller/info", "SellerInfoRequest", InfoAsync),
        new("/v1/roles", "RolesByTokenRequest", RolesAsync),
        new("/v1/rating/summary", "RatingSummaryV1Request", SummaryAsync),
        new("/v1/rating/history", "RatingHistoryV1Request", HistoryAsync),
    ];

    private async Task<ApiAnswer> InfoAsync(ApiCall call)
    {
        var ratings = await chatRatings.AllAsync(call.ClientId, data.Now, call.Cancel);
        return ApiAnswer.Ok(new JsonObject
        {
            ["company"] = new JsonObject
            {
                ["name"] = call.Account.Name,
                ["legal_name"] = call.Account.LegalName,
                ["country"] = "RUS",
                ["currency"] = "RUB",
                ["inn"] = call.Account.Inn,
                ["ogrn"] = "32577" + call.Account.Inn[..10],
                ["ownership_form"] = "ИП",
                ["tax_system"] = "USN",
            },
            ["subscription"] = new JsonObject
            {
                ["is_premium"] = call.Account.Subscription != "UNSPECIFIED",
                ["type"] = call.Account.Subscription,
            },
            ["ratings"] = new JsonArray([.. ratings.Select(r => new JsonObject
            {
                ["rating"] = r.Rating,
                ["name"] = r.Name,
                ["status"] = r.Status,
                ["value_type"] = r.ValueType,
                ["current_value"] = Value(r, data.Now.AddDays(-30), data.Now),
                ["past_value"] = Value(r, data.Now.AddDays(-60), data.Now.AddDays(-30)),
            })]),
        });
    }

    private static JsonObject Value(RatingFigure figure, DateTime from, DateTime to) => new()
    {
        ["value"] = figure.Value,
        ["formatted"] = figure.Value.ToString("0.##", CultureInfo.InvariantCulture),
        ["date_from"] = Wire.Time(from),
        ["date_to"] = Wire.Time(to),
        ["status"] = Flags(figure),
    };

    private static JsonObject Flags(RatingFigure figure) => new()
    {
        ["danger"] = figure.Status == "CRITICAL",
        ["warning"] = figure.Status == "WARNING",
        ["premium"] = figure.Status == "OK",
    };

    private static Task<ApiAnswer> RolesAsync(ApiCall call) => Task.FromResult(ApiAnswer.Ok(new JsonObject
    {
        ["expires_at"] = Wire.Time(call.Key.ExpiresAt),
        ["roles"] = new JsonArray([.. Roles.Of(call.Key).Select(role => new JsonObject
        {
            ["name"] = role,
            ["methods"] = new JsonArray([.. Roles.MethodsOf(role).Select(m => JsonValue.Create(m))]),
        })]),
    }));

    private async Task<ApiAnswer> SummaryAsync(ApiCall call)
    {
        var ratings = await chatRatings.AllAsync(call.ClientId, data.Now, call.Cancel);
        return ApiAnswer.Ok(new JsonObject
        {
            ["groups"] = new JsonArray([.. ratings.GroupBy(r => r.Group).Select(group => new JsonObject
            {
                ["group_name"] = group.Key,
                ["items"] = new JsonArray([.. group.Select(r => new JsonObject
                {
                    ["name"] = r.Name,
                    ["rating"] = r.Rating,
                    ["current_value"] = r.Value,
                    ["past_value"] = r.Value,
                    ["value_type"] = r.ValueType,
                    ["rating_direction"] = r.HigherIsBetter ? "HIGHER_IS_BETTER" : "LOWER_IS_BETTER",
                    ["status"] = r.Status,
                    ["change"] = new JsonObject { ["direction"] = "DIRECTION_NONE", ["meaning"] = "MEANING_NONE" },
                })]),
            })]),
            ["localization_index"] = new JsonArray(),
            ["penalty_score_exceeded"] = false,
            ["premium"] = call.Account.Subscription == "PREMIUM",
            ["premium_plus"] = call.Account.MayWriteToBuyers,
        });
    }

    private async Task<ApiAnswer> HistoryAsync(ApiCall call)
    {
        var (from, to) = (call.Body.Instant("date_from"), call.Body.Instant("date_to"));
        var wanted = call.Body.Texts("ratings");
        if (from is null)
            call.Body.Reject("date_from", "value is required");
        if (to is null)
            call.Body.Reject("date_to", "value is required");
        if (wanted.Count == 0)
            call.Body.Reject("ratings", "value must contain at least 1 item(s)");
        if (from > to || to - from > TimeSpan.FromDays(366))
            call.Body.Reject("date_from", "period must be between 0 and 366 days");
        if (call.Body.Problem is { } problem)
            return problem;
        var ratings = new JsonArray();
        var days = Days(from!.Value, to!.Value > data.Now ? data.Now : to.Value);
        foreach (var figures in (await chatRatings.DailyAsync(call.ClientId, days, call.Cancel)).Where(f => wanted.Contains(f.Key)))
        {
            var first = figures.First().Figure;
            ratings.Add(new JsonObject
            {
                ["rating"] = figures.Key,
                ["danger_threshold"] = first.Danger,
                ["warning_threshold"] = first.Warning,
                ["premium_threshold"] = first.Premium,
                ["values"] = new JsonArray([.. figures.Select(f => new JsonObject
                {
                    ["date_from"] = Wire.Time(f.Day),
                    ["date_to"] = Wire.Time(f.Day.AddDays(1)),
                    ["value"] = f.Figure.Value,
                    ["status"] = Flags(f.Figure),
                })]),
            });
        }
        return ApiAnswer.Ok(new JsonObject { ["ratings"] = ratings, ["premium_scores"] = new JsonArray() });
    }

    private static List<DateTime> Days(DateTime from, DateTime to)
    {
        List<DateTime> days = [];
        for (var day = from.Date; day <= to; day = day.AddDays(1))
            days.Add(DateTime.SpecifyKind(day, DateTimeKind.Utc));
        return days;
    }
}
