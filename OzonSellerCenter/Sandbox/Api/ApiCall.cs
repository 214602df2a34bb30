using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox.Api;

/// <summary>A call that has passed the checks every call must pass.</summary>
internal sealed record ApiCall(SellerAccount Account, SellerKey Key, RequestBody Body, CancellationToken Cancel)
{
    public long ClientId => Account.ClientId;
}

/// <summary>One method of the Seller API.</summary>
/// <param name="Path">As Ozon spells it.</param>
/// <param name="Message">Name of the request's message in refusals.</param>
/// <param name="Answer">What it does.</param>
internal sealed record ApiMethod(string Path, string Message, Func<ApiCall, Task<ApiAnswer>> Answer)
{
    /// <summary>Open to accounts with Premium Plus or Pro only.</summary>
    public bool NeedsPremiumPlus { get; init; }
}
