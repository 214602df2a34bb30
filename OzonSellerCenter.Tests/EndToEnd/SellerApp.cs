using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using OzonSellerCenter.Tests.Architecture;

namespace OzonSellerCenter.Tests.EndToEnd;

/// <summary>The real app as a process of its own, with the sandbox on and its buyers off, so that a test can kill it like a power cut
/// and start it again on the same data.</summary>
public sealed partial class SellerApp : IAsyncDisposable, IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly string _data = Directory.CreateTempSubdirectory("osc-e2e-").FullName;
    private readonly List<string> _log = [];
    private Process? _process;

    public SellerApp() => Http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = Address };

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

    /// <summary>A client without a session; for probes and the control API.</summary>
    public HttpClient Http { get; }

    public SandboxControl Sandbox => new(Http);

    /// <summary>Settings beside the usual ones, by the name of their environment variable.</summary>
    public Dictionary<string, string> Settings { get; } = [];

    /// <summary>Started by xUnit when it is a fixture.</summary>
    public async ValueTask InitializeAsync() => await StartAsync();

    /// <summary>One that hears of buyers' requests to return, which no push tells of, within a second or two.</summary>
    public static Task<SellerApp> StartWithReturnsAsync() => StartNewAsync(("Sync__ReturnPollSeconds", "2"));

    public static async Task<SellerApp> StartNewAsync(params (string Name, string Value)[] settings)
    {
        var app = new SellerApp();
        foreach (var (name, value) in settings) app.Settings[name] = value;
        await app.StartAsync();
        return app;
    }

    /// <summary>Starts it and waits until it says that it is ready.</summary>
    public async Task StartAsync()
    {
        _process = Process.Start(StartInfo()) ?? throw new InvalidOperationException("dotnet did not start.");
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var patience = new CancellationTokenSource(Patience);
        while (!await IsReadyAsync(patience.Token))
        {
            Assert.False(_process.HasExited, $"The app ended with code {(_process.HasExited ? _process.ExitCode : 0)}:\n{Log()}");
            Assert.False(patience.IsCancellationRequested, $"The app is not ready after {Patience}:\n{Log()}");
            await Task.Delay(100, CancellationToken.None);
        }
    }

    /// <summary>What a power cut does: no goodbye, no flush.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Runs one of its commands on the same data, while it stands still.</summary>
    public async Task RunAsync(params string[] words)
    {
        var start = StartInfo();
        foreach (var word in words) start.ArgumentList.Add(word);
        using var command = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var (said, complained) = (command.StandardOutput.ReadToEndAsync(), command.StandardError.ReadToEndAsync());
        await command.WaitForExitAsync();
        Assert.True(command.ExitCode == 0, $"{string.Join(' ', words)} ended with code {command.ExitCode}:\n{await said}\n{await complained}");
    }

    /// <summary>What the process holds of the machine's memory, in megabytes; pages it shares with others count in part.</summary>
    public async Task<long> PssAsync()
    {
        var lines = await File.ReadAllLinesAsync(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process!.Id}/smaps_rollup"));
        var kilobytes = lines.First(l => l.StartsWith("Pss:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return long.Parse(kilobytes, CultureInfo.InvariantCulture) / 1000;
    }

    /// <summary>A file of its data folder, such as the database.</summary>
    public string PathOf(string file) => Path.Combine(_data, file);

    /// <summary>Looks into one of its databases from outside, past the app.</summary>
    public async Task<IReadOnlyList<object[]>> RowsAsync(string file, string sql)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = PathOf(file), Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        List<object[]> rows = [];
        while (await reader.ReadAsync())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Waits until every alert due before an instant of the app's clock was raised: what comes after it is told in another toast.</summary>
    public Task ToldAsync(DateTime at) => Tests.Sandbox.Wait.ForAsync(async () =>
        (await RowsAsync("sellercenter.db", string.Create(CultureInfo.InvariantCulture, $"""SELECT 1 FROM "Deadlines" WHERE "NextAlertAt" < {at.Ticks / TimeSpan.TicksPerMicrosecond} LIMIT 1"""))).Count == 0, 60);

    /// <summary>Waits until every store's returns, and what is to be read of them, were read after an instant of the app's clock.</summary>
    public Task KnowsReturnsAsync(DateTime at) => Tests.Sandbox.Wait.ForAsync(async () =>
    {
        var since = (at.Ticks / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture);
        var behind = await RowsAsync("sellercenter.db", $"""SELECT 1 FROM "Stores" s WHERE NOT EXISTS (SELECT 1 FROM "SyncStates" p WHERE p."StoreId" = s."Id" AND p."Kind" = 'returns.market' AND p."FreshAt" > {since})""");
        return behind.Count == 0 && (await RowsAsync("sellercenter.db", """SELECT 1 FROM "ReturnRequests" WHERE "NeedsSync" AND "Source" = 1 LIMIT 1""")).Count == 0;
    }, 60);

    /// <summary>Everything the app said so far.</summary>
    public string Log()
    {
        lock (_log) return string.Join('\n', _log);
    }

    /// <summary>Errors in the log, each with what stands below it (the exception).</summary>
    public IReadOnlyList<string> Errors()
    {
        var errors = new List<string>();
        lock (_log)
        {
            var isError = false;
            foreach (var line in _log)
            {
                if (EntryStart().Match(line) is { Success: true } entry) isError = entry.Groups[1].Value is "ERR" or "FTL";
                if (isError) errors.Add(line);
            }
        }

        return errors;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false }) await KillAsync();
        _process?.Dispose();
        Http.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private ProcessStartInfo StartInfo()
    {
        // The app's own build output: only there is the list of the packages' static files.
        var output = Path.GetRelativePath(Path.Combine(Sources.Root, "OzonSellerCenter.Tests"), AppContext.BaseDirectory);
        var app = Path.Combine(Sources.Root, "OzonSellerCenter");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(app, output, "OzonSellerCenter.dll")])
        {
            WorkingDirectory = app,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = Address.ToString();
        start.Environment["SellerCenter__DataDirectory"] = _data;
        start.Environment["Sandbox__BuyersPerHour"] = "0";
        foreach (var (name, value) in Settings) start.Environment[name] = value;
        return start;
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellation)
    {
        try
        {
            using var answer = await Http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellation);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception notYet) when (notYet is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"^\d\d:\d\d:\d\d\.\d{3} (\w{3}) ")]
    private static partial Regex EntryStart();

    private void Note(string? line)
    {
        if (line is null) return;
        lock (_log) _log.Add(line);
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
