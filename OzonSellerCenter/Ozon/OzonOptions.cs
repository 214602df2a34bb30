using System.ComponentModel.DataAnnotations;

namespace OzonSellerCenter.Ozon;

/// <summary>Settings under "Ozon".</summary>
public sealed class OzonOptions
{
    public const string Section = "Ozon";

    /// <summary>Where the Seller API is: Ozon's, or a sandbox that speaks like it.</summary>
    [Required]
    public Uri BaseAddress { get; set; } = new("https://api-seller.ozon.ru/");

    /// <summary>Most calls in any one second per Client-Id, over all workers. Ozon allows 50.</summary>
    [Range(1, 50)]
    public int RequestsPerSecond { get; set; } = 45;

    /// <summary>How long one request may take, in seconds.</summary>
    [Range(1, 300)]
    public int TimeoutSeconds { get; set; } = 20;

    /// <summary>How long a read may take with all its retries, in seconds.</summary>
    [Range(1, 900)]
    public int TotalTimeoutSeconds { get; set; } = 90;

    /// <summary>How often a failed read is asked again. Writes never are.</summary>
    [Range(0, 10)]
    public int Retries { get; set; } = 3;

    /// <summary>The middle pause before a read's first retry, in seconds; it doubles each time.</summary>
    [Range(0.001, 60)]
    public double RetryDelaySeconds { get; set; } = 0.5;

    /// <summary>How long a store's reads pause after they kept failing, in seconds.</summary>
    [Range(1, 600)]
    public int PauseSeconds { get; set; } = 60;

    /// <summary>The largest answer or chat file taken, in bytes.</summary>
    [Range(1024, 1024 * 1024 * 1024)]
    public int MaxAnswerBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary><see cref="BaseAddress"/> with a slash at the end, so that methods can be appended.</summary>
    internal Uri Root => BaseAddress.AbsolutePath.EndsWith('/') ? BaseAddress : new Uri(BaseAddress.AbsoluteUri + "/");
}
