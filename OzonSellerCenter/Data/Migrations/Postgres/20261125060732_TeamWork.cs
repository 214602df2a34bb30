using System;
using System.Collections.Generic;
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
            migrationBuilder.DropPrimaryKey(
                name: "PK_Drafts",
                table: "Drafts");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_Due",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_Newest",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_NotDue",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_Unread",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WaitingNotDue",
                table: "Conversations");

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

            migrationBuilder.AddColumn<bool>(
                name: "IsNote",
                table: "Drafts",
                type: "boolean",
                nullable: false,
                defaultValue: false);

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

            migrationBuilder.AddColumn<DateTime>(
                name: "NoAnswerNeededAt",
                table: "Conversations",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "SnoozedAt",
                table: "Conversations",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "SnoozedSeenAt",
                table: "Conversations",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "SnoozedUntil",
                table: "Conversations",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Tags",
                table: "Conversations",
                type: "character varying(320)",
                maxLength: 320,
                nullable: true);

            migrationBuilder.AddPrimaryKey(
                name: "PK_Drafts",
                table: "Drafts",
                columns: new[] { "ConversationId", "UserId", "IsNote" });

            migrationBuilder.CreateTable(
                name: "ConversationTags",
                columns: table => new
                {
                    StoreId = table.Column<int>(type: "integer", nullable: false),
                    Key = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    ConversationId = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConversationTags", x => new { x.StoreId, x.Key, x.ConversationId });
                    table.ForeignKey(
                        name: "FK_ConversationTags_Conversations_ConversationId",
                        column: x => x.ConversationId,
                        principalTable: "Conversations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

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
                    Until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    SeenAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    UndoneAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    UndoneBy = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    Turn_Available = table.Column<int>(type: "integer", nullable: true),
                    Turn_Max = table.Column<int>(type: "integer", nullable: true),
                    Turn_Open = table.Column<int>(type: "integer", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Deeds", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Mentions",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    StoreId = table.Column<int>(type: "integer", nullable: false),
                    UserId = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Subject = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Title = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    By = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ReadAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Mentions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Notes",
                columns: table => new
                {
                    Id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    StoreId = table.Column<int>(type: "integer", nullable: false),
                    ConversationId = table.Column<long>(type: "bigint", nullable: false),
                    Key = table.Column<Guid>(type: "uuid", nullable: false),
                    AuthorId = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    Text = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Mentioned = table.Column<List<string>>(type: "text[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Notes", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Tags",
                columns: table => new
                {
                    StoreId = table.Column<int>(type: "integer", nullable: false),
                    Key = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    Name = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Tags", x => new { x.StoreId, x.Key });
                });

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_AssigneeDue",
                table: "Conversations",
                columns: new[] { "StoreId", "Kind", "AssigneeId", "DueAt", "Id" },
                filter: "\"DueAt\" IS NOT NULL AND \"SnoozedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_AssigneeNewest",
                table: "Conversations",
                columns: new[] { "StoreId", "Kind", "AssigneeId", "LastAt", "Id" },
                filter: "\"SnoozedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_Due",
                table: "Conversations",
                columns: new[] { "StoreId", "Kind", "DueAt", "Id" },
                filter: "\"DueAt\" IS NOT NULL AND \"SnoozedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_Newest",
                table: "Conversations",
                columns: new[] { "StoreId", "Kind", "LastAt", "Id" },
                filter: "\"SnoozedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_NotDue",
                table: "Conversations",
                columns: new[] { "StoreId", "Kind", "LastAt", "Id" },
                filter: "\"DueAt\" IS NULL AND \"SnoozedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_Open",
                table: "Conversations",
                columns: new[] { "StoreId", "AssigneeId" },
                filter: "\"WaitingSince\" IS NOT NULL AND \"AssigneeId\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_Snoozed",
                table: "Conversations",
                columns: new[] { "StoreId", "Kind", "DueAt", "LastAt", "Id" },
                filter: "\"SnoozedAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_SnoozedUntil",
                table: "Conversations",
                column: "SnoozedUntil",
                filter: "\"SnoozedUntil\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_Unread",
                table: "Conversations",
                columns: new[] { "StoreId", "Kind", "DueAt", "LastAt", "Id" },
                filter: "\"Unread\" > 0 AND \"SnoozedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WaitingNotDue",
                table: "Conversations",
                columns: new[] { "StoreId", "Kind", "LastAt", "Id" },
                filter: "\"WaitingSince\" IS NOT NULL AND \"DueAt\" IS NULL AND \"SnoozedAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_ConversationTags_ConversationId",
                table: "ConversationTags",
                column: "ConversationId");

            migrationBuilder.CreateIndex(
                name: "IX_Deeds_ConversationId_At_Id",
                table: "Deeds",
                columns: new[] { "ConversationId", "At", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Deeds_Waivers",
                table: "Deeds",
                column: "ConversationId",
                filter: "\"Kind\" = 5 AND \"UndoneAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Mentions_Unread",
                table: "Mentions",
                columns: new[] { "UserId", "Subject" },
                filter: "\"ReadAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Mentions_UserId_Id",
                table: "Mentions",
                columns: new[] { "UserId", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Notes_ConversationId_At_Id",
                table: "Notes",
                columns: new[] { "ConversationId", "At", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Notes_Key",
                table: "Notes",
                column: "Key",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ConversationTags");

            migrationBuilder.DropTable(
                name: "Deeds");

            migrationBuilder.DropTable(
                name: "Mentions");

            migrationBuilder.DropTable(
                name: "Notes");

            migrationBuilder.DropTable(
                name: "Tags");

            migrationBuilder.DropPrimaryKey(
                name: "PK_Drafts",
                table: "Drafts");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_AssigneeDue",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_AssigneeNewest",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_Due",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_Newest",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_NotDue",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_Open",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_Snoozed",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_SnoozedUntil",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_Unread",
                table: "Conversations");

            migrationBuilder.DropIndex(
                name: "IX_Conversations_WaitingNotDue",
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
                name: "IsNote",
                table: "Drafts");

            migrationBuilder.DropColumn(
                name: "AssignedAt",
                table: "Conversations");

            migrationBuilder.DropColumn(
                name: "AssigneeId",
                table: "Conversations");

            migrationBuilder.DropColumn(
                name: "NoAnswerNeededAt",
                table: "Conversations");

            migrationBuilder.DropColumn(
                name: "SnoozedAt",
                table: "Conversations");

            migrationBuilder.DropColumn(
                name: "SnoozedSeenAt",
                table: "Conversations");

            migrationBuilder.DropColumn(
                name: "SnoozedUntil",
                table: "Conversations");

            migrationBuilder.DropColumn(
                name: "Tags",
                table: "Conversations");

            migrationBuilder.AddPrimaryKey(
                name: "PK_Drafts",
                table: "Drafts",
                columns: new[] { "ConversationId", "UserId" });

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_Due",
                table: "Conversations",
                columns: new[] { "StoreId", "Kind", "DueAt", "Id" },
                filter: "\"DueAt\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_Newest",
                table: "Conversations",
                columns: new[] { "StoreId", "Kind", "LastAt", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_NotDue",
                table: "Conversations",
                columns: new[] { "StoreId", "Kind", "LastAt", "Id" },
                filter: "\"DueAt\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_Unread",
                table: "Conversations",
                columns: new[] { "StoreId", "Kind", "DueAt", "LastAt", "Id" },
                filter: "\"Unread\" > 0");

            migrationBuilder.CreateIndex(
                name: "IX_Conversations_WaitingNotDue",
                table: "Conversations",
                columns: new[] { "StoreId", "Kind", "LastAt", "Id" },
                filter: "\"WaitingSince\" IS NOT NULL AND \"DueAt\" IS NULL");
        }
    }
}
