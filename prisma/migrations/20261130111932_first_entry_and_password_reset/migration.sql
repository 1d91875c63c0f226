-- AlterEnum
ALTER TYPE "AccessPurpose" ADD VALUE 'password_reset';

-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'password_reset';

-- AlterTable
ALTER TABLE "sign_in_request" ADD COLUMN     "mailed_with_id" UUID;

-- AlterTable
ALTER TABLE "user" ADD COLUMN     "entered_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "sign_in_request_email_idx" ON "sign_in_request"("email");

-- CreateIndex
CREATE INDEX "sign_in_request_mailed_with_id_idx" ON "sign_in_request"("mailed_with_id");

-- AddForeignKey
ALTER TABLE "sign_in_request" ADD CONSTRAINT "sign_in_request_mailed_with_id_fkey" FOREIGN KEY ("mailed_with_id") REFERENCES "sign_in_request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Whoever has a way in has used it, or could: an invitation that is still on its way opens nothing of theirs.
UPDATE "user" u SET "entered_at" = u."created_at"
WHERE u."password_hash" IS NOT NULL
  OR EXISTS (SELECT 1 FROM "session" s WHERE s."user_id" = u."id")
  OR EXISTS (SELECT 1 FROM "provider_link" p WHERE p."user_id" = u."id")
  OR EXISTS (SELECT 1 FROM "totp" t WHERE t."user_id" = u."id");
