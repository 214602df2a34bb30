using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace OzonSellerCenter.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class AlertsInDepth : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.RenameColumn(
                name: "ToldStage",
                table: "Deadlines",
                newName: "ToldBefore");

            migrationBuilder.RenameColumn(
                name: "Stage",
                table: "Alerts",
                newName: "MinutesBefore");

            migrationBuilder.RenameIndex(
                name: "IX_Alerts_DeadlineId_Stage_DueAt",
                table: "Alerts",
                newName: "IX_Alerts_DeadlineId_MinutesBefore_DueAt");

            // Stages were numbers of a list; they are minutes now. The rules' lengths follow with the next reckoning.
            foreach (var (table, column) in new[] { ("Alerts", "MinutesBefore"), ("Deadlines", "ToldBefore") })
            {
                migrationBuilder.Sql($"UPDATE \"{table}\" SET \"{column}\" = CASE \"{column}\" WHEN 1 THEN 120 WHEN 2 THEN 60 WHEN 3 THEN 30 WHEN 4 THEN 10 ELSE 0 END WHERE \"{column}\" IS NOT NULL;");
            }

            migrationBuilder.DropColumn(
                name: "ShownAt",
                table: "AlertReceipts");

            migrationBuilder.AddColumn<bool>(
                name: "IsQuiet",
                table: "AlertReceipts",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "RuleMinutes",
                table: "Deadlines",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "DueRuleMinutes",
                table: "Conversations",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Channels",
                table: "AlertReceipts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "DesktopAt",
                table: "AlertReceipts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "SoundAt",
                table: "AlertReceipts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "ToastAt",
                table: "AlertReceipts",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "AlertPreferences",
                columns: table => new
                {
                    UserId = table.Column<string>(type: "TEXT", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Stages = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    Channels = table.Column<int>(type: "INTEGER", nullable: false),
                    ChangedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AlertPreferences", x => new { x.UserId, x.Kind });
                    table.ForeignKey(
                        name: "FK_AlertPreferences_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AlertQuietHours",
                columns: table => new
                {
                    UserId = table.Column<string>(type: "TEXT", nullable: false),
                    From = table.Column<int>(type: "INTEGER", nullable: false),
                    Until = table.Column<int>(type: "INTEGER", nullable: false),
                    TimeZone = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AlertQuietHours", x => x.UserId);
                    table.ForeignKey(
                        name: "FK_AlertQuietHours_AspNetUsers_UserId",
                        column: x => x.UserId,
                        principalTable: "AspNetUsers",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ClockPauses",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    StoreId = table.Column<int>(type: "INTEGER", nullable: false),
                    Key = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    StartsAt = table.Column<long>(type: "INTEGER", nullable: false),
                    EndsAt = table.Column<long>(type: "INTEGER", nullable: false),
                    Reason = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    RecordedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    RecordedBy = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ClockPauses", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "WorkingHours",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    StoreId = table.Column<int>(type: "INTEGER", nullable: false),
                    IsOn = table.Column<bool>(type: "INTEGER", nullable: false),
                    TimeZone = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Days = table.Column<string>(type: "TEXT", nullable: false),
                    Exceptions = table.Column<string>(type: "TEXT", nullable: false),
                    EffectiveFrom = table.Column<long>(type: "INTEGER", nullable: false),
                    ChangedBy = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WorkingHours", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ClockPauses_StoreId_Key",
                table: "ClockPauses",
                columns: new[] { "StoreId", "Key" });

            migrationBuilder.CreateIndex(
                name: "IX_WorkingHours_StoreId_EffectiveFrom",
                table: "WorkingHours",
                columns: new[] { "StoreId", "EffectiveFrom" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AlertPreferences");

            migrationBuilder.DropTable(
                name: "AlertQuietHours");

            migrationBuilder.DropTable(
                name: "ClockPauses");

            migrationBuilder.DropTable(
                name: "WorkingHours");

            migrationBuilder.DropColumn(
                name: "RuleMinutes",
                table: "Deadlines");

            migrationBuilder.DropColumn(
                name: "DueRuleMinutes",
                table: "Conversations");

            migrationBuilder.DropColumn(
                name: "Channels",
                table: "AlertReceipts");

            migrationBuilder.DropColumn(
                name: "DesktopAt",
                table: "AlertReceipts");

            migrationBuilder.DropColumn(
                name: "SoundAt",
                table: "AlertReceipts");

            migrationBuilder.DropColumn(
                name: "ToastAt",
                table: "AlertReceipts");

            migrationBuilder.RenameColumn(
                name: "ToldBefore",
                table: "Deadlines",
                newName: "ToldStage");

            migrationBuilder.RenameColumn(
                name: "MinutesBefore",
                table: "Alerts",
                newName: "Stage");

            migrationBuilder.RenameIndex(
                name: "IX_Alerts_DeadlineId_MinutesBefore_DueAt",
                table: "Alerts",
                newName: "IX_Alerts_DeadlineId_Stage_DueAt");

            migrationBuilder.DropColumn(
                name: "IsQuiet",
                table: "AlertReceipts");

            migrationBuilder.AddColumn<long>(
                name: "ShownAt",
                table: "AlertReceipts",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);
        }
    }
}
