using OzonSellerCenter.Orders;
using OzonSellerCenter.Returns;
using OzonSellerCenter.Rules;
using OzonSellerCenter.Tests.Support;

namespace OzonSellerCenter.Tests.Returns;

/// <summary>Requests of buyers, as the synchronisation would write them.</summary>
internal static class ReturnShop
{
    public static readonly OfferedAction Reject = new(-1, "Отклонить заявку");
    public static readonly OfferedAction Compensate = new(1020, "Предложить компенсацию");
    public static readonly OfferedAction TakeBack = new(31, "Принять на проверку");
    public static readonly OfferedAction Leave = new(32, "Вернуть деньги, товар оставить");
    public static readonly OfferedAction Received = new(33, "Товар получен");
    public static readonly OfferedAction Refund = new(34, "Вернуть деньги");

    private static int _next;

    /// <summary>An open rFBS request; <paramref name="change"/> sets what the test is about.</summary>
    public static async Task<ReturnRequest> ReturnAsync(this TestShop shop, string number = "55765650-R1", Action<ReturnRequest>? change = null, ReturnSource source = ReturnSource.Rfbs)
    {
        var request = new ReturnRequest
        {
            StoreId = shop.Store.Id,
            Source = source,
            ReturnId = Interlocked.Increment(ref _next),
            Number = number,
            PostingNumber = "0138-4821-1",
            OrderNumber = "0138-4821",
            Scheme = Scheme.Rfbs,
            AskedAt = shop.Now.AddHours(-2),
            StateAt = shop.Now.AddHours(-2),
            Reason = "Товар не соответствует описанию",
            IsDefect = true,
            Comment = "Пришёл не тот цвет",
            Sku = 148_313_766,
            OfferId = "KT-170",
            ProductName = "Чайник стеклянный, 1,7 л",
            Price = 249_000,
            State = "OnSellerApproval",
            StateName = "Ожидает решения продавца",
            Actions = [Reject, Compensate, TakeBack, Leave],
            Rejections = [new RejectionReason(7, "Следы использования", "Приложите фото", true)],
            DetailsAt = shop.Now,
        };
        change?.Invoke(request);
        ReturnOutlook.Follow(request, new StoreRules([], sandbox: true), shop.Now);
        await shop.WriteAsync(db =>
        {
            db.ReturnRequests.Add(request);
            return Task.CompletedTask;
        });
        return request;
    }

    /// <summary>As the synchronisation writes it: row and event in one commit.</summary>
    public static Task ChangeAsync(this TestShop shop, long id, Action<ReturnRequest> change) => shop.WriteAsync(async db =>
    {
        var request = (await db.ReturnRequests.FindAsync(id))!;
        change(request);
        ReturnActions.Announce(db, request);
    });
}
