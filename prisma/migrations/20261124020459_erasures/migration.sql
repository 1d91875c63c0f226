-- CreateEnum
CREATE TYPE "ErasureStatus" AS ENUM ('requested', 'withdrawn', 'refused', 'approved', 'done');

-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "NotificationKind" ADD VALUE 'erasure_done';
ALTER TYPE "NotificationKind" ADD VALUE 'erasure_refused';

-- AlterTable
ALTER TABLE "notification" ADD COLUMN     "erasure_id" UUID;

-- AlterTable
ALTER TABLE "patient" ADD COLUMN     "erasure_id" UUID,
ADD COLUMN     "identity_key_id" TEXT,
ADD COLUMN     "identity_sealed" BYTEA;

-- CreateTable
CREATE TABLE "erasure" (
    "id" UUID NOT NULL,
    "user_id" UUID,
    "status" "ErasureStatus" NOT NULL DEFAULT 'requested',
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_at" TIMESTAMPTZ(3),
    "decided_by" UUID,
    "reason_sealed" BYTEA,
    "reason_key_id" TEXT,
    "contact_sealed" BYTEA,
    "contact_key_id" TEXT,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "erasure_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "erasure_user_id_idx" ON "erasure"("user_id");

-- CreateIndex
CREATE INDEX "erasure_status_requested_at_idx" ON "erasure"("status", "requested_at");

-- CreateIndex
CREATE INDEX "notification_erasure_id_idx" ON "notification"("erasure_id");

-- CreateIndex
CREATE INDEX "patient_erasure_id_idx" ON "patient"("erasure_id");

-- AddForeignKey
ALTER TABLE "patient" ADD CONSTRAINT "patient_erasure_id_fkey" FOREIGN KEY ("erasure_id") REFERENCES "erasure"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_erasure_id_fkey" FOREIGN KEY ("erasure_id") REFERENCES "erasure"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "erasure" ADD CONSTRAINT "erasure_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- One request at a time.
ALTER TABLE "erasure" ADD CONSTRAINT "erasure_user_excl" EXCLUDE ("user_id" WITH =) WHERE ("status" IN ('requested', 'approved'));
ALTER TABLE "erasure" ADD CONSTRAINT "erasure_check" CHECK (
  ("status" = 'requested') = ("decided_at" IS NULL) AND ("status" = 'done') = ("done_at" IS NOT NULL)
  AND ("status" IN ('refused', 'approved', 'done')) = ("decided_by" IS NOT NULL)
  AND ("status" = 'refused') = ("reason_sealed" IS NOT NULL) AND ("reason_sealed" IS NULL) = ("reason_key_id" IS NULL)
  AND ("contact_sealed" IS NULL) = ("contact_key_id" IS NULL) AND ("contact_sealed" IS NULL OR "status" IN ('approved', 'done'))
);
-- Whoever was erased is nobody: no name, no way to reach them, no account, and no reason to have any of it back.
ALTER TABLE "patient" ADD CONSTRAINT "patient_erased_check" CHECK (
  "erasure_id" IS NULL AND "identity_sealed" IS NULL
  OR "erasure_id" IS NOT NULL AND "name" = '–'
    AND num_nonnulls("user_id", "contact_name", "contact_user_id", "email", "email_verified_at", "phone") = 0
);
ALTER TABLE "patient" ADD CONSTRAINT "patient_identity_check" CHECK (("identity_sealed" IS NULL) = ("identity_key_id" IS NULL));

-- The last mail goes to somebody who is nobody any more: the erasure itself says where.
ALTER TABLE "notification" DROP CONSTRAINT "notification_recipient_check";
ALTER TABLE "notification" ADD CONSTRAINT "notification_recipient_check" CHECK (
  num_nonnulls("patient_id", "user_id", "third_person_id")
    = CASE WHEN "kind"::text IN ('registration_link', 'erasure_done') THEN 0 ELSE 1 END
);
ALTER TABLE "notification" ADD CONSTRAINT "notification_erasure_check" CHECK (
  ("kind"::text IN ('erasure_done', 'erasure_refused')) = ("erasure_id" IS NOT NULL)
);
