namespace OzonSellerCenter.Tests.Contract;

/// <summary>That the validation really refuses: a contract test is worth what its failures are.</summary>
[Trait("Needs", "Reference")]
public sealed class OzonSchemaTests
{
    [Theory]
    [InlineData("/v3/chat/list", """{"limit":"100"}""", "limit")]
    [InlineData("/v3/chat/list", "{}", "limit")]
    [InlineData("/v3/chat/list", """{"limit":10,"cursr":""}""", "cursr")]
    [InlineData("/v3/chat/list", """{"limit":10,"filter":{"chat_status":"Opened"}}""", "chat_status")]
    [InlineData("/v3/chat/list", """{"limit":10,"filter":{"unread_only":"true"}}""", "unread_only")]
    [InlineData("/v3/chat/list", """{"limit":10,"cursor":null}""", "cursor")]
    [InlineData("/v4/posting/fbs/list", """{"limit":101,"filter":{"since":"2026-09-01T00:00:00Z","to":"2026-10-01T00:00:00Z"}}""", "limit")]
    [InlineData("/v4/posting/fbs/list", """{"limit":100,"filter":{"since":"yesterday","to":"2026-10-01T00:00:00Z"}}""", "since")]
    [InlineData("/v4/posting/fbs/list",
        """{"limit":100,"filter":{"since":"2026-09-01T00:00:00Z","to":"2026-10-01T00:00:00Z","warehouse_ids":[1]}}""", "warehouse_ids")]
    [InlineData("/v1/chat/send/message", """{"chat_id":"c"}""", "text")]
    [InlineData("/v1/rating/summary", """{"x":1}""", "x")]
    [InlineData("/v1/roles", """{"x":1}""", "x")]
    [InlineData("/v2/chat/read", """{"chat_id":"c","from_message_id":-1}""", "from_message_id")]
    public void A_wrong_request_is_refused_by_name(string path, string json, string named) =>
        Assert.Contains(OzonSchema.OrSkip().ValidateRequest(path, json), e => e.Contains(named, StringComparison.Ordinal));

    [Theory]
    [InlineData("""{"has_next":"true"}""", "has_next")]
    [InlineData("""{"messages":[{"message_id":"3000000000817031950"}]}""", "message_id")]
    [InlineData("""{"messages":[{"user":{"id":5}}]}""", "user")]
    [InlineData("""{"messages":[{"moderate_image_status":""}]}""", "moderate_image_status")]
    [InlineData("""{"messages":[{"create_at":"2026-10-01T00:00:00Z"}]}""", "create_at")]
    [InlineData("[]", "ObjectExpected")]
    [InlineData("{", "no JSON")]
    public void A_wrong_answer_is_refused_by_name(string json, string named) =>
        Assert.Contains(OzonSchema.OrSkip().ValidateResponse("/v3/chat/history", 200, json), e => e.Contains(named, StringComparison.Ordinal));

    [Fact]
    public void Ozons_own_samples_pass()
    {
        var schema = OzonSchema.OrSkip();

        Assert.Empty(schema.ValidateResponse("/v3/chat/list", 200, """
            {"chats":[{"chat":{"created_at":"2026-09-30T08:07:19.581Z","chat_id":"0b1c6f1e-0001-4a6d-9a77-5c2f6d0a1101",
             "chat_status":"OPENED","chat_type":"BUYER_SELLER"},"first_unread_message_id":3000000000817031942,
             "last_message_id":3000000000817031950,"unread_count":2}],"total_unread_count":2,"cursor":"3000000000817031950","has_next":false}
            """));
        Assert.Empty(schema.ValidateRequest("/v1/roles", "{}"));
    }

    [Fact]
    public void Unknown_fields_and_nulls_pass_when_allowed()
    {
        Assert.Empty(OzonSchema.OrSkip(allowUnknown: true).ValidateResponse("/v3/chat/history", 200, """{"brand_new":[1],"has_next":true}"""));
        Assert.NotEmpty(OzonSchema.OrSkip(allowUnknown: true).ValidateResponse("/v3/chat/history", 200, """{"brand_new":[1],"has_next":1}"""));
        Assert.Empty(OzonSchema.OrSkip(allowNull: true).ValidateResponse("/v3/chat/history", 200, """{"messages":[{"context":null}]}"""));
        Assert.NotEmpty(OzonSchema.OrSkip().ValidateResponse("/v3/chat/history", 200, """{"messages":[{"context":null}]}"""));
    }
}
