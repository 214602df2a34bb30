using System.Text.Json.Nodes;
using OzonSellerCenter.Tests.Contract;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>Every answer of the sandbox against Ozon's own schemas; what differs is named and wanted.</summary>
[Trait("Needs", "Reference")]
public sealed class ContractTests
{
    private static readonly JsonObject AllParts = new()
    {
        ["analytics_data"] = true,
        ["barcodes"] = true,
        ["financial_data"] = true,
        ["legal_info"] = true,
    };

    private static JsonObject Period(SandboxHost host, int days = 300)
    {
        var now = host.Get<TimeProvider>().GetUtcNow().UtcDateTime;
        return new JsonObject { ["since"] = now.AddDays(-days).ToString("O"), ["to"] = now.AddDays(1).ToString("O") };
    }

    private static async Task<Answer> CheckedAsync(SandboxHost host, string path, JsonObject? body = null)
    {
        body ??= [];
        var request = body.ToJsonString();
        var answer = await host.CallAsync(path, body.DeepClone().AsObject());
        Assert.Empty(OzonSchema.OrSkip().ValidateRequest(path, request));
        // Blocks that were not asked for are null in the real answers too; a picture's state is empty where there is no picture.
        var text = answer.Text.Replace("\"moderate_image_status\":\"\",", "", StringComparison.Ordinal);
        Assert.Empty(OzonSchema.OrSkip(allowNull: true).ValidateResponse(path, (int)answer.Status, text));
        return answer;
    }

    [Fact]
    public async Task Answers_have_Ozons_form_in_every_method()
    {
        OzonSchema.OrSkip();
        await using var host = await SandboxHost.StartAsync(null, ("Sandbox:Quirks:HistoryIdsAsStrings", "false"));
        await CheckedAsync(host, "/v1/seller/info");
        await CheckedAsync(host, "/v1/roles");
        await CheckedAsync(host, "/v1/rating/summary");
        await CheckedAsync(host, "/v1/rating/history", new JsonObject
        {
            ["date_from"] = (string)Period(host, 10)["since"]!,
            ["date_to"] = (string)Period(host)["to"]!,
            ["ratings"] = new JsonArray("rating_reaction_time", "rating_average_response_time", "rating_replied_dialogs_ratio"),
        });

        var list = (await CheckedAsync(host, "/v3/chat/list", new JsonObject { ["limit"] = 100 })).Json;
        foreach (var chat in list["chats"]!.AsArray())
            await CheckedAsync(host, "/v3/chat/history", new JsonObject { ["chat_id"] = (string)chat!["chat"]!["chat_id"]!, ["limit"] = 100 });
        var chatId = await host.BuyerAsksAsync("?");
        await CheckedAsync(host, "/v1/chat/send/message", new JsonObject { ["chat_id"] = chatId, ["text"] = "Добрый день!" });
        await CheckedAsync(host, "/v1/chat/send/file", new JsonObject { ["chat_id"] = chatId, ["name"] = "a.png", ["base64_content"] = "AAAA" });
        await CheckedAsync(host, "/v2/chat/read", new JsonObject { ["chat_id"] = chatId, ["from_message_id"] = 3_000_000_000_900_000_000 });

        await CheckedAsync(host, "/v4/posting/fbs/list", new JsonObject { ["filter"] = Period(host), ["limit"] = 100, ["with"] = AllParts.DeepClone() });
        await CheckedAsync(host, "/v4/posting/fbs/unfulfilled/list", new JsonObject
        {
            ["filter"] = new JsonObject { ["cutoff_from"] = (string)Period(host)["since"]!, ["cutoff_to"] = (string)Period(host, -60)["to"]! },
            ["limit"] = 100,
            ["with"] = AllParts.DeepClone(),
        });
        await CheckedAsync(host, "/v3/posting/fbs/unfulfilled/list", new JsonObject
        {
            ["filter"] = new JsonObject { ["cutoff_from"] = (string)Period(host)["since"]!, ["cutoff_to"] = (string)Period(host, -60)["to"]! },
            ["limit"] = 1000,
            ["offset"] = 0,
            ["with"] = AllParts.DeepClone(),
        });
        var old = await CheckedAsync(host, "/v3/posting/fbs/list", new JsonObject
        {
            ["filter"] = Period(host),
            ["limit"] = 1000,
            ["offset"] = 0,
            ["with"] = AllParts.DeepClone(),
        });
        foreach (var posting in old.Json["result"]!["postings"]!.AsArray().Take(30))
        {
            var number = (string)posting!["posting_number"]!;
            await CheckedAsync(host, "/v3/posting/fbs/get", new JsonObject { ["posting_number"] = number, ["with"] = AllParts.DeepClone() });
            var actions = posting["available_actions"]!.AsArray().Select(a => (string)a!);
            if (actions.Contains("can_create_chat"))
                await CheckedAsync(host, "/v1/chat/start", new JsonObject { ["posting_number"] = number });
        }
    }

