using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OzonSellerCenter.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Views : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_PostingItems_StoreId_Sku",
                table: "PostingItems");

            migrationBuilder.CreateTable(
                name: "InboxViews",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    UserId = table.Column<string>(type: "TEXT", nullable: false),
                    StoreId = table.Column<int>(type: "INTEGER", nullable: true),
                    Name = table.Column<string>(type: "TEXT", maxLength: 60, nullable: false),
                    Query = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false)
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
                name: "IX_PostingItems_StoreId_Sku_Id",
                table: "PostingItems",
                columns: new[] { "StoreId", "Sku", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_UnreadNewest",
                table: "Conversations",
                columns: new[] { "StoreId", "Kind", "LastAt", "Id" },
                filter: "\"Unread\" > 0 AND \"SnoozedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_Waiting",
                table: "Conversations",
                columns: new[] { "StoreId", "Kind", "WaitingSince", "Id" },
                filter: "\"WaitingSince\" IS NOT NULL AND \"SnoozedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_InboxViews_StoreId",
                table: "InboxViews",
                column: "StoreId");

            migrationBuilder.CreateIndex(
                name: "IX_InboxViews_UserId",
                table: "InboxViews",
                column: "UserId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "InboxViews");

            migrationBuilder.DropIndex(
                name: "IX_PostingItems_StoreId_Sku_Id",
                table: "PostingItems");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_UnreadNewest",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_Waiting",
                table: "Conversations");

            migrationBuilder.CreateIndex(
                name: "IX_PostingItems_StoreId_Sku",
                table: "PostingItems",
                columns: new[] { "StoreId", "Sku" });
        }
    }
}
