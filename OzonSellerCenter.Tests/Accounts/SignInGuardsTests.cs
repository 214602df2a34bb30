using Microsoft.Extensions.Time.Testing;
using OzonSellerCenter.Accounts;
using OzonSellerCenter.Shared;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Accounts;

public sealed class SignInGuardsTests
{
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<Provider> Providers => [Provider.Sqlite, Provider.Postgres];

    [Theory, MemberData(nameof(Providers))]
    public async Task Of_a_hundred_tries_at_once_ten_are_looked_at(Provider provider)
    {
        await using var test = await TestDb.CreateAsync(provider);
        var (_, user) = await test.AddStoreAsync();
        var guards = new SignInGuards(test.Databases, new WallClock(_time));
        var taken = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 100), new ParallelOptions { MaxDegreeOfParallelism = 10, CancellationToken = Ct }, async (_, ct) =>
        {
            if (await guards.TakeTryAsync(user.Id, ct)) Interlocked.Increment(ref taken);
        });
        Assert.Equal(SignInGuard.MaxTries, taken);
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task The_pause_ends_after_fifteen_minutes_and_counting_starts_anew(Provider provider)
    {
        await using var test = await TestDb.CreateAsync(provider);
        var (_, user) = await test.AddStoreAsync();
        var guards = new SignInGuards(test.Databases, new WallClock(_time));
        Assert.Equal(10, await CountAsync(guards, user.Id));
        _time.Advance(TimeSpan.FromMinutes(14.9));
        Assert.False(await guards.TakeTryAsync(user.Id, Ct));
        _time.Advance(TimeSpan.FromMinutes(0.2));
        Assert.Equal(10, await CountAsync(guards, user.Id));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task Success_forgets_the_tries(Provider provider)
    {
        await using var test = await TestDb.CreateAsync(provider);
        var (_, user) = await test.AddStoreAsync();
        var guards = new SignInGuards(test.Databases, new WallClock(_time));
        await CountAsync(guards, user.Id);
        await guards.ClearAsync(user.Id, Ct);
        Assert.Equal(10, await CountAsync(guards, user.Id));
    }

    [Theory, MemberData(nameof(Providers))]
    public async Task A_code_of_one_step_counts_once_even_for_two_at_the_same_moment(Provider provider)
    {
        await using var test = await TestDb.CreateAsync(provider);
        var (_, user) = await test.AddStoreAsync();
        var guards = new SignInGuards(test.Databases, new WallClock(_time));
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => guards.TakeCodeStepAsync(user.Id, 100, Ct)));
        Assert.Single(answers, taken => taken);
        Assert.False(await guards.TakeCodeStepAsync(user.Id, 99, Ct));
        Assert.True(await guards.TakeCodeStepAsync(user.Id, 101, Ct));
    }

    /// <summary>RFC 6238, appendix B, cut to six digits.</summary>
    [Theory]
    [InlineData(59L, "287082")]
    [InlineData(1111111109L, "081804")]
    [InlineData(20000000000L, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Assert.Equal(code, OneTimeCodes.CodeAt("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", seconds / 30));

    [Fact]
    public void An_address_has_fifty_failures_in_fifteen_minutes()
    {
        var limit = new AddressLimit(new WallClock(_time));
        var address = System.Net.IPAddress.Parse("203.0.113.7");
        Assert.Equal(50, Enumerable.Range(0, 80).Count(_ => limit.Take(address)));
        Assert.True(limit.Take(System.Net.IPAddress.Parse("203.0.113.8")));
        _time.Advance(TimeSpan.FromMinutes(15));
        Assert.True(limit.Take(address));
    }

    [Fact]
    public void Neighbours_in_one_IPv6_network_count_together_and_an_IPv4_address_written_as_IPv6_is_the_same()
    {
        var limit = new AddressLimit(new WallClock(_time));
        Assert.Equal(50, Enumerable.Range(0, 80).Count(i => limit.Take(System.Net.IPAddress.Parse($"2001:db8:1:2::{i:x}"))));
        Assert.Equal(50, Enumerable.Range(0, 80).Count(i => limit.Take(System.Net.IPAddress.Parse(i % 2 == 0 ? "192.0.2.1" : "::ffff:192.0.2.1"))));
    }

    private static async Task<int> CountAsync(SignInGuards guards, string userId)
    {
        var taken = 0;
        for (var i = 0; i < 15; i++)
        {
            if (await guards.TakeTryAsync(userId, Ct)) taken++;
        }

        return taken;
    }
}
