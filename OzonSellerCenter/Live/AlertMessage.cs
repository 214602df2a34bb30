using OzonSellerCenter.Deadlines;

namespace OzonSellerCenter.Live;

/// <summary>An alert as clients outside the circuit get it (hub method <c>alert</c>). Words are names of the enums, never localised.</summary>
/// <param name="AlertId">Grows; what a client saw last is what it gives to <see cref="AlertHub.Since"/>.</param>
/// <param name="MinutesBefore">The stage; 0 is the end itself.</param>
/// <param name="DueAt">UTC.</param>
/// <param name="Url">Path within the app.</param>
/// <param name="Desktop">The person wants a notification for it, and not in his quiet hours; <see cref="AlertHub.Claim"/> gives its words.</param>
/// <param name="Sound">Likewise a tone.</param>
public sealed record AlertMessage(
    long AlertId, int StoreId, int MinutesBefore, string Kind, string Owner, string Subject, string Title, DateTime DueAt, string Url, bool Desktop, bool Sound)
{
    public static AlertMessage Of(AlertDelivery delivery)
    {
        var (alert, channels) = (delivery.Alert, delivery.Channels);
        return new(
            alert.Id, alert.StoreId, alert.MinutesBefore, alert.Kind.ToString(), alert.Owner.ToString(), alert.Subject, alert.Title, alert.DueAt, alert.Url,
            channels.HasFlag(AlertChannels.Desktop), channels.HasFlag(AlertChannels.Sound));
    }
}

/// <summary>A notification ready to be shown, in the person's language.</summary>
/// <param name="Title">Null when there is only a tone.</param>
/// <param name="AlertIds">What it tells of.</param>
public sealed record DesktopNotice(string? Title, string Body, string Url, bool Sounds, IReadOnlyList<long> AlertIds);
