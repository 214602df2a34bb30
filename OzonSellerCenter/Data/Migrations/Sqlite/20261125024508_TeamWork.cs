using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OzonSellerCenter.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class TeamWork : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "MaxOpenPerPerson",
                table: "Stores",
                type: "INTEGER",
                nullable: false,
                defaultValue: 10);

            migrationBuilder.AddColumn<long>(
                name: "RoundRobinSince",
                table: "Stores",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "AwaySince",
                table: "Memberships",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "GivenAt",
                table: "Memberships",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "AssignedAt",
                table: "Conversations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AssigneeId",
                table: "Conversations",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Deeds",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    StoreId = table.Column<int>(type: "INTEGER", nullable: false),
                    ConversationId = table.Column<long>(type: "INTEGER", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Reason = table.Column<int>(type: "INTEGER", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    By = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    PersonId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Turn_Available = table.Column<int>(type: "INTEGER", nullable: true),
                    Turn_Max = table.Column<int>(type: "INTEGER", nullable: true),
                    Turn_Open = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Deeds", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_AssigneeDue",
                table: "Conversations",
                columns: new[] { "StoreId", "Kind", "AssigneeId", "DueAt", "Id" },
                filter: "\"DueAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_AssigneeNewest",
                table: "Conversations",
                columns: new[] { "StoreId", "Kind", "AssigneeId", "LastAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_Open",
                table: "Conversations",
                columns: new[] { "StoreId", "AssigneeId" },
                filter: "\"WaitingSince\" IS NOT NULL AND \"AssigneeId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Deeds_ConversationId_At_Id",
                table: "Deeds",
                columns: new[] { "ConversationId", "At", "Id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Deeds");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_AssigneeDue",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_AssigneeNewest",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_Open",
                table: "Conversations");

            migrationBuilder.DropColumn(
                name: "MaxOpenPerPerson",
                table: "Stores");

            migrationBuilder.DropColumn(
                name: "RoundRobinSince",
                table: "Stores");

            migrationBuilder.DropColumn(
                name: "AwaySince",
                table: "Memberships");

            migrationBuilder.DropColumn(
                name: "GivenAt",
                table: "Memberships");

            migrationBuilder.DropColumn(
                name: "AssignedAt",
                table: "Conversations");

            migrationBuilder.DropColumn(
                name: "AssigneeId",
                table: "Conversations");
        }
    }
}