    [Fact]
    public async Task Refusals_have_Ozons_envelope()
    {
        OzonSchema.OrSkip();
        await using var host = await SandboxHost.StartAsync();
        (string Path, Answer Answer)[] refusals =
        [
            ("/v1/roles", await host.CallAsync("/v1/roles", null, "x")),
            ("/v1/roles", await host.CallAsync("/v1/roles", null, "5")),
            ("/v3/chat/list", await host.CallAsync("/v3/chat/list", null, "1000001", "sandbox-key-1000001-readonly")),
            ("/v1/chat/start", await host.CallAsync("/v1/chat/start", null, "1000003", "sandbox-key-1000003")),
            ("/v1/chat/start", await host.CallAsync("/v1/chat/start")),
            ("/v3/posting/fbs/get", await host.CallAsync("/v3/posting/fbs/get", new JsonObject { ["posting_number"] = "none" })),
        ];
        foreach (var (path, answer) in refusals)
            Assert.Empty(OzonSchema.OrSkip().ValidateResponse(path, (int)answer.Status, answer.Text));
    }

    [Fact]
    public async Task By_default_only_the_wanted_oddities_differ_from_the_schema()
    {
        OzonSchema.OrSkip();
        await using var host = await SandboxHost.StartAsync();
        var chatId = await host.BuyerAsksAsync("?");
        var history = await host.CallAsync("/v3/chat/history", new JsonObject { ["chat_id"] = chatId });
        var errors = OzonSchema.OrSkip().ValidateResponse("/v3/chat/history", 200, history.Text);
        Assert.NotEmpty(errors);
        Assert.All(errors.Where(e => !e.EndsWith("ArrayItemNotValid", StringComparison.Ordinal)), e =>
            Assert.True(e.Contains("message_id", StringComparison.Ordinal) || e.Contains("moderate_image_status", StringComparison.Ordinal), e));
    }

    [Fact]
    public async Task All_orders_can_be_read_page_by_page_in_both_directions()
    {
        await using var host = await SandboxHost.StartAsync();
        var all = await host.ReadAsync(db => db.Postings.Count(p => p.ClientId == 1000001 && p.Scheme != "FBO"));
        foreach (var direction in (string[])["ASC", "desc"])
        {
            List<string> numbers = [];
            var cursor = "";
            do
            {
                var page = (await host.CallAsync("/v4/posting/fbs/list", new JsonObject
                {
                    ["filter"] = Period(host),
                    ["limit"] = 30,
                    ["cursor"] = cursor,
                    ["sort_dir"] = direction,
                })).Json;
                Assert.InRange(numbers.Count, 0, all);
                numbers.AddRange(page["postings"]!.AsArray().Select(p => (string)p!["posting_number"]!));
                cursor = (string)page["cursor"]!;
            }
            while (cursor.Length > 0);
            Assert.Equal((all, all), (numbers.Count, numbers.Distinct().Count()));
        }
    }

    [Fact]
    public async Task A_period_over_a_year_and_both_periods_at_once_are_refused()
    {
        await using var host = await SandboxHost.StartAsync();
        Assert.Equal("400/3 PERIOD_IS_TOO_LONG", (await host.CallAsync("/v4/posting/fbs/list", new JsonObject { ["filter"] = Period(host, 400), ["limit"] = 10 })).Refusal);
        var now = (string)Period(host)["to"]!;
        var both = new JsonObject { ["cutoff_from"] = now, ["cutoff_to"] = now, ["delivering_date_from"] = now, ["delivering_date_to"] = now };
        Assert.StartsWith("400/3 Request validation error", (await host.CallAsync("/v4/posting/fbs/unfulfilled/list", new JsonObject { ["filter"] = both })).Refusal, StringComparison.Ordinal);
    }
}
