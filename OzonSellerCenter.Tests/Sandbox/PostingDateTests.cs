using System.Text.Json.Nodes;
using OzonSellerCenter.Sandbox;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>Moving the dates of shipment and of delivery.</summary>
public sealed class PostingDateTests : IAsyncLifetime
{
    private SandboxHost _host = null!;
    private Posting _posting = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await SandboxHost.StartAsync();
        _posting = await _host.NewAsync("RFBS");
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private DateTime Now => _host.Get<SandboxData>().Now;

    private Task<Answer> CutoffAsync(string number, DateTime at) =>
        _host.CallAsync("/v1/posting/cutoff/set", new JsonObject { ["posting_number"] = number, ["new_cutoff_date"] = at.ToString("O") });

    private Task<Answer> TimeslotAsync(string number, DateTime from, DateTime to) => _host.CallAsync("/v1/posting/fbs/timeslot/set", new JsonObject
    {
        ["posting_number"] = number,
        ["new_timeslot"] = new JsonObject { ["from"] = from.ToString("O"), ["to"] = to.ToString("O") },
    });

    private Task<Answer> RestrictionsAsync(string number) =>
        _host.CallAsync("/v1/posting/fbs/timeslot/change-restrictions", new JsonObject { ["posting_number"] = number });

    [Fact]
    public async Task The_date_of_shipment_is_told_before_it_has_come()
    {
        var at = Now.AddDays(3);
        Assert.True((bool)(await CutoffAsync(_posting.PostingNumber, at)).Json["result"]!);
        Assert.Equal(at, ((DateTime)(await _host.PostingAsync(_posting.PostingNumber))["shipment_date"]!).ToUniversalTime());
        Assert.StartsWith("400/3 Request validation error", (await CutoffAsync(_posting.PostingNumber, Now.AddDays(30))).Refusal, StringComparison.Ordinal);
        Assert.StartsWith("400/3 Request validation error", (await CutoffAsync(_posting.PostingNumber, Now.AddDays(-1))).Refusal, StringComparison.Ordinal);
        await _host.AdvanceAsync("P4D");
        Assert.Equal("400/3 HAS_INCORRECT_STATUS", (await CutoffAsync(_posting.PostingNumber, Now.AddDays(1))).Refusal);
        var ozons = await _host.NewAsync();
        Assert.Equal("400/3 HAS_INCORRECT_TPL_INTEGRATION_TYPE", (await CutoffAsync(ozons.PostingNumber, Now.AddDays(1))).Refusal);
    }

    [Fact]
    public async Task The_delivery_date_is_moved_twice_and_not_a_third_time()
    {
        var number = _posting.PostingNumber;
        for (var left = 2; left > 0; left--)
        {
            Assert.Equal(left, (int)(await RestrictionsAsync(number)).Json["remaining_changes_count"]!);
            Assert.True((bool)(await TimeslotAsync(number, Now.AddDays(5 + left), Now.AddDays(6 + left))).Json["result"]!);
        }
        Assert.Equal(0, (int)(await RestrictionsAsync(number)).Json["remaining_changes_count"]!);
        Assert.Equal("400/3 HAS_INCORRECT_STATUS", (await TimeslotAsync(number, Now.AddDays(5), Now.AddDays(6))).Refusal);
        Assert.DoesNotContain("set_timeslot", await _host.ActionsAsync(number));
        await using var db = await _host.Get<SandboxData>().OpenAsync(TestContext.Current.CancellationToken);
        Assert.InRange(db.Postings.Single(p => p.PostingNumber == number).DeliveryTo, Now.AddDays(6.9), Now.AddDays(7));
    }

    [Fact]
    public async Task A_period_outside_the_allowed_interval_is_refused_and_does_not_count()
    {
        var number = _posting.PostingNumber;
        var end = (DateTime)(await RestrictionsAsync(number)).Json["delivery_interval"]!["end"]!;
        foreach (var (from, to) in ((DateTime, DateTime)[])[(Now.AddDays(-2), Now.AddDays(2)), (Now.AddDays(2), end.AddDays(1)), (Now.AddDays(3), Now.AddDays(2))])
            Assert.StartsWith("400/3 Request validation error", (await TimeslotAsync(number, from, to)).Refusal, StringComparison.Ordinal);
        Assert.Equal(2, (int)(await RestrictionsAsync(number)).Json["remaining_changes_count"]!);
        Assert.Equal("404/5 POSTING_NOT_FOUND", (await RestrictionsAsync("none")).Refusal);
        Assert.Equal("400/3 HAS_INCORRECT_TPL_INTEGRATION_TYPE", (await RestrictionsAsync((await _host.NewAsync()).PostingNumber)).Refusal);
    }
}
