-- AlterEnum
ALTER TYPE "NotificationKind" ADD VALUE 'sign_in_link';

-- AlterTable
ALTER TABLE "notification" ADD COLUMN     "sign_in_request_id" UUID;

-- CreateTable
CREATE TABLE "sign_in_request" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "session_version" INTEGER NOT NULL,
    "browser_hash" BYTEA NOT NULL,
    "token_hash" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "sign_in_request_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "sign_in_request_token_hash_key" ON "sign_in_request"("token_hash");

-- CreateIndex
CREATE INDEX "sign_in_request_user_id_idx" ON "sign_in_request"("user_id");

-- CreateIndex
CREATE INDEX "sign_in_request_expires_at_idx" ON "sign_in_request"("expires_at");

-- CreateIndex
CREATE INDEX "notification_sign_in_request_id_idx" ON "notification"("sign_in_request_id");

-- AddForeignKey
ALTER TABLE "sign_in_request" ADD CONSTRAINT "sign_in_request_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_sign_in_request_id_fkey" FOREIGN KEY ("sign_in_request_id") REFERENCES "sign_in_request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "notification" ADD CONSTRAINT "notification_sign_in_check" CHECK (
  ("kind"::text = 'sign_in_link') = ("sign_in_request_id" IS NOT NULL)
);
