-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'export_ready';

-- AlterTable
ALTER TABLE "notification" ADD COLUMN     "data_export_id" UUID;

-- CreateTable
CREATE TABLE "data_export" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "storage_key" TEXT NOT NULL,
    "content_key_id" TEXT,
    "token_hash" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ready_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "data_export_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "data_export_user_id_key" ON "data_export"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "data_export_storage_key_key" ON "data_export"("storage_key");

-- CreateIndex
CREATE UNIQUE INDEX "data_export_token_hash_key" ON "data_export"("token_hash");

-- CreateIndex
CREATE INDEX "data_export_created_at_idx" ON "data_export"("created_at");

-- CreateIndex
CREATE INDEX "notification_data_export_id_idx" ON "notification"("data_export_id");

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_data_export_id_fkey" FOREIGN KEY ("data_export_id") REFERENCES "data_export"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "data_export" ADD CONSTRAINT "data_export_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A mail about an export names it, and no other does.
ALTER TABLE "notification" ADD CONSTRAINT "notification_export_check" CHECK (
  ("kind"::text = 'export_ready') = ("data_export_id" IS NOT NULL)
);
ALTER TABLE "data_export" ADD CONSTRAINT "data_export_storage_key_check" CHECK ("storage_key" ~ '^[A-Za-z0-9_-]{16,128}$');
ALTER TABLE "data_export" ADD CONSTRAINT "data_export_ready_check" CHECK (
  num_nonnulls("ready_at", "expires_at", "content_key_id") IN (0, 3) AND "expires_at" > "ready_at"
);
-- However an export goes, its account's end included, its bytes go too.
CREATE TRIGGER "data_export_removed" AFTER DELETE ON "data_export"
  FOR EACH ROW EXECUTE FUNCTION "note_removed_file"();
