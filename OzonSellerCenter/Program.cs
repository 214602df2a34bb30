using OzonSellerCenter.Data;
using OzonSellerCenter.Live;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddData(builder.Configuration, builder.Environment.ContentRootPath);
builder.Services.AddSingleton<Feed>();
builder.Services.AddSingleton<EventLog>();

var app = builder.Build();
app.Run();

/// <summary>Named so that tests can start the whole app.</summary>
public partial class Program;
