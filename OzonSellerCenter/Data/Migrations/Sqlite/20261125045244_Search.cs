using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OzonSellerCenter.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Search : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // The words come ready from the app (SearchWords), so the tokenizer only splits at blanks; @ begins a sign (SearchSigns).
            migrationBuilder.Sql("""CREATE VIRTUAL TABLE "SearchTexts" USING fts5("Words", content='', contentless_delete=1, tokenize="ascii tokenchars '@'")""");
            migrationBuilder.Sql("""CREATE VIRTUAL TABLE "SearchNumbers" USING fts5("Words", content='', contentless_delete=1, tokenize="ascii tokenchars '@'")""");
            migrationBuilder.Sql("""CREATE TABLE "SearchVocabulary" ("Id" INTEGER PRIMARY KEY, "Word" TEXT NOT NULL UNIQUE)""");
            migrationBuilder.Sql("""CREATE TABLE "SearchRebuild" ("Id" INTEGER PRIMARY KEY CHECK ("Id" = 1), "Conversations" INTEGER NOT NULL, "Messages" INTEGER NOT NULL)""");

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
