using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OzonSellerCenter.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Orders : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Postings_StatusNewest",
                table: "Postings",
                columns: new[] { "StoreId", "Status", "InProcessAt", "Id", "Scheme", "Total" });

            migrationBuilder.CreateIndex(
                name: "IX_Postings_StatusShipBy",
                table: "Postings",
                columns: new[] { "StoreId", "Status", "ShipBy", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Postings_Warehouse",
                table: "Postings",
                columns: new[] { "StoreId", "Warehouse", "InProcessAt", "Id" });

            // Last: between indexes that SQLite holds to be equally good, as in a period, it takes the one that was there first, and this one
            // knows neither status nor warehouse.
            migrationBuilder.CreateIndex(
                name: "IX_Postings_Newest",
                table: "Postings",
                columns: new[] { "StoreId", "InProcessAt", "Id", "Scheme", "Total" });

            // The words come ready from the app (SearchWords), so the tokenizer only splits at blanks; @ begins a sign (SearchSigns).
            migrationBuilder.Sql("""CREATE VIRTUAL TABLE "SearchPostings" USING fts5("Words", content='', contentless_delete=1, tokenize="ascii tokenchars '@'")""");
            migrationBuilder.Sql("""ALTER TABLE "SearchRebuild" ADD COLUMN "Postings" INTEGER NOT NULL DEFAULT 0""");

            // What is there already waits for the command reindex, which has only the postings to take in where it was complete before.
            migrationBuilder.Sql("""
                INSERT INTO "SearchRebuild" ("Id", "Conversations", "Messages", "Postings")
                SELECT 1, COALESCE((SELECT MAX("Id") FROM "Conversations"), 0), COALESCE((SELECT MAX("Id") FROM "Messages"), 0), 0
                WHERE EXISTS (SELECT 1 FROM "Postings") AND NOT EXISTS (SELECT 1 FROM "SearchRebuild")
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Postings_Newest",
                table: "Postings");

            migrationBuilder.DropIndex(
                name: "IX_Postings_StatusNewest",
                table: "Postings");

            migrationBuilder.DropIndex(
                name: "IX_Postings_StatusShipBy",
                table: "Postings");

            migrationBuilder.DropIndex(
                name: "IX_Postings_Warehouse",
                table: "Postings");

            migrationBuilder.Sql("""ALTER TABLE "SearchRebuild" DROP COLUMN "Postings" """);
            migrationBuilder.Sql("""DROP TABLE "SearchPostings" """);
        }
    }
}
