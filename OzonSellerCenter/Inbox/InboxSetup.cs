using OzonSellerCenter.Data;
using OzonSellerCenter.Inbox.Bulk;
using OzonSellerCenter.Inbox.Search;
using OzonSellerCenter.Inbox.Transcripts;
using OzonSellerCenter.Inbox.Viewer;
using OzonSellerCenter.Orders;
using OzonSellerCenter.Shared;

namespace OzonSellerCenter.Inbox;

/// <summary>Wires the inbox and what stands beside a conversation.</summary>
public static class InboxSetup
{
    public static IServiceCollection AddInbox(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<InboxOptions>().Bind(configuration.GetSection("Inbox"))
            .Validate(o => o.UndoSeconds is >= 0 and <= 120, "Inbox:UndoSeconds must be 0 to 120.")
            .Validate(o => o.MaxFileMegabytes is >= 1 and <= 100, "Inbox:MaxFileMegabytes must be 1 to 100.")
            .Validate(o => o.MaxFiles is >= 1 and <= 50, "Inbox:MaxFiles must be 1 to 50.")
            .ValidateOnStart();
        services.AddSingleton<InboxQueries>();
        services.AddSingleton<ConversationQueries>();
        services.AddSingleton<InboxActions>();
        services.AddSingleton<DraftActions>();
        services.AddSingleton<AttachmentFiles>();
        services.AddSingleton<ColleagueQueries>();
        services.AddSingleton<AssignmentActions>();
        services.AddSingleton<NoteActions>();
        services.AddSingleton<TagActions>();
        services.AddSingleton<TagQueries>();
        services.AddSingleton<SnoozeActions>();
        services.AddSingleton<NoAnswerActions>();
        services.AddSingleton<RoundRobin>();
        services.AddTexts();
        services.AddSingleton<Transcript>();
        services.AddSingleton<TranscriptPdf>();
        services.AddSingleton<ViewerQueries>();
        services.AddSingleton(new OrderAside(typeof(OrderTalks)));
        services.AddSingleton<SearchQueries>();
        services.AddSingleton<BulkActions>();
        services.AddSingleton<BulkReplies>();
        services.ConfigureDbContext<SqliteSellerCenterDb>(options => options.AddInterceptors(new SearchUpkeep()));
        services.ConfigureDbContext<PostgresSellerCenterDb>(options => options.AddInterceptors(new SearchUpkeep()));
        return services;
    }

    public static void MapInbox(this WebApplication app) => InboxEndpoints.Map(app);
}
