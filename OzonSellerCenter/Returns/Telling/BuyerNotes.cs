using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using OzonSellerCenter.Data;
using OzonSellerCenter.Returns.Refunds;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Returns.Telling;

/// <summary>Plans what buyers are told, and says when it is time; how it gets to them is the business of who talks to Ozon.</summary>
public sealed class BuyerNotes(TimeProvider clock)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>What the notes of a deed stand under.</summary>
    public static string SubjectOfDeed(long deedId) => $"deed:{deedId}";

    /// <summary>Steps of a refund that the buyer is told by it.</summary>
    public static BuyerStep? StepOf(Refund refund) => refund switch
    {
        { State: RefundState.Sent, Action: { } action } when ReturnActs.Of(action) == ReturnAct.Compensate => BuyerStep.Offer,
        { State: RefundState.Sent } => BuyerStep.RefundSent,
        { State: RefundState.Paid, CreatedBy: not null } => BuyerStep.RefundPaid,

        // Of what only the shop thought of, the buyer knows nothing.
        { State: RefundState.Refused, CancellationId: not null } => BuyerStep.RefundRefused,
        _ => null,
    };

    /// <summary>Steps of a refund that still to come may be told, in their order.</summary>
    public static IReadOnlyList<BuyerStep> StepsOf(Refund refund) =>
        [refund.Action is { } action && ReturnActs.Of(action) == ReturnAct.Compensate ? BuyerStep.Offer : BuyerStep.RefundSent, BuyerStep.RefundPaid];

    /// <summary>Plans, changes (with a text) or switches off (with none) what is told at a step, in the caller's transaction. What is already on its way
    /// stays.</summary>
    public async Task PlanAsync(SellerCenterDb db, int storeId, string postingNumber, string subject, BuyerStep step, string? text, CancellationToken cancellation)
    {
        var note = await FindAsync(db, storeId, subject, step, cancellation);
        if (note is { State: not (BuyerNoteState.Planned or BuyerNoteState.Skipped) }) return;
        if (note is null) db.Add(note = New(storeId, postingNumber, subject, step, text ?? ""));
        note.By = db.User?.Id;
        (note.State, note.Reason) = text is null ? (BuyerNoteState.Skipped, "SwitchedOff") : (BuyerNoteState.Planned, null);
        if (text is not null) note.Text = text.Trim();
    }

    /// <summary>The step is reached: what was planned for it, or the usual words, are to be told now.</summary>
    public async Task ReachAsync(SellerCenterDb db, int storeId, string postingNumber, string subject, BuyerStep step, string usual, CancellationToken cancellation)
    {
        var note = await FindAsync(db, storeId, subject, step, cancellation);
        if (note is { State: not BuyerNoteState.Planned }) return;
        if (note is null) db.Add(note = New(storeId, postingNumber, subject, step, usual));
        (note.State, note.DueAt) = (BuyerNoteState.Waiting, Now);
    }

    /// <summary>Tells what a refund has come to.</summary>
    public async Task FollowAsync(SellerCenterDb db, Refund refund, CancellationToken cancellation)
    {
        if (StepOf(refund) is not { } step) return;
        var facts = await FactsAsync(db, refund, cancellation);
        await ReachAsync(db, refund.StoreId, refund.PostingNumber, RefundBook.SubjectOf(refund.Id), step, BuyerTemplates.Of(step, facts), cancellation);
    }

    /// <summary>The facts a refund's texts are made of.</summary>
    public static async Task<BuyerFacts> FactsAsync(SellerCenterDb db, Refund refund, CancellationToken cancellation)
    {
        var zone = await db.Stores.Where(s => s.Id == refund.StoreId).Select(s => s.TimeZone).SingleAsync(cancellation);
        var product = refund.ReturnRequestId is { } id ? await db.ReturnRequests.Where(r => r.Id == id).Select(r => r.ProductName).SingleOrDefaultAsync(cancellation) : null;
        DateTime? until = refund.ExpectedAt is { } at ? ShopTime.In(zone).Local(at) : null;
        return new BuyerFacts(refund.OrderNumber.Length > 0 ? refund.OrderNumber : refund.PostingNumber, product ?? "", new Money(refund.Sum, refund.Currency), until, refund.ReviewWords);
    }

    /// <summary>Rows added earlier in the same unit of work are seen too.</summary>
    private static async Task<BuyerNote?> FindAsync(SellerCenterDb db, int storeId, string subject, BuyerStep step, CancellationToken cancellation) =>
        db.ChangeTracker.Entries<BuyerNote>().Select(e => e.Entity).FirstOrDefault(n => n.StoreId == storeId && n.Subject == subject && n.Step == step)
        ?? await db.BuyerNotes.SingleOrDefaultAsync(n => n.StoreId == storeId && n.Subject == subject && n.Step == step, cancellation);

    private BuyerNote New(int storeId, string postingNumber, string subject, BuyerStep step, string text) =>
        new() { StoreId = storeId, PostingNumber = postingNumber, Subject = subject, Step = step, Text = text, CreatedAt = Now };
}

public static class BuyerNoteSets
{
    extension(SellerCenterDb db)
    {
        public DbSet<BuyerNote> BuyerNotes => db.Set<BuyerNote>();
    }
}

internal sealed class BuyerNoteMapping : IEntityTypeConfiguration<BuyerNote>
{
    public void Configure(EntityTypeBuilder<BuyerNote> note)
    {
        note.ToTable("BuyerNotes");
        note.Property(n => n.PostingNumber).HasMaxLength(40);
        note.Property(n => n.Subject).HasMaxLength(40);
        note.Property(n => n.Reason).HasMaxLength(40);
        note.HasIndex(n => new { n.StoreId, n.Subject, n.Step }).IsUnique();
        note.HasIndex(n => new { n.StoreId, n.PostingNumber });
        note.HasIndex(n => n.Id).HasFilter("\"State\" = 2").HasDatabaseName("IX_BuyerNotes_Waiting");
        note.Property(n => n.Version).IsConcurrencyToken();
    }
}
