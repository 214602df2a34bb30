using System.Globalization;
using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Data;
using OzonSellerCenter.Disputes;
using OzonSellerCenter.Ozon;

namespace OzonSellerCenter.Background;

/// <summary>What the desk has asked or decided.</summary>
/// <param name="OzonId">Of the complaint; null when Ozon does not tell of it.</param>
internal sealed record WantedOfDispute(string? OzonId, string Currency, DisputeStep Step);

/// <summary>Tells the bundled sandbox what the desk asks the buyer and what it decides. Each step has a name of its own there, so it may be told again as often
/// as it takes.</summary>
internal sealed class DisputeCall(OzonApi ozon)
{
    public static Task<WantedOfDispute> WantedAsync(SellerCenterDb db, long stepId, CancellationToken cancellation) => (
        from step in db.DisputeSteps.AsNoTracking()
        join dispute in db.Disputes on step.DisputeId equals dispute.Id
        where step.Id == stepId
        select new WantedOfDispute(dispute.OzonId, dispute.Currency, step)).SingleAsync(cancellation);

    /// <summary>The one request of an attempt.</summary>
    /// <returns>Why it was not done; null when it was.</returns>
    public async Task<OzonError?> SendAsync(OzonAccount account, WantedOfDispute wanted, CancellationToken dying)
    {
        var step = wanted.Step;
        if (!long.TryParse(wanted.OzonId, CultureInfo.InvariantCulture, out var id) || step.Event is not (DisputeEvent.AskBuyer or DisputeEvent.Decide))
            return new OzonError(OzonErrorKind.InvalidRequest, "Ozon tells of no such complaint.");
        var reference = string.Create(CultureInfo.InvariantCulture, $"dispute:{step.Id}");
        if (step.Event == DisputeEvent.AskBuyer)
            return (await ozon.AskComplainerAsync(account, new ComplaintAskRequest { ComplaintId = id, Reference = reference, Text = step.Words }, dying)).Error;
        var decision = new ComplaintDecideRequest
        {
            ComplaintId = id,
            Instance = step.Instance,
            Outcome = step.Outcome switch { DisputeOutcome.Seller => "seller", DisputeOutcome.Split => "split", _ => "buyer" },
            Amount = OzonMoney.OfMinorUnits(step.Amount, wanted.Currency),
            Reasons = step.Words,
            Reference = reference,
        };
        return (await ozon.DecideComplaintAsync(account, decision, dying)).Error;
    }

    /// <summary>Tells the screens of the case to look again.</summary>
    public static async Task AnnounceAsync(SellerCenterDb db, OutboundCommand command, CancellationToken cancellation)
    {
        var id = await db.DisputeSteps.Where(s => s.Id == command.TargetId).Select(s => s.DisputeId).SingleAsync(cancellation);
        db.Announce(command.StoreId, EventKind.Dispute, id.ToString(CultureInfo.InvariantCulture));
    }
}
