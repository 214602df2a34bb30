using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OzonSellerCenter.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Shipping : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "PaymentReminder",
                table: "Stores",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "CancelReason",
                table: "Postings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "CostsRating",
                table: "Postings",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "DeliverBy",
                table: "Postings",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "DeliverFrom",
                table: "Postings",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "LateAt",
                table: "Postings",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "MovedAt",
                table: "Postings",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "WantsRefund",
                table: "Postings",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "Commission",
                table: "PostingItems",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Discount",
                table: "PostingItems",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "Payout",
                table: "PostingItems",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "CancellationRequests",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    StoreId = table.Column<int>(type: "INTEGER", nullable: false),
                    CancellationId = table.Column<long>(type: "INTEGER", nullable: false),
                    PostingNumber = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Initiator = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    Message = table.Column<string>(type: "TEXT", nullable: false),
                    AskedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    AutoApproveAt = table.Column<long>(type: "INTEGER", nullable: true),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    DecidedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Comment = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CancellationRequests", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "LabelJobs",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    StoreId = table.Column<int>(type: "INTEGER", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Files = table.Column<string>(type: "TEXT", nullable: false),
                    NextTryAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    CreatedBy = table.Column<string>(type: "TEXT", nullable: true),
                    DoneAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Error = table.Column<string>(type: "TEXT", nullable: true),
                    ErrorDetail = table.Column<string>(type: "TEXT", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LabelJobs", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PostingDeeds",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    StoreId = table.Column<int>(type: "INTEGER", nullable: false),
                    PostingId = table.Column<long>(type: "INTEGER", nullable: false),
                    PostingNumber = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Wish = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PostingDeeds", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PostingDeeds_Postings_PostingId",
                        column: x => x.PostingId,
                        principalTable: "Postings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "PostingSteps",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    StoreId = table.Column<int>(type: "INTEGER", nullable: false),
                    PostingId = table.Column<long>(type: "INTEGER", nullable: false),
                    Substatus = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PostingSteps", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PostingSteps_Postings_PostingId",
                        column: x => x.PostingId,
                        principalTable: "Postings",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ProactiveMessages",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    StoreId = table.Column<int>(type: "INTEGER", nullable: false),
                    PostingNumber = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Event = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    MessageId = table.Column<long>(type: "INTEGER", nullable: true),
                    ChatCommandId = table.Column<long>(type: "INTEGER", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProactiveMessages", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ProactiveSettings",
                columns: table => new
                {
                    StoreId = table.Column<int>(type: "INTEGER", nullable: false),
                    Event = table.Column<int>(type: "INTEGER", nullable: false),
                    OnSince = table.Column<long>(type: "INTEGER", nullable: true),
                    Template = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProactiveSettings", x => new { x.StoreId, x.Event });
                });

            migrationBuilder.CreateTable(
                name: "SavedViews",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    UserId = table.Column<string>(type: "TEXT", nullable: false),
                    StoreId = table.Column<int>(type: "INTEGER", nullable: true),
                    Page = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Query = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SavedViews", x => x.Id);
                    table.ForeignKey(
                        name: "FK_SavedViews_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_SavedViews_Stores_StoreId",
                        column: x => x.StoreId,
                        principalTable: "Stores",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateTable(
                name: "UnpaidOrders",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    StoreId = table.Column<int>(type: "INTEGER", nullable: false),
                    OrderNumber = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    BuyerName = table.Column<string>(type: "TEXT", nullable: false),
                    Total = table.Column<long>(type: "INTEGER", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    Items = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ExpiresAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RemindedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ReminderText = table.Column<string>(type: "TEXT", nullable: true),
                    Wanted = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UnpaidOrders", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "PostingLabels",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    StoreId = table.Column<int>(type: "INTEGER", nullable: false),
                    JobId = table.Column<long>(type: "INTEGER", nullable: false),
                    PostingNumber = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Problem = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PostingLabels", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PostingLabels_LabelJobs_JobId",
                        column: x => x.JobId,
                        principalTable: "LabelJobs",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Postings_Late",
                table: "Postings",
                columns: new[] { "StoreId", "LateAt", "Id" },
                filter: "\"LateAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Postings_WantsRefund",
                table: "Postings",
                columns: new[] { "StoreId", "InProcessAt", "Id" },
                filter: "\"WantsRefund\"");

            migrationBuilder.CreateIndex(
                name: "IX_CancellationRequests_StoreId_CancellationId",
                table: "CancellationRequests",
                columns: new[] { "StoreId", "CancellationId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_CancellationRequests_StoreId_PostingNumber",
                table: "CancellationRequests",
                columns: new[] { "StoreId", "PostingNumber" });

            migrationBuilder.CreateIndex(
                name: "IX_CancellationRequests_StoreId_State_AutoApproveAt",
                table: "CancellationRequests",
                columns: new[] { "StoreId", "State", "AutoApproveAt" });

            migrationBuilder.CreateIndex(
                name: "IX_LabelJobs_StoreId_Key",
                table: "LabelJobs",
                columns: new[] { "StoreId", "Key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_LabelJobs_StoreId_State_NextTryAt",
                table: "LabelJobs",
                columns: new[] { "StoreId", "State", "NextTryAt" });

            migrationBuilder.CreateIndex(
                name: "IX_PostingDeeds_PostingId",
                table: "PostingDeeds",
                column: "PostingId");

            migrationBuilder.CreateIndex(
                name: "IX_PostingDeeds_StoreId_PostingId_Id",
                table: "PostingDeeds",
                columns: new[] { "StoreId", "PostingId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_PostingLabels_JobId",
                table: "PostingLabels",
                column: "JobId");

            migrationBuilder.CreateIndex(
                name: "IX_PostingLabels_StoreId_PostingNumber_JobId",
                table: "PostingLabels",
                columns: new[] { "StoreId", "PostingNumber", "JobId" });

            migrationBuilder.CreateIndex(
                name: "IX_PostingSteps_PostingId_Id",
                table: "PostingSteps",
                columns: new[] { "PostingId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ProactiveMessages_StoreId_Id",
                table: "ProactiveMessages",
                columns: new[] { "StoreId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ProactiveMessages_StoreId_PostingNumber_Event",
                table: "ProactiveMessages",
                columns: new[] { "StoreId", "PostingNumber", "Event" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ProactiveMessages_Waiting",
                table: "ProactiveMessages",
                column: "Id",
                filter: "\"State\" = 1");

            migrationBuilder.CreateIndex(
                name: "IX_SavedViews_StoreId",
                table: "SavedViews",
                column: "StoreId");

            migrationBuilder.CreateIndex(
                name: "IX_SavedViews_UserId",
                table: "SavedViews",
                column: "UserId");

            migrationBuilder.CreateIndex(
                name: "IX_UnpaidOrders_StoreId_OrderNumber",
                table: "UnpaidOrders",
                columns: new[] { "StoreId", "OrderNumber" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_UnpaidOrders_StoreId_State_ExpiresAt",
                table: "UnpaidOrders",
                columns: new[] { "StoreId", "State", "ExpiresAt" });

            // Views are of other lists as well now.
            migrationBuilder.Sql("INSERT INTO \"SavedViews\" (\"UserId\", \"StoreId\", \"Page\", \"Name\", \"Query\") SELECT \"UserId\", \"StoreId\", '/inbox', \"Name\", \"Query\" FROM \"InboxViews\"");

            migrationBuilder.DropTable(
                name: "InboxViews");

            // What is still on its way is read again, for the dates that were not kept so far.
            migrationBuilder.Sql("UPDATE \"Postings\" SET \"NeedsSync\" = 1 WHERE \"Status\" IN ('awaiting_packaging', 'awaiting_deliver', 'delivering', 'driver_pickup', 'sent_by_seller')");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "CancellationRequests");

            migrationBuilder.DropTable(
                name: "PostingDeeds");

            migrationBuilder.DropTable(
                name: "PostingLabels");

            migrationBuilder.DropTable(
                name: "PostingSteps");

            migrationBuilder.DropTable(
                name: "ProactiveMessages");

            migrationBuilder.DropTable(
                name: "ProactiveSettings");

            migrationBuilder.DropTable(
                name: "UnpaidOrders");

            migrationBuilder.DropTable(
                name: "LabelJobs");

            migrationBuilder.DropIndex(
                name: "IX_Postings_Late",
                table: "Postings");

            migrationBuilder.DropIndex(
                name: "IX_Postings_WantsRefund",
                table: "Postings");

            migrationBuilder.DropColumn(
                name: "PaymentReminder",
                table: "Stores");

            migrationBuilder.DropColumn(
                name: "CancelReason",
                table: "Postings");

            migrationBuilder.DropColumn(
                name: "CostsRating",
                table: "Postings");

            migrationBuilder.DropColumn(
                name: "DeliverBy",
                table: "Postings");

            migrationBuilder.DropColumn(
                name: "DeliverFrom",
                table: "Postings");

            migrationBuilder.DropColumn(
                name: "LateAt",
                table: "Postings");

            migrationBuilder.DropColumn(
                name: "MovedAt",
                table: "Postings");

            migrationBuilder.DropColumn(
                name: "WantsRefund",
                table: "Postings");

            migrationBuilder.DropColumn(
                name: "Commission",
                table: "PostingItems");

            migrationBuilder.DropColumn(
                name: "Discount",
                table: "PostingItems");

            migrationBuilder.DropColumn(
                name: "Payout",
                table: "PostingItems");

            migrationBuilder.CreateTable(
                name: "InboxViews",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Query = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    StoreId = table.Column<int>(type: "INTEGER", nullable: true),
                    UserId = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InboxViews", x => x.Id);
                    table.ForeignKey(
                        name: "FK_InboxViews_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_InboxViews_Stores_StoreId",
                        column: x => x.StoreId,
                        principalTable: "Stores",
                        principalColumn: "Id");
                });

            migrationBuilder.CreateIndex(
                name: "IX_InboxViews_StoreId",
                table: "InboxViews",
                column: "StoreId");

            migrationBuilder.CreateIndex(
                name: "IX_InboxViews_UserId",
                table: "InboxViews",
                column: "UserId");

            migrationBuilder.Sql("INSERT INTO \"InboxViews\" (\"UserId\", \"StoreId\", \"Name\", \"Query\") SELECT \"UserId\", \"StoreId\", \"Name\", \"Query\" FROM \"SavedViews\" WHERE \"Page\" = '/inbox'");

            migrationBuilder.DropTable(
                name: "SavedViews");
        }
    }
}
