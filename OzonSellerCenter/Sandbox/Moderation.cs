using Microsoft.EntityFrameworkCore;

namespace OzonSellerCenter.Sandbox;

/// <summary>Looks at the pictures of chats when their time has come.</summary>
internal sealed class Moderation : DueWork
{
    private readonly ChatBook _book;

    public Moderation(SandboxData data, ChatBook book, SandboxClock clock, ILogger<Moderation> log)
        : base(data, clock, log)
    {
        _book = book;
        data.PicturesAdded += Wake;
    }

    protected override Task<DateTime?> NextAsync(SandboxDb db, CancellationToken cancel) => db.Messages.MinAsync(m => m.ModerateAt, cancel);

    protected override Task DoAsync(CancellationToken cancel) => _book.ModerateAsync(cancel);
}
