using Microsoft.EntityFrameworkCore;
using OzonSellerCenter.Sandbox.Pushes;
using OzonSellerCenter.Sandbox.Shop;

namespace OzonSellerCenter.Sandbox;

/// <summary>What Ozon knows, in a database file of its own. The app never reads it.</summary>
internal sealed class SandboxDb(DbContextOptions<SandboxDb> options) : DbContext(options)
{
    /// <summary>Raise it with every change of the model or of the seed: an older file is thrown away and seeded anew.</summary>
    public const int Version = 7;

    public DbSet<SellerAccount> Accounts => Set<SellerAccount>();
    public DbSet<SellerKey> Keys => Set<SellerKey>();
    public DbSet<Buyer> Buyers => Set<Buyer>();
    public DbSet<Product> Products => Set<Product>();
    public DbSet<Review> Reviews => Set<Review>();
    public DbSet<ReviewPhoto> ReviewPhotos => Set<ReviewPhoto>();
    public DbSet<ServiceReview> ServiceReviews => Set<ServiceReview>();
    public DbSet<CartLine> CartLines => Set<CartLine>();
    public DbSet<ShopOrder> ShopOrders => Set<ShopOrder>();
    public DbSet<Posting> Postings => Set<Posting>();
    public DbSet<CancellationRequest> CancellationRequests => Set<CancellationRequest>();
    public DbSet<ReturnRequest> Returns => Set<ReturnRequest>();
    public DbSet<ReturnPhoto> ReturnPhotos => Set<ReturnPhoto>();
    public DbSet<BuyerRefund> BuyerRefunds => Set<BuyerRefund>();
    public DbSet<Complaint> Complaints => Set<Complaint>();
    public DbSet<ComplaintPhoto> ComplaintPhotos => Set<ComplaintPhoto>();
    public DbSet<LabelTask> LabelTasks => Set<LabelTask>();
    public DbSet<Chat> Chats => Set<Chat>();
    public DbSet<ChatMessage> Messages => Set<ChatMessage>();
    public DbSet<ChatFile> Files => Set<ChatFile>();
    public DbSet<SupportCall> SupportCalls => Set<SupportCall>();
    public DbSet<PushTarget> PushTargets => Set<PushTarget>();
    public DbSet<PushDelivery> PushDeliveries => Set<PushDelivery>();
    public DbSet<Mark> Marks => Set<Mark>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcDateTime>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<SellerAccount>(account =>
        {
            account.HasKey(a => a.ClientId);
            account.Property(a => a.ClientId).ValueGeneratedNever();
            account.HasMany(a => a.Keys).WithOne().HasForeignKey(k => k.ClientId);
        });
        modelBuilder.Entity<SellerKey>().HasKey(k => k.Key);
        modelBuilder.Entity<Buyer>().Property(b => b.Id).ValueGeneratedNever();
        modelBuilder.Entity<Product>(product =>
        {
            product.HasKey(p => p.Sku);
            product.Property(p => p.Sku).ValueGeneratedNever();
            product.HasIndex(p => p.ClientId);
        });
        modelBuilder.Entity<Review>().HasIndex(r => r.Sku);
        modelBuilder.Entity<Review>().HasIndex(r => new { r.PostingNumber, r.Sku }).IsUnique();
        modelBuilder.Entity<ReviewPhoto>(photo =>
        {
            photo.HasKey(p => p.Path);
            photo.HasOne<Review>().WithMany(r => r.Photos).HasForeignKey(p => p.ReviewId);
        });
        modelBuilder.Entity<ServiceReview>().HasKey(r => r.PostingNumber);
        modelBuilder.Entity<CartLine>().HasKey(l => new { l.ClientId, l.BuyerId, l.Sku });
        modelBuilder.Entity<ShopOrder>(order =>
        {
            order.HasIndex(o => o.FormKey).IsUnique();
            order.HasIndex(o => o.OrderNumber).IsUnique();
            order.HasIndex(o => o.BuyerId);
            order.HasIndex(o => new { o.PaidAt, o.CancelledAt, o.ExpiresAt });
            order.OwnsMany(o => o.Items, items => items.ToJson());
        });
        modelBuilder.Entity<SupportCall>().HasIndex(c => new { c.ClientId, c.BuyerId });
        modelBuilder.Entity<Posting>(posting =>
        {
            posting.HasIndex(p => p.PostingNumber).IsUnique();
            posting.HasIndex(p => new { p.ClientId, p.InProcessAt });
            posting.HasIndex(p => p.BuyerId);
            posting.HasIndex(p => p.OrderNumber);
            posting.HasIndex(p => p.NextStopAt);
            posting.OwnsMany(p => p.Items, items => items.ToJson());
            posting.OwnsMany(p => p.Steps, steps => steps.ToJson());
        });
        modelBuilder.Entity<CancellationRequest>(request =>
        {
            request.HasIndex(r => new { r.ClientId, r.PostingNumber });
            request.HasIndex(r => new { r.State, r.AutoApproveAt });
        });
        modelBuilder.Entity<ReturnRequest>(request =>
        {
            request.HasIndex(r => new { r.ClientId, r.PostingNumber });
            request.HasIndex(r => r.NextAt);
            request.HasMany(r => r.Photos).WithOne().HasForeignKey(p => p.ReturnId);
        });
        modelBuilder.Entity<ReturnPhoto>().HasKey(p => p.Path);
        modelBuilder.Entity<BuyerRefund>(refund =>
        {
            refund.HasIndex(r => r.PostingNumber);
            refund.HasIndex(r => new { r.ClientId, r.Reference }).IsUnique();
            refund.HasIndex(r => r.ReturnId);
            refund.HasIndex(r => new { r.PaidAt, r.PayAt });
        });
        modelBuilder.Entity<Complaint>(complaint =>
        {
            complaint.HasIndex(c => new { c.ClientId, c.UpdatedAt });
            complaint.HasIndex(c => c.PostingNumber);
            complaint.HasIndex(c => c.ReturnId);
            complaint.HasIndex(c => c.NextAt);
            complaint.OwnsMany(c => c.Entries, entries => entries.ToJson());
            complaint.HasMany(c => c.Photos).WithOne().HasForeignKey(p => p.ComplaintId);
        });
        modelBuilder.Entity<ComplaintPhoto>().HasKey(p => p.Path);
        modelBuilder.Entity<LabelTask>(task =>
        {
            task.HasIndex(t => t.FileKey);
            task.OwnsMany(t => t.Unprinted, unprinted => unprinted.ToJson());
        });
        modelBuilder.Entity<Chat>(chat =>
        {
            chat.HasIndex(c => new { c.ClientId, c.SortId });
            chat.HasIndex(c => c.BuyerId);
            chat.HasIndex(c => c.PostingNumber);
        });
        modelBuilder.Entity<ChatMessage>(message =>
        {
            message.Property(m => m.Id).ValueGeneratedNever();
            message.HasIndex(m => new { m.ChatId, m.Id });
            message.HasIndex(m => m.ModerateAt);
        });
        modelBuilder.Entity<ChatFile>().HasKey(f => f.Path);
        modelBuilder.Entity<PushTarget>().HasKey(t => t.ClientId);
        modelBuilder.Entity<PushTarget>().Property(t => t.ClientId).ValueGeneratedNever();
        modelBuilder.Entity<PushDelivery>().HasIndex(d => new { d.ClientId, d.State, d.NextAttemptAt });
        modelBuilder.Entity<Mark>().HasKey(m => m.Name);
    }

    private sealed class UtcDateTime() : Microsoft.EntityFrameworkCore.Storage.ValueConversion.ValueConverter<DateTime, DateTime>(
        value => value.ToUniversalTime(),
        value => DateTime.SpecifyKind(value, DateTimeKind.Utc));
}

/// <summary>A single value to remember: the clock's offset, the last message id.</summary>
internal sealed class Mark
{
    public required string Name { get; init; }
    public long Value { get; set; }
}
