using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OzonSellerCenter.Inbox;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Ozon;
using OzonSellerCenter.Sandbox.Pushes;
using OzonSellerCenter.Tests.Background;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>The app's client against the sandbox's extension, and an order's way from the storefront to the seller.</summary>
public sealed class ExtensionClientTests : IAsyncLifetime
{
    private static readonly OzonAccount Account = new(SandboxHost.ClientId, SandboxHost.Key);

    private SandboxHost _host = null!;
    private ServiceProvider _services = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await SandboxHost.StartAsync();
        var services = new ServiceCollection().AddLogging();
        services.AddOzon(new ConfigurationBuilder().AddInMemoryCollection([new("Ozon:BaseAddress", _host.Address + "/sandbox/ozon")]).Build());
        _services = services.BuildServiceProvider();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _host.DisposeAsync();
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private OzonApi Api => _services.GetRequiredService<OzonApi>();

    [Fact]
    public async Task Unpaid_orders_are_read_page_by_page_and_reminded_once()
    {
        List<string> numbers = [];
        for (var i = 0; i < 3; i++)
            numbers.Add(await _host.BuyAsync(("payment", "later"), ("coupon", "ПРИВЕТ10")));
        List<OzonUnpaidOrder> read = [];
        await foreach (var page in Api.UnpaidOrderPagesAsync(Account, new UnpaidOrderListRequest { Limit = 2 }, Stop))
            read.AddRange(page.Value!.Result);
        Assert.Equal(numbers, read.Select(o => o.OrderNumber));
        var order = await _host.OrderAsync(numbers[0]);
        Assert.Equal((order.Total, "RUB", "Дмитрий Лавров"), (read[0].Total!.MinorUnits, read[0].Total!.Currency, read[0].BuyerName));
        Assert.Equal((Shopping.Kettle, 1, order.Items[0].Price), (read[0].Items[0].Sku, read[0].Items[0].Quantity, read[0].Items[0].Price!.MinorUnits));
        Assert.Equal((order.CreatedAt, order.ExpiresAt, null), (read[0].CreatedAt, read[0].ExpiresAt, read[0].RemindedAt));

        var reminder = new PaymentReminderRequest { OrderNumber = numbers[0], Text = "Ваш чайник ждёт." };
        Assert.True((await Api.RemindOfPaymentAsync(Account, reminder, Stop)).IsOk);
        Assert.Equal(OzonExtensionFault.Reminded, (await Api.RemindOfPaymentAsync(Account, reminder, Stop)).Error!.Message);
        Assert.NotNull((await Api.UnpaidOrderListAsync(Account, new UnpaidOrderListRequest(), Stop)).Value!.Result[0].RemindedAt);
        var missing = (await Api.RemindOfPaymentAsync(Account, reminder with { OrderNumber = "none" }, Stop)).Error!;
        Assert.Equal((OzonErrorKind.NotFound, OzonExtensionFault.UnpaidOrderNotFound), (missing.Kind, missing.Message));
        await _host.FillInAsync($"/orders/{numbers[1]}/pay", ("payment", "card"));
        await _host.FillInAsync($"/orders/{numbers[2]}/cancel");
        Assert.Equal(OzonExtensionFault.OrderPaid, (await Api.RemindOfPaymentAsync(Account, reminder with { OrderNumber = numbers[1] }, Stop)).Error!.Message);
        Assert.Equal(OzonExtensionFault.OrderCancelled, (await Api.RemindOfPaymentAsync(Account, reminder with { OrderNumber = numbers[2] }, Stop)).Error!.Message);
    }

    [Fact]
    public async Task An_address_is_changed_once_and_told_with_what_is_left()
    {
        var posting = await _host.NewAsync();
        var change = new AddressChangeRequest { PostingNumber = posting.PostingNumber, Address = "ул. Новая, д. 2" };
        Assert.True((await Api.ChangeAddressAsync(Account, change, Stop)).IsOk);
        Assert.Equal(OzonExtensionFault.AddressChanged, (await Api.ChangeAddressAsync(Account, change, Stop)).Error!.Message);
        var told = (await Api.PostingAddressAsync(Account, new PostingAddressRequest { PostingNumber = posting.PostingNumber }, Stop)).Value!.Result!;
        Assert.Equal((change.Address, 0, false, posting.PostingNumber), (told.Address, told.RemainingChangesCount, told.LabelValid, told.PostingNumber));
        Assert.NotNull(told.ChangedAt);
        var late = await Api.ChangeAddressAsync(Account, change with { PostingNumber = (await _host.FindAsync("delivering")).PostingNumber }, Stop);
        Assert.Equal(OzonExtensionFault.AddressTooLate, late.Error!.Message);
        var missing = await Api.PostingAddressAsync(Account, new PostingAddressRequest { PostingNumber = "none" }, Stop);
        Assert.Equal((OzonErrorKind.NotFound, OzonExtensionFault.PostingNotFound), (missing.Error!.Kind, missing.Error.Message));
    }

    [Fact]
    public async Task What_somebody_buys_pays_later_or_cancels_reaches_the_sellers_orders_by_itself()
    {
        await using var shop = await LiveShop.StartAsync(_host);
        Assert.Null(await _host.Get<SandboxPushes>().SetUrlAsync(1000001, shop.PushUrl, Stop));
        Task HasAsync(string number, string status) =>
            Wait.ForAsync(() => shop.ReadAsync(db => db.Postings.AnyAsync(p => p.PostingNumber == number && p.Status == status, Stop)));

        var paid = await _host.BuyAsync() + "-1";
        await HasAsync(paid, "awaiting_packaging");
        var later = await _host.BuyAsync(("payment", "later"));
        await _host.FillInAsync($"/orders/{later}/pay", ("payment", "card"));
        await HasAsync(later + "-1", "awaiting_packaging");
        await _host.FillInAsync($"/orders/{paid}/cancel");
        await HasAsync(paid, "cancelled");
        await _host.FillInAsync($"/orders/{later}-1/support", ("words", "Молчат"));
        var call = await _host.ReadAsync(db => db.SupportCalls.Single());
        await Wait.ForAsync(() => shop.ReadAsync(db => db.Conversations.AnyAsync(c => c.OzonChatId == call.ChatId && c.Kind == ConversationKind.Support, Stop)));
    }

    [Fact]
    public async Task A_dropped_answer_is_read_back()
    {
        var posting = await _host.NewAsync();
        await _host.ControlAsync("faults", new JsonObject { ["kind"] = "drop-response", ["rate"] = 1 });
        var change = await Api.ChangeAddressAsync(Account, new AddressChangeRequest { PostingNumber = posting.PostingNumber, Address = "ул. Новая, д. 2" }, Stop);
        Assert.True(change.Error!.MayHaveActed);
        await _host.ControlAsync("faults", new JsonObject { ["kind"] = "none" });
        var told = await Api.PostingAddressAsync(Account, new PostingAddressRequest { PostingNumber = posting.PostingNumber }, Stop);
        Assert.Equal("ул. Новая, д. 2", told.Value!.Result!.Address);
    }
}
