using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace OzonSellerCenter.Data.Migrations.Postgres
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
                type: "integer",
                nullable: false,
                defaultValue: 10);

            migrationBuilder.AddColumn<DateTime>(
                name: "RoundRobinSince",
                table: "Stores",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "AwaySince",
                table: "Memberships",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "GivenAt",
                table: "Memberships",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "AssignedAt",
                table: "Conversations",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "AssigneeId",
                table: "Conversations",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Deeds",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    StoreId = table.Column<int>(type: "integer", nullable: false),
                    ConversationId = table.Column<long>(type: "bigint", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Reason = table.Column<int>(type: "integer", nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    By = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    PersonId = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    Turn_Available = table.Column<int>(type: "integer", nullable: true),
                    Turn_Max = table.Column<int>(type: "integer", nullable: true),
                    Turn_Open = table.Column<int>(type: "integer", nullable: true)
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
