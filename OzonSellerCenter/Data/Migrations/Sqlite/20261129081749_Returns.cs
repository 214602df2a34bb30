using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OzonSellerCenter.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Returns : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<long>(
                name: "ConfirmedAt",
                table: "SignInSessions",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "BuyerNotes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    StoreId = table.Column<int>(type: "INTEGER", nullable: false),
                    PostingNumber = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Subject = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Step = table.Column<int>(type: "INTEGER", nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    DueAt = table.Column<long>(type: "INTEGER", nullable: true),
                    By = table.Column<string>(type: "TEXT", nullable: true),
                    MessageId = table.Column<long>(type: "INTEGER", nullable: true),
                    ChatCommandId = table.Column<long>(type: "INTEGER", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BuyerNotes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ProductFacts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    StoreId = table.Column<int>(type: "INTEGER", nullable: false),
                    Sku = table.Column<long>(type: "INTEGER", nullable: false),
                    OfferId = table.Column<string>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    CategoryId = table.Column<long>(type: "INTEGER", nullable: false),
                    Category = table.Column<string>(type: "TEXT", nullable: true),
                    PictureUrl = table.Column<string>(type: "TEXT", nullable: true),
                    PictureSha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    PictureType = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    FetchedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    ReturnGroup = table.Column<int>(type: "INTEGER", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ProductFacts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RefundLedgers",
                columns: table => new
                {
                    StoreId = table.Column<int>(type: "INTEGER", nullable: false),
                    PostingNumber = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    Paid = table.Column<long>(type: "INTEGER", nullable: false),
                    Held = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RefundLedgers", x => new { x.StoreId, x.PostingNumber });
                    table.CheckConstraint("CK_RefundLedgers_Held", "\"Held\" >= 0");
                });

            migrationBuilder.CreateTable(
                name: "Refunds",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    StoreId = table.Column<int>(type: "INTEGER", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    PostingNumber = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    OrderNumber = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    ReturnRequestId = table.Column<long>(type: "INTEGER", nullable: true),
                    CancellationId = table.Column<long>(type: "INTEGER", nullable: true),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Way = table.Column<int>(type: "INTEGER", nullable: false),
                    Scope = table.Column<int>(type: "INTEGER", nullable: false),
                    Action = table.Column<string>(type: "TEXT", nullable: true),
                    CancelReasonId = table.Column<long>(type: "INTEGER", nullable: true),
                    CancelReason = table.Column<string>(type: "TEXT", nullable: false),
                    Items = table.Column<string>(type: "TEXT", nullable: false),
                    Amount = table.Column<long>(type: "INTEGER", nullable: false),
                    Postage = table.Column<long>(type: "INTEGER", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    Reason = table.Column<int>(type: "INTEGER", nullable: false),
                    Explanation = table.Column<string>(type: "TEXT", nullable: false),
                    Comment = table.Column<string>(type: "TEXT", nullable: false),
                    CreatedBy = table.Column<string>(type: "TEXT", nullable: true),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    WrittenBy = table.Column<string>(type: "TEXT", nullable: true),
                    SubmittedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Reviewer = table.Column<string>(type: "TEXT", nullable: true),
                    ReviewedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ReviewWords = table.Column<string>(type: "TEXT", nullable: false),
                    CommandId = table.Column<long>(type: "INTEGER", nullable: true),
                    SentAt = table.Column<long>(type: "INTEGER", nullable: true),
                    ExpectedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Failure = table.Column<string>(type: "TEXT", nullable: true),
                    FailureDetail = table.Column<string>(type: "TEXT", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Refunds", x => x.Id);
                    table.CheckConstraint("CK_Refunds_Amount", "\"Amount\" >= 0 AND \"Postage\" >= 0");
                    table.CheckConstraint("CK_Refunds_Something", "\"State\" = 1 OR \"State\" = 11 OR \"Amount\" + \"Postage\" > 0");
                });

            migrationBuilder.CreateTable(
                name: "ReturnRequests",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    StoreId = table.Column<int>(type: "INTEGER", nullable: false),
                    Source = table.Column<int>(type: "INTEGER", nullable: false),
                    ReturnId = table.Column<long>(type: "INTEGER", nullable: false),
                    Number = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    PostingNumber = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    OrderNumber = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Scheme = table.Column<int>(type: "INTEGER", nullable: false),
                    AskedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", nullable: false),
                    IsDefect = table.Column<bool>(type: "INTEGER", nullable: true),
                    Comment = table.Column<string>(type: "TEXT", nullable: false),
                    Sku = table.Column<long>(type: "INTEGER", nullable: false),
                    OfferId = table.Column<string>(type: "TEXT", nullable: false),
                    ProductName = table.Column<string>(type: "TEXT", nullable: false),
                    Quantity = table.Column<int>(type: "INTEGER", nullable: false),
                    Price = table.Column<long>(type: "INTEGER", nullable: false),
                    Currency = table.Column<string>(type: "TEXT", maxLength: 3, nullable: false),
                    Stage = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 80, nullable: false),
                    StateName = table.Column<string>(type: "TEXT", nullable: false),
                    MoneyState = table.Column<string>(type: "TEXT", nullable: false),
                    StateAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Actions = table.Column<string>(type: "TEXT", nullable: false),
                    Rejections = table.Column<string>(type: "TEXT", nullable: false),
                    RejectionComment = table.Column<string>(type: "TEXT", nullable: false),
                    ReturnMethod = table.Column<string>(type: "TEXT", nullable: false),
                    TrackingNumber = table.Column<string>(type: "TEXT", nullable: false),
                    Place = table.Column<string>(type: "TEXT", nullable: false),
                    DecideBy = table.Column<long>(type: "INTEGER", nullable: true),
                    Turns = table.Column<string>(type: "TEXT", nullable: false),
                    Offers = table.Column<int>(type: "INTEGER", nullable: false),
                    DetailsAt = table.Column<long>(type: "INTEGER", nullable: true),
                    NeedsSync = table.Column<bool>(type: "INTEGER", nullable: false),
                    OpenDeedId = table.Column<long>(type: "INTEGER", nullable: true),
                    ExchangeDone = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<long>(type: "INTEGER", nullable: false),
                    Searched = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReturnRequests", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "RefundSteps",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    StoreId = table.Column<int>(type: "INTEGER", nullable: false),
                    RefundId = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", nullable: true),
                    Event = table.Column<int>(type: "INTEGER", nullable: false),
                    From = table.Column<int>(type: "INTEGER", nullable: false),
                    To = table.Column<int>(type: "INTEGER", nullable: false),
                    Words = table.Column<string>(type: "TEXT", nullable: false),
                    Sum = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_RefundSteps", x => x.Id);
                    table.ForeignKey(
                        name: "FK_RefundSteps_Refunds_RefundId",
                        column: x => x.RefundId,
                        principalTable: "Refunds",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Inspections",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    StoreId = table.Column<int>(type: "INTEGER", nullable: false),
                    ReturnRequestId = table.Column<long>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", nullable: false),
                    Condition = table.Column<int>(type: "INTEGER", nullable: false),
                    Words = table.Column<string>(type: "TEXT", nullable: false),
                    CanBeSold = table.Column<bool>(type: "INTEGER", nullable: false),
                    Value = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Inspections", x => x.Id);
                    table.CheckConstraint("CK_Inspections_Value", "\"Value\" >= 0");
                    table.ForeignKey(
                        name: "FK_Inspections_ReturnRequests_ReturnRequestId",
                        column: x => x.ReturnRequestId,
                        principalTable: "ReturnRequests",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ReturnDeeds",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    StoreId = table.Column<int>(type: "INTEGER", nullable: false),
                    ReturnRequestId = table.Column<long>(type: "INTEGER", nullable: false),
                    Wish = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", nullable: true),
                    RefundId = table.Column<long>(type: "INTEGER", nullable: true),
                    ExchangePosting = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReturnDeeds", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ReturnDeeds_ReturnRequests_ReturnRequestId",
                        column: x => x.ReturnRequestId,
                        principalTable: "ReturnRequests",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ReturnPhotos",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    StoreId = table.Column<int>(type: "INTEGER", nullable: false),
                    ReturnRequestId = table.Column<long>(type: "INTEGER", nullable: false),
                    OzonUrl = table.Column<string>(type: "TEXT", nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    ContentType = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    Tries = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReturnPhotos", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ReturnPhotos_ReturnRequests_ReturnRequestId",
                        column: x => x.ReturnRequestId,
                        principalTable: "ReturnRequests",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "InspectionPhotos",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    StoreId = table.Column<int>(type: "INTEGER", nullable: false),
                    InspectionId = table.Column<long>(type: "INTEGER", nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ContentType = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_InspectionPhotos", x => x.Id);
                    table.ForeignKey(
                        name: "FK_InspectionPhotos_Inspections_InspectionId",
                        column: x => x.InspectionId,
                        principalTable: "Inspections",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Postings_Delivered",
                table: "Postings",
                columns: new[] { "StoreId", "DeliveredAt" },
                filter: "\"DeliveredAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_BuyerNotes_StoreId_PostingNumber",
                table: "BuyerNotes",
                columns: new[] { "StoreId", "PostingNumber" });

            migrationBuilder.CreateIndex(
                name: "IX_BuyerNotes_StoreId_Subject_Step",
                table: "BuyerNotes",
                columns: new[] { "StoreId", "Subject", "Step" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_BuyerNotes_Waiting",
                table: "BuyerNotes",
                column: "Id",
                filter: "\"State\" = 2");

            migrationBuilder.CreateIndex(
                name: "IX_InspectionPhotos_InspectionId",
                table: "InspectionPhotos",
                column: "InspectionId");

            migrationBuilder.CreateIndex(
                name: "IX_InspectionPhotos_StoreId",
                table: "InspectionPhotos",
                column: "StoreId");

            migrationBuilder.CreateIndex(
                name: "IX_Inspections_ReturnRequestId_Id",
                table: "Inspections",
                columns: new[] { "ReturnRequestId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Inspections_StoreId_At",
                table: "Inspections",
                columns: new[] { "StoreId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_ProductFacts_NoPicture",
                table: "ProductFacts",
                column: "StoreId",
                filter: "\"PictureUrl\" IS NOT NULL AND \"PictureSha256\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ProductFacts_StoreId_FetchedAt",
                table: "ProductFacts",
                columns: new[] { "StoreId", "FetchedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ProductFacts_StoreId_Sku",
                table: "ProductFacts",
                columns: new[] { "StoreId", "Sku" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Refunds_CommandId",
                table: "Refunds",
                column: "CommandId",
                filter: "\"CommandId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Refunds_OfRequest",
                table: "Refunds",
                column: "ReturnRequestId",
                filter: "\"ReturnRequestId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Refunds_OneOpenOfRequest",
                table: "Refunds",
                columns: new[] { "StoreId", "ReturnRequestId" },
                unique: true,
                filter: "\"ReturnRequestId\" IS NOT NULL AND \"State\" IN (2, 3, 4, 5, 6, 7)");

            migrationBuilder.CreateIndex(
                name: "IX_Refunds_StoreId_Key",
                table: "Refunds",
                columns: new[] { "StoreId", "Key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Refunds_StoreId_PostingNumber",
                table: "Refunds",
                columns: new[] { "StoreId", "PostingNumber" });

            migrationBuilder.CreateIndex(
                name: "IX_Refunds_StoreId_State_CreatedAt_Id",
                table: "Refunds",
                columns: new[] { "StoreId", "State", "CreatedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_RefundSteps_RefundId_Id",
                table: "RefundSteps",
                columns: new[] { "RefundId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_RefundSteps_StoreId",
                table: "RefundSteps",
                column: "StoreId");

            migrationBuilder.CreateIndex(
                name: "IX_ReturnDeeds_ReturnRequestId_Id",
                table: "ReturnDeeds",
                columns: new[] { "ReturnRequestId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ReturnDeeds_StoreId",
                table: "ReturnDeeds",
                column: "StoreId");

            migrationBuilder.CreateIndex(
                name: "IX_ReturnPhotos_Missing",
                table: "ReturnPhotos",
                column: "StoreId",
                filter: "\"Sha256\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ReturnPhotos_ReturnRequestId",
                table: "ReturnPhotos",
                column: "ReturnRequestId");

            migrationBuilder.CreateIndex(
                name: "IX_ReturnRequests_NeedsSync",
                table: "ReturnRequests",
                column: "StoreId",
                filter: "\"NeedsSync\"");

            migrationBuilder.CreateIndex(
                name: "IX_ReturnRequests_StoreId_AskedAt_Id",
                table: "ReturnRequests",
                columns: new[] { "StoreId", "AskedAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_ReturnRequests_StoreId_DecideBy",
                table: "ReturnRequests",
                columns: new[] { "StoreId", "DecideBy" },
                filter: "\"DecideBy\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ReturnRequests_StoreId_PostingNumber",
                table: "ReturnRequests",
                columns: new[] { "StoreId", "PostingNumber" });

            migrationBuilder.CreateIndex(
                name: "IX_ReturnRequests_StoreId_Sku",
                table: "ReturnRequests",
                columns: new[] { "StoreId", "Sku" });

            migrationBuilder.CreateIndex(
                name: "IX_ReturnRequests_StoreId_Source_ReturnId",
                table: "ReturnRequests",
                columns: new[] { "StoreId", "Source", "ReturnId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_ReturnRequests_StoreId_Stage_AskedAt_Id",
                table: "ReturnRequests",
                columns: new[] { "StoreId", "Stage", "AskedAt", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "BuyerNotes");

            migrationBuilder.DropTable(
                name: "InspectionPhotos");

            migrationBuilder.DropTable(
                name: "ProductFacts");

            migrationBuilder.DropTable(
                name: "RefundLedgers");

            migrationBuilder.DropTable(
                name: "RefundSteps");

            migrationBuilder.DropTable(
                name: "ReturnDeeds");

            migrationBuilder.DropTable(
                name: "ReturnPhotos");

            migrationBuilder.DropTable(
                name: "Inspections");

            migrationBuilder.DropTable(
                name: "Refunds");

            migrationBuilder.DropTable(
                name: "ReturnRequests");

            migrationBuilder.DropIndex(
                name: "IX_Postings_Delivered",
                table: "Postings");

            migrationBuilder.DropColumn(
                name: "ConfirmedAt",
                table: "SignInSessions");
        }
    }
}
