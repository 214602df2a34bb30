using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OzonSellerCenter.Sandbox;

namespace OzonSellerCenter.Tests.Sandbox;

/// <summary>The sandbox alone, listening on a port of its own, with a shop in a folder of its own.</summary>
public sealed class SandboxHost : IAsyncDisposable
{
    public const string ClientId = "1000001";
    public const string Key = "sandbox-key-1000001";
    private readonly string _folder;
    private readonly bool _ownsFolder;
    private readonly WebApplication _app;

    private SandboxHost(WebApplication app, string folder, bool ownsFolder)
    {
        _app = app;
        _folder = folder;
        _ownsFolder = ownsFolder;
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(Address) };
    }

    public HttpClient Http { get; }

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <param name="folder">Give one to see what a restart finds.</param>
    /// <param name="settings">More settings, such as <c>("Sandbox:Quirks:ErrorTextPrefix", "true")</c>.</param>
    public static async Task<SandboxHost> StartAsync(string? folder = null, params (string Key, string Value)[] settings)
    {
        var data = folder ?? Directory.CreateTempSubdirectory("sandbox-").FullName;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(
        [
            new("SellerCenter:DataDirectory", data),
            new("Sandbox:BuyersPerHour", "0"),
            // The limit has its own test; the others shall not wait for it.
            new("Sandbox:RequestsPerSecond", "100000"),
        ]);
        builder.Configuration.AddInMemoryCollection(settings.Select(s => new KeyValuePair<string, string?>(s.Key, s.Value)));
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        builder.Services.AddSandbox(builder.Configuration);
        var app = builder.Build();
        app.MapSandbox();
        await app.StartAsync();
        return new SandboxHost(app, data, folder is null);
    }

    /// <summary>Calls a method of the Seller API as account 1000001.</summary>
    public async Task<Answer> CallAsync(string path, JsonObject? body = null, string clientId = ClientId, string key = Key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sandbox/ozon" + path)
        {
            Content = new StringContent((body ?? []).ToJsonString(), Encoding.UTF8, "application/json"),
            Headers = { { "Client-Id", clientId }, { "Api-Key", key } },
        };
        return await SendAsync(request);
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer(response.StatusCode, text, response.Headers.ToDictionary(h => h.Key, h => h.Value.First()));
    }

    /// <summary>Posts to the control API.</summary>
    public async Task<JsonObject> ControlAsync(string command, JsonObject? body = null)
    {
        using var content = new StringContent((body ?? []).ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await Http.PostAsync(new Uri("/sandbox/control/" + command, UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
    }

    public async Task<JsonObject> ChatAsync(string chatId) =>
        JsonNode.Parse(await Http.GetStringAsync(new Uri("/sandbox/control/chats/" + chatId, UriKind.Relative)))!.AsObject();

    /// <summary>A buyer asks about a product; the chat it makes or continues.</summary>
    public async Task<string> BuyerAsksAsync(string text, string? postingNumber = null) =>
        (string)(await ControlAsync("buyer-message", new JsonObject { ["clientId"] = ClientId, ["text"] = text, ["postingNumber"] = postingNumber }))["chatId"]!;

    public Task AdvanceAsync(string span) => ControlAsync("clock", new JsonObject { ["advance"] = span });

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));
        if (!_ownsFolder)
            return;
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>What came back.</summary>
public sealed record Answer(HttpStatusCode Status, string Text, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>"404/5 Invalid Api-Key, …".</summary>
    public string Refusal => $"{(int)Status}/{(int)Json["code"]!} {(string)Json["message"]!}";
}
