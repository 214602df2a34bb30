namespace OzonSellerCenter.Operations;

/// <summary>The app does not start, for a reason a person can do something about; the message says what. Exit codes: 2 settings,
/// 3 data damaged or missing, 4 the database is of a newer version, 5 already running.</summary>
internal sealed class StartUpRefusedException(int exitCode, string message, Exception? cause = null) : Exception(message, cause)
{
    public const int AlreadyRunning = 5;

    public int ExitCode { get; } = exitCode;

    public static StartUpRefusedException Settings(string message, Exception? cause = null) => new(2, message, cause);

    public static StartUpRefusedException Damaged(string message, Exception? cause = null) => new(3, message, cause);

    public static StartUpRefusedException Newer(string message) => new(4, message);

    public static StartUpRefusedException Running(string message, Exception cause) => new(AlreadyRunning, message, cause);
}
