using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace OzonSellerCenter.Data;

/// <summary>Every instant is UTC: what comes back from a database says so (Npgsql refuses to write anything else).</summary>
internal sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
    value => value.Kind == DateTimeKind.Utc ? value : DateTime.SpecifyKind(value, DateTimeKind.Utc),
    value => DateTime.SpecifyKind(value, DateTimeKind.Utc));

/// <summary>Instants on SQLite, to the microsecond as on PostgreSQL, so that both databases round alike.</summary>
internal sealed class UtcTicksConverter() : ValueConverter<DateTime, long>(
    value => value.Ticks / TimeSpan.TicksPerMicrosecond,
    value => new DateTime(value * TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc));
