using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Rules;

/// <summary>A day with other hours than its weekday, as written; no hours mean closed.</summary>
public sealed record DayException(DateOnly Day, string Hours);

/// <summary>Working hours as they are being edited.</summary>
public sealed class WorkingHoursDraft
{
    public const int MaxExceptions = 400;

    /// <summary>A target needs some time in which it can be met, and reckoning one must end.</summary>
    private const int LeastMinutesAWeek = 60;

    private static readonly string[] Usual = ["09:00–18:00", "09:00–18:00", "09:00–18:00", "09:00–18:00", "09:00–18:00", "", ""];

    /// <summary>False: always working.</summary>
    public bool IsOn { get; set; }

    /// <summary>Seven, Monday first, each as <see cref="DayHours.Read"/> reads it.</summary>
    public string[] Days { get; init; } = [.. Usual];

    public List<DayException> Exceptions { get; init; } = [];

    /// <summary>The hours of a store to go on from; the usual ones, switched off, where there are none yet.</summary>
    public static WorkingHoursDraft Of(WorkingHours? hours)
    {
        if (hours is null) return new WorkingHoursDraft();
        var week = hours.ToWeek();
        return new WorkingHoursDraft
        {
            IsOn = hours.IsOn,
            Days = [.. week.Days.Select(DayHours.Write)],
            Exceptions = [.. week.Exceptions.OrderBy(e => e.Key).Select(e => new DayException(e.Key, DayHours.Write(e.Value)))],
        };
    }

    /// <summary>The name of a weekday's field, 0 = Monday.</summary>
    public static string FieldOf(int day) => $"Day{day}";

    /// <summary>The name of an exception's field.</summary>
    public static string FieldOf(DateOnly day) => $"Except{day:yyyyMMdd}";

    /// <summary>What is wrong, field by field; besides the reasons of <see cref="DayHours.Read"/>: <c>HoursTooFew</c> (under an hour a week, on the
    /// first day's field) and <c>ExceptionsTooMany</c>.</summary>
    public FormErrors Check()
    {
        var errors = new FormErrors();
        for (var day = 0; day < Days.Length; day++)
        {
            if (DayHours.Read(Days[day]).Refusal is { } refusal) errors.Add(FieldOf(day), refusal);
        }

        foreach (var exception in Exceptions)
        {
            if (DayHours.Read(exception.Hours).Refusal is { } refusal) errors.Add(FieldOf(exception.Day), refusal);
        }

        if (errors.Any) return errors;
        var minutes = Days.SelectMany(d => DayHours.Read(d).Windows).Sum(w => w.Until - w.From);
        return errors.Require(!IsOn || minutes >= LeastMinutesAWeek, FieldOf(0), "HoursTooFew")
            .Require(Exceptions.Count <= MaxExceptions, "Exceptions", "ExceptionsTooMany", MaxExceptions);
    }

    /// <summary>The hours as they will be kept; only after <see cref="Check"/> found nothing.</summary>
    public WorkingWeek ToWeek() => new(
        [.. Days.Select(d => DayHours.Read(d).Windows)],
        Exceptions.GroupBy(e => e.Day).ToDictionary(e => e.Key, e => DayHours.Read(e.Last().Hours).Windows));
}
