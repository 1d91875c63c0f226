-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'registration_link';
ALTER TYPE "NotificationKind" ADD VALUE 'email_change_link';
ALTER TYPE "NotificationKind" ADD VALUE 'email_changed';

-- AlterTable
ALTER TABLE "notification" ADD COLUMN     "email_change_id" UUID;

-- AlterTable
ALTER TABLE "session" ADD COLUMN     "mail_proved_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "sign_in_request" ADD COLUMN     "address" TEXT,
ADD COLUMN     "email" TEXT,
ADD COLUMN     "locale" TEXT,
ADD COLUMN     "name" TEXT,
ADD COLUMN     "next" TEXT,
ADD COLUMN     "time_zone" TEXT,
ALTER COLUMN "user_id" DROP NOT NULL,
ALTER COLUMN "session_version" DROP NOT NULL;

UPDATE "sign_in_request" r SET "email" = u."email" FROM "user" u WHERE u."id" = r."user_id";
ALTER TABLE "sign_in_request" ALTER COLUMN "email" SET NOT NULL;

-- AlterTable
ALTER TABLE "user" ADD COLUMN     "email_verified_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "email_change" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "session_version" INTEGER NOT NULL,
    "email" TEXT NOT NULL,
    "former_email" TEXT NOT NULL,
    "token_hash" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "email_change_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "email_change_token_hash_key" ON "email_change"("token_hash");

-- CreateIndex
CREATE INDEX "email_change_user_id_idx" ON "email_change"("user_id");

-- CreateIndex
CREATE INDEX "email_change_expires_at_idx" ON "email_change"("expires_at");

-- CreateIndex
CREATE INDEX "notification_email_change_id_idx" ON "notification"("email_change_id");

-- CreateIndex
CREATE INDEX "notification_sent_at_idx" ON "notification"("sent_at");

-- AddForeignKey
ALTER TABLE "email_change" ADD CONSTRAINT "email_change_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_email_change_id_fkey" FOREIGN KEY ("email_change_id") REFERENCES "email_change"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "sign_in_request" ADD CONSTRAINT "sign_in_request_email_check" CHECK ("email" = lower("email"));
ALTER TABLE "sign_in_request" ADD CONSTRAINT "sign_in_request_account_check" CHECK (
  ("user_id" IS NULL) = ("session_version" IS NULL)
  AND num_nonnulls("name", "locale", "time_zone") IN (0, 3)
);
ALTER TABLE "email_change" ADD CONSTRAINT "email_change_email_check" CHECK (
  "email" = lower("email") AND "email" <> "former_email"
);

-- Who registers is nobody yet: the request itself says where the mail goes.
ALTER TABLE "notification" DROP CONSTRAINT "notification_recipient_check";
ALTER TABLE "notification" ADD CONSTRAINT "notification_recipient_check" CHECK (
  num_nonnulls("patient_id", "user_id", "third_person_id") = CASE WHEN "kind"::text = 'registration_link' THEN 0 ELSE 1 END
);
ALTER TABLE "notification" DROP CONSTRAINT "notification_sign_in_check";
ALTER TABLE "notification" ADD CONSTRAINT "notification_sign_in_check" CHECK (
  ("kind"::text IN ('sign_in_link', 'registration_link')) = ("sign_in_request_id" IS NOT NULL)
  AND ("kind"::text IN ('email_change_link', 'email_changed')) = ("email_change_id" IS NOT NULL)
);
