using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OzonSellerCenter.Data.Migrations.Postgres
{
    /// <inheritdoc />
    public partial class Search : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // The words come ready from the app (SearchWords); no configuration of the server takes part, and no extension.
            migrationBuilder.Sql("""CREATE TABLE "SearchTexts" ("Key" bigint PRIMARY KEY, "Words" tsvector NOT NULL)""");
            migrationBuilder.Sql("""CREATE INDEX "IX_SearchTexts_Words" ON "SearchTexts" USING gin ("Words")""");
            migrationBuilder.Sql("""CREATE TABLE "SearchNumbers" ("Key" bigint PRIMARY KEY, "Words" tsvector NOT NULL)""");
            migrationBuilder.Sql("""CREATE INDEX "IX_SearchNumbers_Words" ON "SearchNumbers" USING gin ("Words")""");
            migrationBuilder.Sql("""CREATE TABLE "SearchVocabulary" ("Id" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "Word" text COLLATE "C" NOT NULL UNIQUE)""");
            migrationBuilder.Sql("""CREATE TABLE "SearchRebuild" ("Id" integer PRIMARY KEY CHECK ("Id" = 1), "Conversations" bigint NOT NULL, "Messages" bigint NOT NULL)""");

            // What is there already waits for the command reindex.
            migrationBuilder.Sql("""INSERT INTO "SearchRebuild" SELECT 1, 0, 0 WHERE EXISTS (SELECT 1 FROM "Messages")""");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""DROP TABLE "SearchTexts" """);
            migrationBuilder.Sql("""DROP TABLE "SearchNumbers" """);
            migrationBuilder.Sql("""DROP TABLE "SearchVocabulary" """);
            migrationBuilder.Sql("""DROP TABLE "SearchRebuild" """);
        }
    }
}
