using OzonSellerCenter.Deadlines;

namespace OzonSellerCenter.Live;

/// <summary>An alert as clients outside the circuit get it (hub method <c>alert</c>). Words are names of the enums, never localised.</summary>
/// <param name="AlertId">Grows; what a client saw last is what it gives to <see cref="AlertHub.Since"/>.</param>
/// <param name="Stage"><c>TwoHours</c>, <c>OneHour</c>, <c>HalfHour</c>, <c>TenMinutes</c> or <c>Overdue</c>.</param>
/// <param name="DueAt">UTC.</param>
/// <param name="Url">Path within the app.</param>
public sealed record AlertMessage(
    long AlertId, int StoreId, string Stage, string Kind, string Owner, string Subject, string Title, DateTime DueAt, string Url)
{
    public static AlertMessage Of(AlertItem alert) => new(
        alert.Id, alert.StoreId, alert.Stage.ToString(), alert.Kind.ToString(), alert.Owner.ToString(), alert.Subject, alert.Title, alert.DueAt, alert.Url);
}
